-- One row a document: what its methods declare, as the recomputation engine takes it.
create or replace view declared_methods as
select
    document_id,
    string_agg(distinct name, ';' order by name) filter (kind = 'test' and scope in ('categorical', 'ordinal', 'any')) as for_counts,
    string_agg(distinct name, ';' order by name) filter (kind = 'test' and scope in ('continuous', 'ordinal', 'any')) as for_means,
    string_agg(distinct name, ';' order by name) filter (
        kind in ('test', 'model') and scope in ('survival', 'any')
    ) as for_survival,
    any_value(name order by method_no) filter (kind = 'alpha') as alpha,
    string_agg(distinct name, ';' order by name) filter (kind = 'sidedness') as sidedness,
    string_agg(distinct name, ';' order by name) filter (kind = 'design') as design,
    string_agg(distinct name, ';' order by name) filter (kind = 'correction') as correction
from methods
group by document_id;
