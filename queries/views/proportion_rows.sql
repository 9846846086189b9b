-- One row a count with its percent, in the arm and block (levels of one variable) where it stands. A count of the prose for which no
-- base is named comes with every number that the paper prints, so that a base that is named nowhere can be told.
create or replace view proportion_rows as
select
    v.*,
    case when v.table_no is null and len(v.bases) = 0 and v.arm_n is null then n.numbers end as numbers_in_text
from aggregate_values as v
left join numbers_in_text as n on n.document_id = v.document_id
where v.count is not null;

comment on view proportion_rows is 'One row a count, with its percent where one is printed.';
comment on column proportion_rows.numbers_in_text is 'For a count of the prose without a named base: every whole number that the paper prints.';
