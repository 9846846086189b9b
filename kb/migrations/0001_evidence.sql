-- What papers report, as read. Rows are only ever added: a reading is one document read by one version of the extractor,
-- and the latest reading of a document that did not fail is the one that the views in schema main show.
create table facts.readings (
    reading_id bigint primary key,
    document_id varchar not null,
    path varchar not null,
    extractor varchar not null,
    status varchar not null check (status in ('ok', 'partial', 'failed')),
    problems varchar[] not null,
    n_bytes bigint not null,
    added_at timestamp not null
);
comment on table facts.readings is 'One row an attempt to read a document with one version of the extractor.';
comment on column facts.readings.reading_id is 'Number of the reading, counted upwards through the store.';
comment on column facts.readings.document_id is 'The document: SHA-256 of the file''s bytes, in hex.';
comment on column facts.readings.path is 'Path of the file as it was given.';
comment on column facts.readings.extractor is 'Version of the extractor that read it.';
comment on column facts.readings.status is 'ok, partial (some parts could not be read) or failed (nothing could).';
comment on column facts.readings.problems is 'What could not be read and why, one text each.';
comment on column facts.readings.n_bytes is 'Size of the file in bytes.';
comment on column facts.readings.added_at is 'When the reading was stored, in UTC.';

create table facts.documents (
    reading_id bigint not null,
    format varchar not null,
    title varchar,
    doi varchar,
    pmcid varchar,
    year integer,
    journal varchar,
    authors varchar[] not null,
    n_pages integer
);
comment on table facts.documents is 'One row a document that could be read: what identifies the paper.';
comment on column facts.documents.reading_id is 'The reading (see readings).';
comment on column facts.documents.format is 'text, jats, pdf, html or docx.';
comment on column facts.documents.title is 'Title of the paper.';
comment on column facts.documents.doi is 'Digital object identifier, without a resolver''s address.';
comment on column facts.documents.pmcid is 'PubMed Central identifier, with the letters PMC.';
comment on column facts.documents.year is 'Year of publication.';
comment on column facts.documents.journal is 'Journal''s name.';
comment on column facts.documents.authors is 'Authors in order, as printed.';
comment on column facts.documents.n_pages is 'Number of pages, where the format has pages.';

create table facts.blocks (
    reading_id bigint not null,
    block_no integer not null,
    kind varchar not null,
    text varchar not null,
    part varchar not null,
    section varchar not null,
    table_no integer,
    char_start integer not null,
    char_end integer not null,
    page integer,
    x0 double,
    top double,
    x1 double,
    bottom double,
    xpath varchar
);
comment on table facts.blocks is 'One row a block of the document''s normalised text: paragraph, heading, caption, table or footnote, in reading order.';
comment on column facts.blocks.reading_id is 'The reading (see readings).';
comment on column facts.blocks.block_no is 'Position in reading order, from 0.';
comment on column facts.blocks.kind is 'title, heading, paragraph, caption, table, footnote or reference.';
comment on column facts.blocks.text is 'The block''s text after repair (ligatures, dashes, line-end hyphens).';
comment on column facts.blocks.part is 'Role of the section: abstract, methods, results, discussion and so on.';
comment on column facts.blocks.section is 'Heading of the section as printed.';
comment on column facts.blocks.table_no is 'The table, numbered from 0 within the document.';
comment on column facts.blocks.char_start is 'Offset of the first character in the document''s normalised text.';
comment on column facts.blocks.char_end is 'Offset behind the last character in the document''s normalised text.';
comment on column facts.blocks.page is 'Page, from 1.';
comment on column facts.blocks.x0 is 'Left edge on the page, in points.';
comment on column facts.blocks.top is 'Upper edge, in points from the page''s upper edge.';
comment on column facts.blocks.x1 is 'Right edge on the page, in points.';
comment on column facts.blocks.bottom is 'Lower edge, in points from the page''s upper edge.';
comment on column facts.blocks.xpath is 'The element in a JATS or HTML file.';

