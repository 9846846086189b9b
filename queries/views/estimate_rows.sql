-- One row an estimate with its interval: ratios, differences, rates and means with confidence limits.
create or replace view estimate_rows as
select
    v.* exclude (estimate, effect),
    coalesce(v.estimate, v.mean, v.percent, v.median) as estimate,
    coalesce(
        v.effect,
        case when v.mean is not null then 'mean' when v.percent is not null then 'rate' when v.median is not null then 'median' end
    ) as effect,
    v.document_id in (select document_id from uneven_intervals) as uneven
from aggregate_values as v
where v.ci_low is not null and v.ci_high is not null;

comment on view estimate_rows is 'One row an estimate with its interval.';
comment on column estimate_rows.uneven is 'Whether the paper tells of bootstrap or Bayesian intervals.';
