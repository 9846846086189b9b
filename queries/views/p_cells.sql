-- One row a body cell of a column headed P, with what stands in the first cell of its row.
create or replace view p_cells as
with lines as (
    select document_id, table_no, "row", string_agg(text, ' | ' order by "column") as quote
    from cells
    group by all
)

select
    c.document_id,
    c.table_no,
    t.label as table_label,
    c."row",
    c."column",
    c.text,
    stub.text as stub,
    t.section,
    t.part,
    lines.quote,
    c.char_start,
    c.char_end,
    c.page,
    c.x0,
    c.top,
    c.x1,
    c.bottom,
    least(c.confidence, t.confidence) as confidence
from cells as c
join tables as t using (document_id, table_no)
join lines on lines.document_id = c.document_id and lines.table_no = c.table_no and lines."row" = c."row"
left join cells as stub on
    stub.document_id = c.document_id and stub.table_no = c.table_no and stub."row" = c."row" and stub."column" = 0
where
    c."row" >= t.header_rows
    and c."column" > 0
    and regexp_matches(t.column_heads[c."column" + 1], '(?i)(?:^|\s)p(?:[- ]?values?)?[*†]*$')
order by c.document_id, c.table_no, c."column", c."row";
comment on view p_cells is 'One row a body cell of a column headed P, with what stands in the first cell of its row.';
comment on column p_cells.stub is 'Text of the first cell of the row.';
