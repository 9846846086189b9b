-- One row a document: what its methods declare, as the recomputation engine takes it.
create or replace view declared_methods as
select
    document_id,
    string_agg(distinct name, ';' order by name) filter (kind = 'test' and scope in ('categorical', 'ordinal', 'any')) as for_counts,
    string_agg(distinct name, ';' order by name) filter (kind = 'test' and scope in ('continuous', 'ordinal', 'any')) as for_means,
    string_agg(distinct name, ';' order by name) filter (
        kind in ('test', 'model') and scope in ('survival', 'any')
    ) as for_survival,
    string_agg(distinct name, ';' order by name) filter (name in ('mixed', 'gee', 'ancova', 'repeated_anova')) as models,
    any_value(name order by method_no) filter (kind = 'alpha') as alpha,
    string_agg(distinct name, ';' order by name) filter (kind = 'sidedness') as sidedness,
    string_agg(distinct name, ';' order by name) filter (kind = 'design') as design,
    string_agg(distinct name, ';' order by name) filter (kind = 'correction') as correction
from methods
group by document_id;

comment on view declared_methods is 'One row a document: what its methods declare, names joined by semicolons.';
comment on column declared_methods.for_counts is 'Tests declared for categorical data.';
comment on column declared_methods.for_means is 'Tests declared for continuous data.';
comment on column declared_methods.for_survival is 'Tests and models declared for times to an event.';
comment on column declared_methods.alpha is 'Level of significance that the paper declares.';
comment on column declared_methods.sidedness is 'one_sided or two_sided.';
comment on column declared_methods.design is 'Design that the paper declares: randomised, paired, cluster and so on.';
comment on column declared_methods.correction is 'Correction for several comparisons that the paper declares.';
comment on column declared_methods.models is 'Models of repeated or adjusted outcomes, whose P-values cannot be had from summaries.';
