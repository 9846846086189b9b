-- One row a paper: what was read, checked and flagged.
create or replace view paper_summaries as
with flags as (
    select
        document_id,
        count(*) as flags,
        count(*) filter (changes_conclusion) as changes_conclusion
    from findings
    where verdict in ('decision_error', 'inconsistent', 'misapplied_method', 'other_method')
    group by document_id
),

covered as (
    select document_id, sum(p_values) as found, sum(p_values) filter (checked) as checked
    from coverage
    group by document_id
)

select
    documents.document_id,
    documents.path,
    documents.title,
    documents.doi,
    documents.year,
    documents.status,
    cast(coalesce(covered.found, 0) as bigint) as p_values,
    cast(coalesce(covered.checked, 0) as bigint) as p_values_checked,
    coalesce(flags.flags, 0) as flags,
    coalesce(flags.changes_conclusion, 0) as changes_conclusion
from documents
left join covered using (document_id)
left join flags using (document_id);

comment on view paper_summaries is 'One row a paper: P-values found and checked, and the flags of the audits stored here.';
comment on column paper_summaries.title is 'Title of the paper.';
comment on column paper_summaries.p_values is 'P-values found.';
comment on column paper_summaries.p_values_checked is 'P-values to which at least one method could be applied.';
comment on column paper_summaries.flags is 'Findings that say that something printed does not fit.';
comment on column paper_summaries.changes_conclusion is 'Flags whose recomputed values lie on the other side of alpha.';
