-- One row a reported P-value: what it compares, and what the checks make of it. A flag that is told once for several places counts
-- at each of them.
create or replace view p_values as
with told as (
    select places.document_id, places.audit_id, places.finding_no, places.char_start, places.char_end
    from finding_places as places
    where places.position > 0
),

judged as (
    select c.document_id, c.comparison_no, f.audit_id, f.finding_no, 0 as rank
    from comparisons as c
    join findings as f on f.document_id = c.document_id and f.comparison_no = c.comparison_no
    union all
    select c.document_id, c.comparison_no, t.audit_id, t.finding_no, 1
    from comparisons as c
    join evidence as e on e.document_id = c.document_id and e.evidence_no = c.p_evidence_no
    join told as t on t.document_id = c.document_id and t.char_start <= e.char_start and e.char_end <= t.char_end
    join findings as f on f.document_id = t.document_id and f.audit_id = t.audit_id and f.finding_no = t.finding_no
    where f.comparison_no is not null
),

best as (
    from judged
    qualify row_number() over (partition by document_id, comparison_no order by rank, finding_no) = 1
),

compared as (
    select
        m.document_id,
        m.comparison_no,
        list(distinct arms.label order by arms.label) filter (arms.label is not null) as arms
    from comparison_members as m
    join aggregates as a on a.document_id = m.document_id and a.aggregate_no = m.aggregate_no
    left join arms on arms.document_id = m.document_id and arms.arm_no = a.arm_no
    group by all
)

select
    p.document_id,
    p.path,
    p.evidence_no,
    c.comparison_no,
    p.text as p,
    p.value,
    p.comparator,
    p.decimals,
    coalesce(c.variable, p.variable) as variable,
    p.level,
    p.timepoint,
    c.kind,
    compared.arms,
    f.verdict,
    f.reason,
    f.check_id,
    f.severity,
    f.changes_conclusion,
    f.chance,
    f.message,
    f.audit_id,
    f.finding_no,
    tables.label as table_label,
    p."row",
    p."column",
    p.section,
    p.part,
    p.quote,
    p.path || coalesce('#page=' || p.page, '') as source,
    p.page,
    p.char_start,
    p.char_end,
    least(p.confidence, c.confidence) as confidence
from evidence as p
left join comparisons as c on c.document_id = p.document_id and c.p_evidence_no = p.evidence_no
left join compared on compared.document_id = p.document_id and compared.comparison_no = c.comparison_no
left join best on best.document_id = p.document_id and best.comparison_no = c.comparison_no
left join findings as f on f.document_id = p.document_id and f.audit_id = best.audit_id and f.finding_no = best.finding_no
left join tables on tables.document_id = p.document_id and tables.table_no = p.table_no
where p.kind = 'p_value';

comment on view p_values is 'One row a reported P-value: what it compares, and what the checks make of it.';
comment on column p_values.p is 'The P-value as printed.';
comment on column p_values.kind is 'What it compares: counts, means, medians, effect, statistic, survival or unknown.';
comment on column p_values.arms is 'Labels of the arms compared, as far as they are known.';
comment on column p_values.verdict is 'What the recomputation says of it (see docs/judging.md); null where no audit has looked at it.';
comment on column p_values.finding_no is 'The finding that says so, numbered from 0 within the audit.';
