-- One row an aggregate with a range or quartiles.
create or replace view range_rows as
select v.*
from aggregate_values as v
where coalesce(v.min, v.q1, v.q3, v.max) is not null;

comment on view range_rows is 'One row an aggregate with a range or quartiles.';
