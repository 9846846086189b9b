-- One row a count with its percent, in the arm and block (levels of one variable) where it stands.
create or replace view proportion_rows as
select *
from aggregate_values
where count is not null;
