-- What audits said of the readings. An audit adds rows and changes none; the views show each document's latest.
create table facts.audits (
    audit_id bigint primary key,
    version varchar not null,
    started_at timestamp not null
);
comment on table facts.audits is 'One row a run of the checks.';
comment on column facts.audits.audit_id is 'Number of the audit, counted upwards through the store.';
comment on column facts.audits.version is 'Version of counterproof that ran the checks.';
comment on column facts.audits.started_at is 'When the findings were stored, in UTC.';

create table facts.audited (
    audit_id bigint not null,
    reading_id bigint not null,
    check_id varchar not null
);
comment on table facts.audited is 'One row a reading and check that an audit covered, whether or not it found anything there.';
comment on column facts.audited.audit_id is 'The audit (see audits).';
comment on column facts.audited.reading_id is 'The reading (see readings).';
comment on column facts.audited.check_id is 'The check, as listed by counterproof checks.';

create table facts.findings (
    reading_id bigint not null,
    audit_id bigint not null,
    finding_no integer not null,
    check_id varchar not null,
    verdict varchar not null,
    reason varchar,
    severity varchar not null,
    changes_conclusion boolean not null,
    table_label varchar,
    "row" integer,
    "column" integer,
    section varchar not null,
    quote varchar not null,
    char_start integer,
    char_end integer,
    page integer,
    x0 double,
    top double,
    x1 double,
    bottom double,
    reported varchar not null,
    message varchar not null,
    inputs varchar[] not null,
    chance double,
    confidence double not null,
    comparison_no integer,
    inspect_sr varchar
);
comment on table facts.findings is 'One row a finding: the verdict of one check on one comparison or number.';
comment on column facts.findings.reading_id is 'The reading (see readings).';
comment on column facts.findings.audit_id is 'The audit (see audits).';
comment on column facts.findings.finding_no is 'The finding, numbered from 0 within the audit, worst first within a document.';
comment on column facts.findings.check_id is 'The check, as listed by counterproof checks.';
comment on column facts.findings.verdict is 'consistent, inconsistent, decision_error, other_method, misapplied_method, undecided, not_checkable or error.';
comment on column facts.findings.reason is 'Why it was not checked, or what attains the printed value.';
comment on column facts.findings.severity is 'high, medium or low.';
comment on column facts.findings.changes_conclusion is 'Whether the recomputed values lie on the other side of alpha.';
comment on column facts.findings.table_label is 'Label of the table as printed; null for running text.';
comment on column facts.findings."row" is 'Row of the table''s grid, from 0, header rows first.';
comment on column facts.findings."column" is 'Column of the table''s grid, from 0.';
comment on column facts.findings.section is 'Heading of the section as printed.';
comment on column facts.findings.quote is 'The sentence or the table''s row, verbatim.';
comment on column facts.findings.char_start is 'Offset of the first character in the document''s normalised text.';
comment on column facts.findings.char_end is 'Offset behind the last character in the document''s normalised text.';
comment on column facts.findings.page is 'Page, from 1.';
comment on column facts.findings.x0 is 'Left edge on the page, in points.';
comment on column facts.findings.top is 'Upper edge, in points from the page''s upper edge.';
comment on column facts.findings.x1 is 'Right edge on the page, in points.';
comment on column facts.findings.bottom is 'Lower edge, in points from the page''s upper edge.';
comment on column facts.findings.reported is 'What is printed.';
comment on column facts.findings.message is 'The finding in words.';
comment on column facts.findings.inputs is 'The printed numbers that it was computed from, in words.';
comment on column facts.findings.chance is 'Share of printed P-values of the same form that would have been accepted, 0 to 1.';
comment on column facts.findings.confidence is 'How sure the reading is, 0 to 1.';
comment on column facts.findings.comparison_no is 'The comparison, numbered from 0 within the document.';
comment on column facts.findings.inspect_sr is 'Item of the INSPECT-SR tool that the check serves.';

create table facts.finding_recomputations (
    reading_id bigint not null,
    audit_id bigint not null,
    finding_no integer not null,
    recomputation_no integer not null,
    method varchar not null,
    role varchar not null,
    interval_no integer not null,
    low double not null,
    high double not null
);
comment on table facts.finding_recomputations is 'One row an interval of values that one method allows, given the printed numbers under rounding.';
comment on column facts.finding_recomputations.reading_id is 'The reading (see readings).';
comment on column facts.finding_recomputations.audit_id is 'The audit (see audits).';
comment on column facts.finding_recomputations.finding_no is 'The finding, numbered from 0 within the audit, worst first within a document.';
comment on column facts.finding_recomputations.recomputation_no is 'Position of the method in the finding, from 0.';
comment on column facts.finding_recomputations.method is 'The method, such as chi_squared or welch_t.';
comment on column facts.finding_recomputations.role is 'declared, standard, regrouped or misuse.';
comment on column facts.finding_recomputations.interval_no is 'Position of the interval in the method''s set, from 0.';
comment on column facts.finding_recomputations.low is 'Least attainable value.';
comment on column facts.finding_recomputations.high is 'Greatest attainable value.';
