-- One row an outcome (or a level of one) in one arm: how many of how many patients.
create or replace view event_counts as
select
    document_id,
    path,
    aggregate_no,
    variable,
    level,
    timepoint,
    arm,
    arm_role,
    cast(count as bigint) as events,
    cast(n as bigint) as total,
    percent,
    case when n > 0 then round(100 * count / n, 2) end as percent_recomputed,
    case when n > 0 then abs(100 * count / n - percent) <= power(10, -percent_decimals) end as percent_agrees,
    table_label,
    "row",
    "column",
    section,
    part,
    quote,
    source,
    page,
    char_start,
    char_end,
    confidence
from aggregate_numbers
where count is not null and count = floor(count) and (n is null or n = floor(n));

comment on view event_counts is 'One row an outcome (or a level of a variable) in one arm: how many of how many patients.';
comment on column event_counts.events is 'Patients with the event, or of the level.';
comment on column event_counts.total is 'Patients that they are of; null where the paper leaves that open.';
comment on column event_counts.percent is 'Percent that the paper prints beside the count.';
comment on column event_counts.percent_recomputed is 'Percent that count and total give, to two decimals.';
comment on column event_counts.percent_agrees is 'Whether count and total give the printed percent to its last digit; null without a percent or a total.';
