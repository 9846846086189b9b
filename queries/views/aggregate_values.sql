-- One row an aggregate: the printed texts of its numbers side by side, with the arm's size.
create or replace view aggregate_values as
with numbers as (
    select
        document_id,
        aggregate_no,
        max(text) filter (kind = 'count') as count,
        max(text) filter (kind = 'percent') as percent,
        max(text) filter (kind = 'mean') as mean,
        max(text) filter (kind = 'sd') as sd,
        max(text) filter (kind = 'se') as se,
        max(text) filter (kind = 'median') as median,
        max(text) filter (kind = 'q1') as q1,
        max(text) filter (kind = 'q3') as q3,
        max(text) filter (kind = 'min') as "min",
        max(text) filter (kind = 'max') as "max",
        max(text) filter (kind in ('hr', 'or', 'rr', 'difference', 'coefficient', 'correlation', 'estimate', 'rate')) as estimate,
        -- a test statistic is named by its unit (t, F, chi_squared), as the engine takes it
        coalesce(
            max(kind) filter (kind in ('hr', 'or', 'rr', 'difference', 'coefficient', 'correlation', 'estimate', 'rate')),
            max(unit) filter (kind = 'statistic')
        ) as effect,
        max(text) filter (kind = 'ci_low') as ci_low,
        max(text) filter (kind = 'ci_high') as ci_high,
        max(text) filter (kind = 'ci_level') as ci_level,
        max(text) filter (kind = 'statistic') as statistic,
        max(unit) filter (kind = 'statistic') as statistic_name,
        -- an F has two, printed apart or in one
        string_agg(text, ',' order by evidence_no) filter (kind = 'df') as df,
        min(char_start) as char_start,
        max(char_end) as char_end,
        any_value(quote order by evidence_no) as quote,
        any_value(page order by evidence_no) as page,
        min(x0) as x0,
        min(top) as top,
        max(x1) as x1,
        max(bottom) as bottom,
        any_value(section order by evidence_no) as section,
        any_value(part order by evidence_no) as part,
        min(confidence) as confidence
    from evidence
    where aggregate_no is not null and kind <> 'p_value'
    group by all
),

bases as (
    select
        aggregate_bases.document_id,
        aggregate_bases.aggregate_no,
        list(evidence.text order by aggregate_bases.position) as bases
    from aggregate_bases
    join evidence on
        evidence.document_id = aggregate_bases.document_id
        and evidence.evidence_no = aggregate_bases.evidence_no
    group by all
),

-- A base that a reader has put right takes the place of all that the paper offers.
corrected_bases as (
    select document_id, aggregate_no, max(base) as base
    from corrected_numbers
    where base is not null
    group by all
),

-- Sizes that a row prints for all arms together ("n = 619" at a variable's head): each arm's own is then not known.
shared_sizes as (
    select document_id, table_no, variable, any_value(text order by evidence_no) as text
    from evidence
    where kind = 'n' and arm_no is null and table_no is not null and variable is not null and aggregate_no is null
    group by all
)

select
    aggregates.*,
    arms.label as arm,
    arms.role as arm_role,
    coalesce(corrected_bases.base, case when shared.text is null then arm_size.text end) as arm_n,
    case
        when corrected_bases.base is not null then [corrected_bases.base]
        when shared.text is null then coalesce(bases.bases, [])
        else []
    end as bases,
    coalesce(corrected_bases.base, case when shared.text is null then coalesce(bases.bases[1], arm_size.text) end) as n,
    shared.text as shared_n,
    tables.label as table_label,
    numbers.* exclude (document_id, aggregate_no)
from aggregates
join numbers using (document_id, aggregate_no)
left join bases using (document_id, aggregate_no)
left join corrected_bases using (document_id, aggregate_no)
left join arms using (document_id, arm_no)
left join evidence as arm_size on
    arm_size.document_id = arms.document_id and arm_size.evidence_no = arms.n_evidence_no
left join shared_sizes as shared on
    shared.document_id = aggregates.document_id
    and shared.table_no = aggregates.table_no
    and shared.variable = aggregates.variable
    and arms.role = 'arm'
    and not list_contains(coalesce(bases.bases, []), shared.text)
left join tables on tables.document_id = aggregates.document_id and tables.table_no = aggregates.table_no;

comment on view aggregate_values is 'One row an aggregate: the printed texts of its numbers side by side, with the arm''s size.';
comment on column aggregate_values.arm_role is 'arm, or total for a population that is no arm.';
comment on column aggregate_values.arm_n is 'The arm''s size as printed.';
comment on column aggregate_values.bases is 'Every size that the paper offers as denominator here, the likeliest first, as printed.';
comment on column aggregate_values.n is 'The likeliest of them, else the arm''s size.';
comment on column aggregate_values.count is 'Count as printed.';
comment on column aggregate_values.percent is 'Percent as printed.';
comment on column aggregate_values.mean is 'Mean as printed.';
comment on column aggregate_values.sd is 'Standard deviation as printed.';
comment on column aggregate_values.se is 'Standard error as printed.';
comment on column aggregate_values.median is 'Median as printed.';
comment on column aggregate_values.q1 is 'Lower quartile as printed.';
comment on column aggregate_values.q3 is 'Upper quartile as printed.';
comment on column aggregate_values."min" is 'Least value as printed.';
comment on column aggregate_values."max" is 'Greatest value as printed.';
comment on column aggregate_values.estimate is 'Estimate (ratio, difference, rate …) as printed.';
comment on column aggregate_values.effect is 'What the estimate is: hr, or, rr, difference, rate, mean and so on.';
comment on column aggregate_values.ci_low is 'Lower limit of the interval as printed.';
comment on column aggregate_values.ci_high is 'Upper limit of the interval as printed.';
comment on column aggregate_values.ci_level is 'Level of the interval in percent as printed.';
comment on column aggregate_values.statistic is 'Test statistic as printed.';
comment on column aggregate_values.statistic_name is 'Which statistic it is: t, F, z, chi_squared and so on.';
comment on column aggregate_values.df is 'Degrees of freedom as printed; the two of an F joined by a comma.';
comment on column aggregate_values.shared_n is 'A size that the variable''s head prints for all arms together, so that the arm''s own is not known.';