create table facts.tables (
    reading_id bigint not null,
    table_no integer not null,
    label varchar not null,
    caption varchar not null,
    n_rows integer not null,
    n_columns integer not null,
    header_rows integer not null,
    row_levels integer[] not null,
    column_heads varchar[] not null,
    part varchar not null,
    section varchar not null,
    image boolean not null,
    confidence double not null,
    char_start integer not null,
    char_end integer not null,
    page integer,
    x0 double,
    top double,
    x1 double,
    bottom double,
    xpath varchar
);
comment on table facts.tables is 'One row a table as printed.';
comment on column facts.tables.reading_id is 'The reading (see readings).';
comment on column facts.tables.table_no is 'The table, numbered from 0 within the document.';
comment on column facts.tables.label is 'Label as printed, such as Table 2.';
comment on column facts.tables.caption is 'Caption without the label.';
comment on column facts.tables.n_rows is 'Rows of the grid, header rows included.';
comment on column facts.tables.n_columns is 'Columns of the grid, stub included.';
comment on column facts.tables.header_rows is 'How many of the first rows are the head.';
comment on column facts.tables.row_levels is 'Indentation depth of each row, 0 outermost.';
comment on column facts.tables.column_heads is 'For each column its stacked heads from top to bottom, joined by a space.';
comment on column facts.tables.part is 'Role of the section: abstract, methods, results, discussion and so on.';
comment on column facts.tables.section is 'Heading of the section as printed.';
comment on column facts.tables.image is 'Whether the table is a picture, so that no cell could be read.';
comment on column facts.tables.confidence is 'How sure the reading is, 0 to 1.';
comment on column facts.tables.char_start is 'Offset of the first character in the document''s normalised text.';
comment on column facts.tables.char_end is 'Offset behind the last character in the document''s normalised text.';
comment on column facts.tables.page is 'Page, from 1.';
comment on column facts.tables.x0 is 'Left edge on the page, in points.';
comment on column facts.tables.top is 'Upper edge, in points from the page''s upper edge.';
comment on column facts.tables.x1 is 'Right edge on the page, in points.';
comment on column facts.tables.bottom is 'Lower edge, in points from the page''s upper edge.';
comment on column facts.tables.xpath is 'The element in a JATS or HTML file.';

create table facts.cells (
    reading_id bigint not null,
    table_no integer not null,
    "row" integer not null,
    "column" integer not null,
    text varchar not null,
    row_span integer not null,
    column_span integer not null,
    marks varchar[] not null,
    bold boolean not null,
    confidence double not null,
    char_start integer not null,
    char_end integer not null,
    page integer,
    x0 double,
    top double,
    x1 double,
    bottom double,
    xpath varchar
);
comment on table facts.cells is 'One row a cell, at its upper left place in the grid.';
comment on column facts.cells.reading_id is 'The reading (see readings).';
comment on column facts.cells.table_no is 'The table, numbered from 0 within the document.';
comment on column facts.cells."row" is 'Row of the table''s grid, from 0, header rows first.';
comment on column facts.cells."column" is 'Column of the table''s grid, from 0.';
comment on column facts.cells.text is 'Text as printed, without footnote marks.';
comment on column facts.cells.row_span is 'How many rows it covers.';
comment on column facts.cells.column_span is 'How many columns it covers.';
comment on column facts.cells.marks is 'Footnote marks taken off the text.';
comment on column facts.cells.bold is 'Whether it is printed in bold.';
comment on column facts.cells.confidence is 'How sure the reading is, 0 to 1.';
comment on column facts.cells.char_start is 'Offset of the first character in the document''s normalised text.';
comment on column facts.cells.char_end is 'Offset behind the last character in the document''s normalised text.';
comment on column facts.cells.page is 'Page, from 1.';
comment on column facts.cells.x0 is 'Left edge on the page, in points.';
comment on column facts.cells.top is 'Upper edge, in points from the page''s upper edge.';
comment on column facts.cells.x1 is 'Right edge on the page, in points.';
comment on column facts.cells.bottom is 'Lower edge, in points from the page''s upper edge.';
comment on column facts.cells.xpath is 'The element in a JATS or HTML file.';

create table facts.footnotes (
    reading_id bigint not null,
    table_no integer not null,
    footnote_no integer not null,
    mark varchar not null,
    text varchar not null
);
comment on table facts.footnotes is 'One row a note under a table.';
comment on column facts.footnotes.reading_id is 'The reading (see readings).';
comment on column facts.footnotes.table_no is 'The table, numbered from 0 within the document.';
comment on column facts.footnotes.footnote_no is 'Position under the table, from 0.';
comment on column facts.footnotes.mark is 'Its mark, empty for a general note.';
comment on column facts.footnotes.text is 'Its text.';

create table facts.reference_list (
    reading_id bigint not null,
    reference_no integer not null,
    label varchar not null,
    text varchar not null,
    doi varchar,
    title varchar
);
comment on table facts.reference_list is 'One row an entry of the list of references.';
comment on column facts.reference_list.reading_id is 'The reading (see readings).';
comment on column facts.reference_list.reference_no is 'Position in the list, from 0.';
comment on column facts.reference_list.label is 'Label as cited.';
comment on column facts.reference_list.text is 'The entry as printed.';
comment on column facts.reference_list.doi is 'Digital object identifier of the cited work.';
comment on column facts.reference_list.title is 'Title of the cited work.';

