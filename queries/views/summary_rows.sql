-- One row a mean or median with its dispersion, with its table's caption and the design that the paper declares.
create or replace view summary_rows as
select
    v.*,
    tables.caption as table_caption,
    declared.design,
    exists (
        from methods
        where methods.document_id = v.document_id and methods.kind = 'missing'
    ) as imputed
from aggregate_values as v
left join tables on tables.document_id = v.document_id and tables.table_no = v.table_no
left join declared_methods as declared on declared.document_id = v.document_id
where v.mean is not null or v.median is not null
order by v.document_id, v.aggregate_no;
comment on view summary_rows is 'One row a mean or median with its dispersion, its table''s caption and the design that the paper declares.';
comment on column summary_rows.table_caption is 'Caption of the table.';
comment on column summary_rows.imputed is 'Whether the paper declares how it fills in missing values.';
