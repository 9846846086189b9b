-- One row a printed median of a time to an event, or a printed share of patients without it at a time.
create or replace view survival_rows as
select
    e.document_id,
    e.evidence_no,
    e.kind,
    e.text,
    coalesce(e.unit, aggregates.unit) as unit,
    e.variable,
    e.level,
    e.arm_no,
    arms.label as arm,
    e.timepoint,
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
left join aggregates on aggregates.document_id = e.document_id and aggregates.aggregate_no = e.aggregate_no
left join arms on arms.document_id = e.document_id and arms.arm_no = e.arm_no
left join tables on tables.document_id = e.document_id and tables.table_no = e.table_no
where
    e.kind in ('rate', 'percent', 'median')
    and e.part not in ('references', 'introduction')
    and (
        regexp_matches(concat_ws(' ', e.variable, e.level), '(?i:surviv|alive)|\b(?:OS|PFS|DFS|RFS|EFS|CSS|DSS|LRFS|MFS)\b')
        -- of 1-, 2- and 3-year survival only the last share bears the name
        or (
            e.timepoint is not null
            and not regexp_matches(coalesce(e.variable, ''), '[a-zA-Z]{3}')
            and regexp_matches(e.quote, '(?i:surviv)|[PDRE]FS|\bOS\b')
        )
    )
order by e.document_id, e.char_start;
comment on view survival_rows is 'One row a printed median of a time to an event, or a printed share of patients without it at a time.';
