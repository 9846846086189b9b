-- One row a document: what was read of it.
create or replace view reading_overview as
select
    documents.document_id,
    documents.path,
    documents.title,
    documents.format,
    documents.status,
    documents.problems,
    (select count(*) from tables where tables.document_id = documents.document_id) as tables,
    (
        select list(distinct arms.label order by arms.label)
        from arms
        where arms.document_id = documents.document_id and arms.role = 'arm'
    ) as arms,
    (select count(*) from evidence where evidence.document_id = documents.document_id and kind = 'p_value') as p_values
from documents;

comment on view reading_overview is 'One row a document: what was read of it.';
comment on column reading_overview.title is 'Title of the paper.';
comment on column reading_overview.tables is 'How many tables were read.';
comment on column reading_overview.arms is 'Labels of the arms.';
comment on column reading_overview.p_values is 'How many reported P-values were found.';
