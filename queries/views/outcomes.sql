-- One row a result for an outcome that many papers report, under one name and with its time in months, to be set side by side.
-- The name comes from the words of variable and level, or of the sentence where the number itself bears none and the sentence names
-- one outcome only.
create or replace view outcomes as
with names as (
    select *
    from (
        values
        ('pathological complete response', 'patholog\w+ complete (?:response|remission|regression)|complete patholog\w+ (?:response|remission)|\bpcr\b|\bypt0 ?n0\b'),
        ('clinical complete response', 'clinical complete (?:response|remission)|complete clinical (?:response|remission)|\bccr\b'),
        ('overall survival', 'overall survival|\bos\b'),
        ('progression-free survival', 'progression[- ]free survival|\bpfs\b'),
        ('disease-free survival', 'disease[- ]free survival|\bdfs\b'),
        ('recurrence-free survival', '(?:recurrence|relapse)[- ]free survival|\brfs\b'),
        ('event-free survival', 'event[- ]free survival|\befs\b'),
        ('cancer-specific survival', '(?:cancer|disease|cause)[- ]specific survival|\b[cd]ss\b'),
        ('local recurrence', 'loc(?:al|o-?regional) (?:recurrence|relapse|failure)'),
        ('distant metastasis', 'distant (?:metastas[ie]s|recurrence|failure)|metachronous metastas[ie]s'),
        ('mortality', 'mortality|\bdeaths?\b|\bdied\b'),
        ('complete resection', '\br0\b|complete resection|clear (?:resection )?margins?'),
        ('postoperative complications', '(?:post-?operative|surgical) (?:complication|morbidity)'),
        ('anastomotic leak', 'anastomotic (?:leak|dehiscence|insufficiency)'),
        ('objective response', '(?:objective|overall) response|\borr\b')
    ) as t (outcome, pattern)
),

results as (
    select
        *,
        lower(concat_ws(' ', variable, level)) as words,
        table_no is null and not regexp_matches(concat_ws(' ', variable, level), '[a-zA-Z]{3}') as nameless
    from aggregate_numbers
    where part not in ('introduction', 'references')
),

named as (
    select results.*, names.outcome
    from results
    join names on regexp_matches(case when nameless then lower(quote) else words end, names.pattern)
    where
        -- a pattern that is not the same for all rows is slow: this one leaves few rows
        regexp_matches(
            case when nameless then lower(quote) else words end,
            'surviv|respon|remission|regression|recurrence|relapse|failure|metast|mortality|death|died|resection|margin|complication'
            || '|morbidity|leak|dehiscence|insufficiency|\b(?:[pc]cr|ypt0 ?n0|os|[pdre]fs|[cd]ss|r0|orr)\b'
        )
        and not regexp_matches(words, '^(?:no|non|not|without|absence of)\b|\b(?:no|absent|negative)$')
),

timed as (
    select
        *,
        regexp_extract(
            lower(coalesce(timepoint, variable, '')),
            '\b(\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|ten|twelve)[ -]*(day|week|month|year|yr)', ['number', 'unit']
        ) as "time"
    from named
    qualify not nameless or count(*) over (partition by document_id, aggregate_no) = 1
)

select
    document_id,
    path,
    aggregate_no,
    outcome,
    round(
        coalesce(
            try_cast("time"['number'] as double),
            list_position(
                ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'], "time"['number']
            )
        ) * case "time"['unit'] when 'year' then 12 when 'yr' then 12 when 'month' then 1 when 'week' then 7 / 30.4375 when 'day' then 1 / 30.4375 end,
        1
    ) as months,
    variable,
    level,
    timepoint,
    arm,
    cast(count as bigint) as events,
    cast(n as bigint) as total,
    percent,
    case when effect = 'rate' then estimate end as rate,
    median,
    case when effect <> 'rate' then effect end as effect,
    case when effect <> 'rate' then estimate end as estimate,
    ci_low,
    ci_high,
    table_label,
    section,
    part,
    quote,
    source,
    page,
    char_start,
    char_end,
    confidence
from timed;

comment on view outcomes is 'One row a result for an outcome that many papers report, under one name and with its time in months.';
comment on column outcomes.outcome is 'Name that all papers share, found by the words of variable and level; compare definitions before pooling.';
comment on column outcomes.months is 'The time to which the result belongs, in months; null where none is named.';
comment on column outcomes.events is 'Patients with the event.';
comment on column outcomes.total is 'Patients that they are of.';
comment on column outcomes.percent is 'Percent as printed.';
comment on column outcomes.rate is 'Rate at the time (an estimated survival, say), in percent.';
comment on column outcomes.median is 'Median (of a time to the event, say).';
comment on column outcomes.effect is 'hr, or, rr, difference and so on, for an effect on the outcome.';
comment on column outcomes.estimate is 'The effect''s estimate.';
comment on column outcomes.ci_low is 'Lower limit of the interval of rate or effect.';
comment on column outcomes.ci_high is 'Upper limit of the interval.';
