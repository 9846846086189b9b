-- One row an effect (ratio, difference, coefficient) with its interval and the P-value printed for it.
create or replace view effect_estimates as
with tested as (
    select
        m.document_id,
        m.aggregate_no,
        any_value(c.comparison_no order by c.comparison_no) as comparison_no,
        any_value(e.text order by c.comparison_no) as p
    from comparison_members as m
    join comparisons as c on c.document_id = m.document_id and c.comparison_no = m.comparison_no
    join evidence as e on e.document_id = c.document_id and e.evidence_no = c.p_evidence_no
    where c.kind = 'effect'
    group by all
)

select
    a.document_id,
    a.path,
    a.aggregate_no,
    a.variable,
    a.level,
    a.timepoint,
    a.effect,
    a.estimate,
    a.ci_low,
    a.ci_high,
    a.ci_level,
    tested.p,
    tested.comparison_no,
    a.table_label,
    a."row",
    a."column",
    a.section,
    a.part,
    a.quote,
    a.source,
    a.page,
    a.char_start,
    a.char_end,
    a.confidence
from aggregate_numbers as a
left join tested using (document_id, aggregate_no)
where a.estimate is not null and a.effect in ('hr', 'or', 'rr', 'difference', 'coefficient', 'correlation', 'estimate');

comment on view effect_estimates is 'One row an effect (ratio, difference, coefficient) with its interval and the P-value printed for it.';
comment on column effect_estimates.effect is 'What the estimate is: hr, or, rr, difference, coefficient, correlation or estimate.';
comment on column effect_estimates.p is 'The P-value as printed; null where none belongs to the estimate.';
comment on column effect_estimates.comparison_no is 'The comparison of that P-value, numbered from 0 within the document.';
comment on column effect_estimates.estimate is 'The estimate.';
comment on column effect_estimates.ci_low is 'Lower limit of its interval.';
comment on column effect_estimates.ci_high is 'Upper limit of its interval.';
comment on column effect_estimates.ci_level is 'Level of the interval in percent, where it is printed with it.';
