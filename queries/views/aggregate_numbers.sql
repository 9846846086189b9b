-- One row an aggregate: the values of its numbers side by side, for computing with them; aggregate_values has them as printed.
create or replace view aggregate_numbers as
with numbers as (
    select
        document_id,
        aggregate_no,
        any_value(value order by evidence_no) filter (kind = 'count') as count,
        any_value(value order by evidence_no) filter (kind = 'percent') as percent,
        any_value(decimals order by evidence_no) filter (kind = 'percent') as percent_decimals,
        any_value(value order by evidence_no) filter (kind = 'mean') as mean,
        any_value(value order by evidence_no) filter (kind = 'sd') as sd,
        any_value(value order by evidence_no) filter (kind = 'se') as se,
        any_value(value order by evidence_no) filter (kind = 'median') as median,
        any_value(value order by evidence_no) filter (kind = 'q1') as q1,
        any_value(value order by evidence_no) filter (kind = 'q3') as q3,
        any_value(value order by evidence_no) filter (kind = 'min') as "min",
        any_value(value order by evidence_no) filter (kind = 'max') as "max",
        any_value(value order by evidence_no) filter (
            kind in ('hr', 'or', 'rr', 'difference', 'coefficient', 'correlation', 'estimate', 'rate')
        ) as estimate,
        any_value(value order by evidence_no) filter (kind = 'ci_low') as ci_low,
        any_value(value order by evidence_no) filter (kind = 'ci_high') as ci_high,
        any_value(value order by evidence_no) filter (kind = 'ci_level') as ci_level
    from evidence
    where aggregate_no is not null
    group by all
),

bases as (
    select b.document_id, b.aggregate_no, any_value(e.value order by b.position) as n
    from aggregate_bases as b
    join evidence as e on e.document_id = b.document_id and e.evidence_no = b.evidence_no
    group by all
)

select
    v.document_id,
    v.path,
    v.aggregate_no,
    v.variable,
    v.level,
    v.timepoint,
    v.arm_no,
    v.arm,
    v.arm_role,
    case when v.n is not null then coalesce(bases.n, size.value) end as n,
    numbers.count,
    numbers.percent,
    numbers.percent_decimals,
    numbers.mean,
    numbers.sd,
    numbers.se,
    numbers.median,
    numbers.q1,
    numbers.q3,
    numbers.min,
    numbers.max,
    numbers.estimate,
    v.effect,
    numbers.ci_low,
    numbers.ci_high,
    numbers.ci_level,
    v.unit,
    v.table_no,
    v.table_label,
    v."row",
    v."column",
    v.section,
    v.part,
    v.quote,
    v.path || coalesce('#page=' || v.page, '') as source,
    v.char_start,
    v.char_end,
    v.page,
    v.confidence
from aggregate_values as v
join numbers using (document_id, aggregate_no)
left join bases using (document_id, aggregate_no)
left join arms on arms.document_id = v.document_id and arms.arm_no = v.arm_no
left join evidence as size on size.document_id = v.document_id and size.evidence_no = arms.n_evidence_no;

comment on view aggregate_numbers is 'One row an aggregate: the values of its numbers side by side, for computing with them.';
comment on column aggregate_numbers.arm_role is 'arm, or total for a population that is no arm.';
comment on column aggregate_numbers.n is 'The likeliest denominator, else the arm''s size; null where the paper leaves it open.';
comment on column aggregate_numbers.count is 'Count.';
comment on column aggregate_numbers.percent is 'Percent.';
comment on column aggregate_numbers.percent_decimals is 'Digits printed behind the decimal point of the percent.';
comment on column aggregate_numbers.mean is 'Mean.';
comment on column aggregate_numbers.sd is 'Standard deviation.';
comment on column aggregate_numbers.se is 'Standard error.';
comment on column aggregate_numbers.median is 'Median.';
comment on column aggregate_numbers.q1 is 'Lower quartile.';
comment on column aggregate_numbers.q3 is 'Upper quartile.';
comment on column aggregate_numbers."min" is 'Least value.';
comment on column aggregate_numbers."max" is 'Greatest value.';
comment on column aggregate_numbers.estimate is 'Estimate: ratio, difference, rate and so on.';
comment on column aggregate_numbers.effect is 'What the estimate is: hr, or, rr, difference, rate and so on.';
comment on column aggregate_numbers.ci_low is 'Lower limit of the interval.';
comment on column aggregate_numbers.ci_high is 'Upper limit of the interval.';
comment on column aggregate_numbers.ci_level is 'Level of the interval in percent, where it is printed with it.';
comment on column aggregate_numbers.source is 'The file as it was given, with the page where it has pages: a link that a viewer opens.';