create table facts.arms (
    reading_id bigint not null,
    arm_no integer not null,
    label varchar not null,
    n_evidence_no integer,
    table_no integer,
    "column" integer,
    role varchar not null
);
comment on table facts.arms is 'One row a group compared, or a total column (a population, not an arm).';
comment on column facts.arms.reading_id is 'The reading (see readings).';
comment on column facts.arms.arm_no is 'The arm, numbered from 0 within the document.';
comment on column facts.arms.label is 'Label as printed.';
comment on column facts.arms.n_evidence_no is 'The evidence of kind n that gives its size.';
comment on column facts.arms.table_no is 'The table, numbered from 0 within the document.';
comment on column facts.arms."column" is 'Column of the table''s grid, from 0.';
comment on column facts.arms.role is 'arm, or total for a population that is no arm.';

create table facts.aggregates (
    reading_id bigint not null,
    aggregate_no integer not null,
    variable varchar,
    level varchar,
    arm_no integer,
    timepoint varchar,
    table_no integer,
    "row" integer,
    "column" integer,
    block integer,
    partition boolean,
    unit varchar
);
comment on table facts.aggregates is 'One row an aggregate: the numbers of one variable (or one level of one) in one arm at one time.';
comment on column facts.aggregates.reading_id is 'The reading (see readings).';
comment on column facts.aggregates.aggregate_no is 'The aggregate, numbered from 0 within the document.';
comment on column facts.aggregates.variable is 'Variable as printed.';
comment on column facts.aggregates.level is 'Level of a categorical variable as printed.';
comment on column facts.aggregates.arm_no is 'The arm, numbered from 0 within the document.';
comment on column facts.aggregates.timepoint is 'When it was measured, as printed.';
comment on column facts.aggregates.table_no is 'The table, numbered from 0 within the document.';
comment on column facts.aggregates."row" is 'Row of the table''s grid, from 0, header rows first.';
comment on column facts.aggregates."column" is 'Column of the table''s grid, from 0.';
comment on column facts.aggregates.block is 'Number that the levels of one variable share.';
comment on column facts.aggregates.partition is 'Whether the levels divide the arm; null where that is not known.';
comment on column facts.aggregates.unit is 'Unit as printed.';

create table facts.aggregate_bases (
    reading_id bigint not null,
    aggregate_no integer not null,
    position integer not null,
    evidence_no integer not null
);
comment on table facts.aggregate_bases is 'One row a size that the paper offers as denominator of an aggregate.';
comment on column facts.aggregate_bases.reading_id is 'The reading (see readings).';
comment on column facts.aggregate_bases.aggregate_no is 'The aggregate, numbered from 0 within the document.';
comment on column facts.aggregate_bases.position is 'Rank of the base, 0 the likeliest.';
comment on column facts.aggregate_bases.evidence_no is 'The evidence of kind n that gives the size.';

create table facts.evidence (
    reading_id bigint not null,
    evidence_no integer not null,
    kind varchar not null,
    text varchar not null,
    value double,
    decimals integer not null,
    comparator varchar not null,
    unit varchar,
    variable varchar,
    level varchar,
    arm_no integer,
    arm varchar,
    timepoint varchar,
    table_no integer,
    "row" integer,
    "column" integer,
    part varchar not null,
    section varchar not null,
    quote varchar not null,
    char_start integer not null,
    char_end integer not null,
    page integer,
    x0 double,
    top double,
    x1 double,
    bottom double,
    xpath varchar,
    aggregate_no integer,
    confidence double not null
);
comment on table facts.evidence is 'One row a reported number, with its meaning and its place.';
comment on column facts.evidence.reading_id is 'The reading (see readings).';
comment on column facts.evidence.evidence_no is 'The evidence, numbered from 0 within the document.';
comment on column facts.evidence.kind is 'What the number is: count, percent, mean, sd, hr, ci_low, p_value, n and so on.';
comment on column facts.evidence.text is 'The number as printed.';
comment on column facts.evidence.value is 'Its value; null where the print gives none (NS, stars).';
comment on column facts.evidence.decimals is 'Digits printed behind the decimal point.';
comment on column facts.evidence.comparator is 'One of = < > ≤ ≥ ≈.';
comment on column facts.evidence.unit is 'Unit as printed.';
comment on column facts.evidence.variable is 'Variable as printed.';
comment on column facts.evidence.level is 'Level of a categorical variable as printed.';
comment on column facts.evidence.arm_no is 'The arm, numbered from 0 within the document.';
comment on column facts.evidence.arm is 'Label of the arm.';
comment on column facts.evidence.timepoint is 'When it was measured, as printed.';
comment on column facts.evidence.table_no is 'The table, numbered from 0 within the document.';
comment on column facts.evidence."row" is 'Row of the table''s grid, from 0, header rows first.';
comment on column facts.evidence."column" is 'Column of the table''s grid, from 0.';
comment on column facts.evidence.part is 'Role of the section: abstract, methods, results, discussion and so on.';
comment on column facts.evidence.section is 'Heading of the section as printed.';
comment on column facts.evidence.quote is 'The sentence or the table''s row, verbatim.';
comment on column facts.evidence.char_start is 'Offset of the first character in the document''s normalised text.';
comment on column facts.evidence.char_end is 'Offset behind the last character in the document''s normalised text.';
comment on column facts.evidence.page is 'Page, from 1.';
comment on column facts.evidence.x0 is 'Left edge on the page, in points.';
comment on column facts.evidence.top is 'Upper edge, in points from the page''s upper edge.';
comment on column facts.evidence.x1 is 'Right edge on the page, in points.';
comment on column facts.evidence.bottom is 'Lower edge, in points from the page''s upper edge.';
comment on column facts.evidence.xpath is 'The element in a JATS or HTML file.';
comment on column facts.evidence.aggregate_no is 'The aggregate, numbered from 0 within the document.';
comment on column facts.evidence.confidence is 'How sure the reading is, 0 to 1.';

