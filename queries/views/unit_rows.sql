-- One row a mean, median or other value with a concentration or a rate as its unit (ng/mL), printed behind it or in its label's brackets.
create or replace view unit_rows as
select
    e.document_id,
    e.evidence_no,
    e.kind,
    e.text,
    e.variable,
    e.arm,
    e.timepoint,
    coalesce(nullif(regexp_extract(e.variable, '[(\[]([^()\[\]/]{1,12}/[^()\[\]/]{1,12})[)\]]\s*$', 1), ''), e.unit) as unit,
    e.table_no,
    tables.label as table_label,
    e."row",
    e."column",
    e.part,
    e.section,
    e.quote,
    e.char_start,
    e.char_end,
    e.page,
    e.x0,
    e.top,
    e.x1,
    e.bottom,
    e.confidence
from evidence as e
left join tables using (document_id, table_no)
where
    e.kind in ('mean', 'median', 'value')
    and e.part not in ('introduction', 'methods', 'references')
    and (e.unit like '%/%' or regexp_matches(e.variable, '[(\[][^()\[\]/]{1,12}/[^()\[\]/]{1,12}[)\]]\s*$'))
order by e.document_id, e.evidence_no;

comment on view unit_rows is 'One row a value whose unit is a concentration or rate, printed behind it or in the brackets of its label.';
