-- One row a reported P-value, method and interval: every P that the method allows, given the printed numbers under rounding.
create or replace view p_recomputations as
select
    p.document_id,
    p.path,
    p.evidence_no,
    p.comparison_no,
    p.p,
    p.variable,
    p.verdict,
    r.recomputation_no,
    r.method,
    r.role,
    r.interval_no,
    r.low,
    r.high,
    f.inputs,
    p.table_label,
    p.quote,
    p.source
from p_values as p
join finding_recomputations as r on
    r.document_id = p.document_id and r.audit_id = p.audit_id and r.finding_no = p.finding_no
join findings as f on f.document_id = p.document_id and f.audit_id = p.audit_id and f.finding_no = p.finding_no;

comment on view p_recomputations is 'One row a reported P-value, method tried and interval of P that the method allows, given the printed numbers under rounding.';
comment on column p_recomputations.low is 'Least P that the method allows.';
comment on column p_recomputations.high is 'Greatest P that the method allows within this interval.';
comment on column p_recomputations.p is 'The P-value as printed.';
comment on column p_recomputations.verdict is 'What the recomputation as a whole says of it.';
