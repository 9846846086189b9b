-- One row a paper and reason: how many of its P-values were recomputed, and why the others were not.
create or replace view coverage as
with recomputed as (
    select distinct document_id, audit_id, finding_no
    from finding_recomputations
),

counted as (
    select
        p.document_id,
        r.finding_no is not null as checked,
        case when p.verdict is null then 'not_audited' else coalesce(p.reason, p.verdict) end as reason
    from p_values as p
    left join recomputed as r on r.document_id = p.document_id and r.audit_id = p.audit_id and r.finding_no = p.finding_no
)

select
    documents.document_id,
    documents.path,
    documents.title,
    documents.status,
    coalesce(counted.checked, false) as checked,
    case when not counted.checked then counted.reason end as reason,
    count(counted.document_id) as p_values
from documents
left join counted on counted.document_id = documents.document_id
group by all;

comment on view coverage is 'One row a paper and reason: how many of its P-values were recomputed (checked), and why the others were not.';
comment on column coverage.title is 'Title of the paper.';
comment on column coverage.checked is 'Whether at least one method could be applied to these P-values.';
comment on column coverage.reason is 'Why they could not be checked, as a code; null for those that were. not_audited: no audit has looked at them.';
comment on column coverage.p_values is 'How many P-values; 0 for a paper that prints none or could not be read.';
