-- One row an arm or total of a table: its label and its size.
create or replace view arm_sizes as
select
    arms.document_id,
    arms.path,
    arms.arm_no,
    arms.label as arm,
    arms.role as arm_role,
    cast(size.value as bigint) as n,
    size.text as n_printed,
    tables.label as table_label,
    arms."column",
    size.quote,
    arms.path || coalesce('#page=' || coalesce(size.page, tables.page), '') as source
from arms
left join evidence as size on size.document_id = arms.document_id and size.evidence_no = arms.n_evidence_no
left join tables on tables.document_id = arms.document_id and tables.table_no = arms.table_no;

comment on view arm_sizes is 'One row an arm (or a total, which is a population and no arm) with its size.';
comment on column arm_sizes.arm_role is 'arm, or total for a population that is no arm.';
comment on column arm_sizes.n is 'Its size; null where the paper prints none.';
comment on column arm_sizes.n_printed is 'The size as printed.';
comment on column arm_sizes.source is 'The file as it was given, with the page where it has pages: a link that a viewer opens.';
