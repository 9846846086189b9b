-- One row a number of the arms in a baseline table of a paper that declares a randomised design and no other.
create or replace view baseline_rows as
with allocations as (
    select document_id, string_agg(lower(text), ' ') as text
    from blocks
    where kind in ('paragraph', 'title') and regexp_matches(text, '(?i)randomi[sz]|allocat|assign')
    group by document_id
)

select
    v.*,
    tables.caption as table_caption,
    declared.design,
    coalesce(contains(allocations.text, trim(regexp_replace(lower(v.arm), '\b(group|arm)\b', ''))), false) as allocated
from aggregate_values as v
join tables on tables.document_id = v.document_id and tables.table_no = v.table_no
join declared_methods as declared on declared.document_id = v.document_id
left join allocations on allocations.document_id = v.document_id
where
    v.arm is not null
    and v.arm_role = 'arm'
    and declared.design = 'randomised'
    and regexp_matches(tables.caption, '(?i)baseline|demograph|characteristic|at (?:study )?entry|at screening')
    and not regexp_matches(
        tables.caption,
        '(?i)change|outcome|differen|included studies|follow-?up|survivor|dropout'
    )
    and not regexp_matches(
        regexp_replace(tables.caption, '(?i)\bby (?:treatment|study|trial|random\w+|interven\w+|allocat\w+)? ?(?:arm|group)', ''),
        '(?i)\bby\b|\bper\b|\bfor each\b|according to'
    )
order by v.document_id, v.table_no, v."row", v.aggregate_no;
comment on view baseline_rows is 'One row a number of the arms in a baseline table of a paper that declares a randomised design and no other.';
comment on column baseline_rows.table_caption is 'Caption of the table.';
comment on column baseline_rows.allocated is 'Whether a sentence on allocation names the arm.';
