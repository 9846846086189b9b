-- One row a paragraph of the paper's own report (neither introduction nor references), for checks that read sentences.
create or replace view prose_rows as
select
    blocks.document_id,
    blocks.block_no,
    blocks.text,
    blocks.part,
    blocks.section,
    blocks.char_start,
    blocks.char_end,
    blocks.page,
    blocks.x0,
    blocks.top,
    blocks.x1,
    blocks.bottom
from blocks
where blocks.kind = 'paragraph' and blocks.part in ('front', 'abstract', 'methods', 'results', 'body')
order by blocks.document_id, blocks.block_no;
comment on view prose_rows is 'One row a paragraph of the paper''s own report (neither introduction nor references).';
