-- Every place that a finding points to: flags that share a cause are told once, with all their places.
create table facts.finding_places (
    reading_id bigint not null,
    audit_id bigint not null,
    finding_no integer not null,
    position integer not null,
    table_label varchar,
    "row" integer,
    "column" integer,
    quote varchar not null,
    char_start integer,
    char_end integer
);
comment on table facts.finding_places is 'One row a place that a finding points to; flags that share a cause are one finding with several places.';
comment on column facts.finding_places.reading_id is 'The reading (see readings).';
comment on column facts.finding_places.audit_id is 'The audit (see audits).';
comment on column facts.finding_places.finding_no is 'The finding, numbered from 0 within the audit, worst first within a document.';
comment on column facts.finding_places.position is 'Position among the finding''s places, 0 the one that the finding itself names.';
comment on column facts.finding_places.table_label is 'Label of the table as printed; null for running text.';
comment on column facts.finding_places."row" is 'Row of the table''s grid, from 0, header rows first.';
comment on column facts.finding_places."column" is 'Column of the table''s grid, from 0.';
comment on column facts.finding_places.quote is 'The sentence or the table''s row, verbatim.';
comment on column facts.finding_places.char_start is 'Offset of the first character in the document''s normalised text.';
comment on column facts.finding_places.char_end is 'Offset behind the last character in the document''s normalised text.';
