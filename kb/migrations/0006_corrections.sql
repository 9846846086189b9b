-- What readers put right. The readings stay as they are: the latest set of corrections lies over them in the views.
create table facts.correction_sets (
    set_no integer primary key,
    source varchar not null,
    applied_at timestamp not null
);
comment on table facts.correction_sets is 'One row each time that the corrections of this store, or what they match, changed; the last one holds.';
comment on column facts.correction_sets.set_no is 'Number of the set, counted upwards through the store.';
comment on column facts.correction_sets.source is 'The file that the corrections came from, or where else they were given.';
comment on column facts.correction_sets.applied_at is 'When it was applied, in UTC.';

create table facts.corrections (
    set_no integer not null,
    correction_no integer not null,
    document varchar not null,
    quote varchar,
    number varchar,
    occurrence integer,
    table_label varchar,
    fingerprint varchar,
    kind varchar,
    value varchar,
    arm varchar,
    base varchar,
    made_by varchar not null,
    made_on date not null,
    why varchar not null,
    matched boolean not null
);
comment on table facts.corrections is 'One row a correction of a set, as it was written.';
comment on column facts.corrections.set_no is 'The set (see correction_sets).';
comment on column facts.corrections.correction_no is 'Position in the set, from 1.';
comment on column facts.corrections.document is 'What names the document: the beginning of its id, its DOI or its file''s name; empty for a false alarm.';
comment on column facts.corrections.quote is 'Words of the sentence or row where the number stands.';
comment on column facts.corrections.number is 'The number as printed.';
comment on column facts.corrections.occurrence is 'Which of the like numbers there, from 1.';
comment on column facts.corrections.table_label is 'Label of the table where it stands.';
comment on column facts.corrections.fingerprint is 'The flag that is a false alarm.';
comment on column facts.corrections.kind is 'What the number is: count, percent, mean and so on.';
comment on column facts.corrections.value is 'The number as it should have been read.';
comment on column facts.corrections.arm is 'Label of the arm that it belongs to.';
comment on column facts.corrections.base is 'The number of patients that it is of.';
comment on column facts.corrections.made_by is 'Who made the correction.';
comment on column facts.corrections.made_on is 'The day when it was made.';
comment on column facts.corrections.why is 'Why.';
comment on column facts.corrections.matched is 'Whether it found its number when the set was applied.';

create table facts.corrected_numbers (
    reading_id bigint not null,
    set_no integer not null,
    correction_no integer not null,
    evidence_no integer not null,
    aggregate_no integer,
    original varchar not null,
    kind varchar,
    text varchar,
    value double,
    decimals integer,
    comparator varchar,
    unit varchar,
    arm_no integer,
    arm varchar,
    base varchar,
    made_by varchar not null,
    made_on date not null,
    why varchar not null
);
comment on table facts.corrected_numbers is 'One row a reported number that a correction puts right, with what it replaces; where a column is null the reading holds.';
comment on column facts.corrected_numbers.reading_id is 'The reading (see readings).';
comment on column facts.corrected_numbers.set_no is 'The set (see correction_sets).';
comment on column facts.corrected_numbers.correction_no is 'The correction, by its position in the set, from 1.';
comment on column facts.corrected_numbers.evidence_no is 'The reported number (see evidence).';
comment on column facts.corrected_numbers.aggregate_no is 'The aggregate that it belongs to (see aggregates).';
comment on column facts.corrected_numbers.original is 'What was read and is replaced, in words.';
comment on column facts.corrected_numbers.kind is 'What the number is instead.';
comment on column facts.corrected_numbers.text is 'The number as it should have been read.';
comment on column facts.corrected_numbers.value is 'Its value.';
comment on column facts.corrected_numbers.decimals is 'Digits behind its decimal point.';
comment on column facts.corrected_numbers.comparator is 'One of = < > ≤ ≥ ≈.';
comment on column facts.corrected_numbers.unit is 'Unit.';
comment on column facts.corrected_numbers.arm_no is 'The arm that it belongs to instead (see arms).';
comment on column facts.corrected_numbers.arm is 'Label of that arm.';
comment on column facts.corrected_numbers.base is 'The number of patients that it is of.';
comment on column facts.corrected_numbers.made_by is 'Who made the correction.';
comment on column facts.corrected_numbers.made_on is 'The day when it was made.';
comment on column facts.corrected_numbers.why is 'Why.';

create table facts.corrected_members (
    reading_id bigint not null,
    set_no integer not null,
    comparison_no integer not null,
    aggregate_no integer not null,
    arm_order integer not null,
    kind varchar
);
comment on table facts.corrected_members is 'One row an aggregate whose place in a comparison follows from a correction.';
comment on column facts.corrected_members.reading_id is 'The reading (see readings).';
comment on column facts.corrected_members.set_no is 'The set (see correction_sets).';
comment on column facts.corrected_members.comparison_no is 'The comparison (see comparisons).';
comment on column facts.corrected_members.aggregate_no is 'The aggregate (see aggregates).';
comment on column facts.corrected_members.arm_order is 'Position of its arm in the comparison, from 0.';
comment on column facts.corrected_members.kind is 'What the comparison compares after the correction: counts, means or medians; null where that stays.';

create table facts.files (
    reading_id bigint not null,
    file_no integer not null,
    name varchar not null,
    sha256 varchar not null,
    n_bytes bigint not null,
    format varchar not null,
    n_pages integer,
    char_start integer not null,
    char_end integer not null
);
comment on table facts.files is 'One row a file of a document that is more than one: the main text first, then its supplements.';
comment on column facts.files.reading_id is 'The reading (see readings).';
comment on column facts.files.file_no is 'Position of the file, 0 for the main text.';
comment on column facts.files.name is 'Name of the file.';
comment on column facts.files.sha256 is 'SHA-256 of its bytes.';
comment on column facts.files.n_bytes is 'Its size in bytes.';
comment on column facts.files.format is 'text, jats, pdf, html or docx.';
comment on column facts.files.n_pages is 'How many pages it has (PDF).';
comment on column facts.files.char_start is 'Where its text begins in the document''s normalised text.';
comment on column facts.files.char_end is 'Where it ends.';
