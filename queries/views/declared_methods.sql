-- One row a document: what its methods declare, as the recomputation engine takes it. (To sort short lists of names is quicker than to
-- have them aggregated in order.) A model that names no kind of data (repeated measurements, clusters) is not held to be that of a table.
create or replace view declared_methods as
select
    document_id,
    array_to_string(list_sort(list_distinct(list(name) filter (kind = 'test' and scope in ('categorical', 'ordinal', 'any')))), ';') as for_counts,
    array_to_string(list_sort(list_distinct(list(name) filter (kind = 'test' and scope in ('continuous', 'ordinal', 'any')))), ';') as for_means,
    array_to_string(list_sort(list_distinct(list(name) filter (kind in ('test', 'model') and scope in ('survival', 'any')))), ';') as for_survival,
    array_to_string(list_sort(list_distinct(list(name) filter (name in ('mixed', 'gee', 'ancova', 'repeated_anova')))), ';') as models,
    array_to_string(list_sort(list_distinct(list(name) filter (
        kind = 'model' and name in ('logistic', 'linear', 'cox', 'poisson', 'negative_binomial', 'log_binomial', 'ordinal')
    ))), ';') as regressions,
    count(*) filter (name in ('mixed', 'gee') and scope in ('categorical', 'ordinal')) > 0 as counts_modelled,
    count(*) filter (name in ('mixed', 'gee') and scope in ('continuous', 'ordinal')) > 0 as means_modelled,
    arg_min(name, method_no) filter (kind = 'alpha') as alpha,
    array_to_string(list_sort(list_distinct(list(name) filter (kind = 'sidedness'))), ';') as sidedness,
    array_to_string(list_sort(list_distinct(list(name) filter (kind = 'design'))), ';') as design,
    array_to_string(list_sort(list_distinct(list(name) filter (kind = 'correction'))), ';') as correction
from methods
group by document_id;

comment on view declared_methods is 'One row a document: what its methods declare, names joined by semicolons.';
comment on column declared_methods.for_counts is 'Tests declared for categorical data.';
comment on column declared_methods.for_means is 'Tests declared for continuous data.';
comment on column declared_methods.for_survival is 'Tests and models declared for times to an event.';
comment on column declared_methods.alpha is 'Level of significance that the paper declares.';
comment on column declared_methods.sidedness is 'one_sided or two_sided.';
comment on column declared_methods.design is 'Design that the paper declares: randomised, paired, cluster and so on.';
comment on column declared_methods.correction is 'Corrections that the paper declares: for several tests by name, sphericity for degrees of freedom, none where it says that it makes none.';
comment on column declared_methods.models is 'Models of repeated or adjusted outcomes, whose P-values cannot be had from summaries.';
comment on column declared_methods.counts_modelled is 'Whether a mixed model or estimating equations are declared for categorical data in so many words.';
comment on column declared_methods.means_modelled is 'Whether a mixed model or estimating equations are declared for continuous data in so many words.';
comment on column declared_methods.regressions is 'Regression models that the paper declares.';