create table facts.comparisons (
    reading_id bigint not null,
    comparison_no integer not null,
    kind varchar not null,
    p_evidence_no integer,
    variable varchar,
    ordered boolean,
    method varchar,
    obstacle varchar,
    confidence double not null
);
comment on table facts.comparisons is 'One row a reported P-value or effect with what it compares.';
comment on column facts.comparisons.reading_id is 'The reading (see readings).';
comment on column facts.comparisons.comparison_no is 'The comparison, numbered from 0 within the document.';
comment on column facts.comparisons.kind is 'counts, means, medians, effect, statistic, survival or unknown.';
comment on column facts.comparisons.p_evidence_no is 'The evidence of kind p_value.';
comment on column facts.comparisons.variable is 'Variable as printed.';
comment on column facts.comparisons.ordered is 'Whether the levels have an order; null where that is not known.';
comment on column facts.comparisons.method is 'Test that the paper names for this very P-value.';
comment on column facts.comparisons.obstacle is 'Why it cannot be recomputed, where the reading already shows that.';
comment on column facts.comparisons.confidence is 'How sure the reading is, 0 to 1.';

create table facts.comparison_members (
    reading_id bigint not null,
    comparison_no integer not null,
    aggregate_no integer not null,
    arm_order integer not null,
    level_order integer not null
);
comment on table facts.comparison_members is 'One row an aggregate in a comparison.';
comment on column facts.comparison_members.reading_id is 'The reading (see readings).';
comment on column facts.comparison_members.comparison_no is 'The comparison, numbered from 0 within the document.';
comment on column facts.comparison_members.aggregate_no is 'The aggregate, numbered from 0 within the document.';
comment on column facts.comparison_members.arm_order is 'Position of its arm, from 0.';
comment on column facts.comparison_members.level_order is 'Position of its level, from 0.';

create table facts.methods (
    reading_id bigint not null,
    method_no integer not null,
    kind varchar not null,
    name varchar not null,
    scope varchar not null,
    quote varchar not null,
    char_start integer not null,
    char_end integer not null,
    page integer,
    x0 double,
    top double,
    x1 double,
    bottom double,
    xpath varchar
);
comment on table facts.methods is 'One row a method that the paper declares: test, model, software, alpha, sidedness, design and so on.';
comment on column facts.methods.reading_id is 'The reading (see readings).';
comment on column facts.methods.method_no is 'The method, numbered from 0 within the document.';
comment on column facts.methods.kind is 'test, model, software, alpha, sidedness, summary, design, missing or correction.';
comment on column facts.methods.name is 'Canonical name, such as chi_squared, fisher or 0.05.';
comment on column facts.methods.scope is 'Kind of data it is declared for: categorical, continuous, ordinal, survival or any.';
comment on column facts.methods.quote is 'The sentence or the table''s row, verbatim.';
comment on column facts.methods.char_start is 'Offset of the first character in the document''s normalised text.';
comment on column facts.methods.char_end is 'Offset behind the last character in the document''s normalised text.';
comment on column facts.methods.page is 'Page, from 1.';
comment on column facts.methods.x0 is 'Left edge on the page, in points.';
comment on column facts.methods.top is 'Upper edge, in points from the page''s upper edge.';
comment on column facts.methods.x1 is 'Right edge on the page, in points.';
comment on column facts.methods.bottom is 'Lower edge, in points from the page''s upper edge.';
comment on column facts.methods.xpath is 'The element in a JATS or HTML file.';
