-- One row a mean in one arm with its dispersion and the number of patients.
create or replace view means_with_sd as
select
    document_id,
    path,
    aggregate_no,
    variable,
    level,
    timepoint,
    arm,
    arm_role,
    mean,
    sd,
    se,
    cast(n as bigint) as n,
    unit,
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
where mean is not null;

comment on view means_with_sd is 'One row a mean in one arm with its standard deviation (or error) and the number of patients.';
comment on column means_with_sd.sd is 'Standard deviation; null where none is printed, never derived.';
comment on column means_with_sd.se is 'Standard error, where the paper prints that.';
comment on column means_with_sd.mean is 'Mean.';
comment on column means_with_sd.n is 'Patients that it is of; null where the paper leaves that open.';
