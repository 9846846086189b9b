-- What papers say of others: the numbers that they attribute to works of their reference list.
alter table facts.reference_list add column pmid varchar;
alter table facts.reference_list add column year integer;
comment on column facts.reference_list.pmid is 'PubMed identifier of the cited work.';
comment on column facts.reference_list.year is 'Year of the cited work.';

create table facts.cited_figures (
    reading_id bigint not null,
    figure_no integer not null,
    claim_no integer not null,
    reference_nos integer[] not null,
    kind varchar not null,
    text varchar not null,
    value double,
    decimals integer not null,
    comparator varchar not null,
    unit varchar,
    variable varchar,
    timepoint varchar,
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
    confidence double not null
);
comment on table facts.cited_figures is 'One row a number that a sentence attributes to other studies; such numbers are no evidence of the paper itself.';
comment on column facts.cited_figures.reading_id is 'The reading (see readings).';
comment on column facts.cited_figures.figure_no is 'Position within the document, from 0.';
comment on column facts.cited_figures.claim_no is 'Numbers that are said together (a count, its base, its percent) share it.';
comment on column facts.cited_figures.reference_nos is 'The works that the sentence cites for the number (see reference_list); empty where they are not in the list.';
comment on column facts.cited_figures.kind is 'What the number is: count, percent, mean, sd, hr, ci_low, p_value, n and so on.';
comment on column facts.cited_figures.text is 'The number as printed.';
comment on column facts.cited_figures.value is 'Its value; null where the print gives none (NS, stars).';
comment on column facts.cited_figures.decimals is 'Digits printed behind the decimal point.';
comment on column facts.cited_figures.comparator is 'One of = < > ≤ ≥ ≈.';
comment on column facts.cited_figures.unit is 'Unit as printed.';
comment on column facts.cited_figures.variable is 'Variable as printed.';
comment on column facts.cited_figures.timepoint is 'When it was measured, as printed.';
comment on column facts.cited_figures.part is 'Role of the section: abstract, methods, results, discussion and so on.';
comment on column facts.cited_figures.section is 'Heading of the section as printed.';
comment on column facts.cited_figures.quote is 'The sentence or the table''s row, verbatim.';
comment on column facts.cited_figures.char_start is 'Offset of the first character in the document''s normalised text.';
comment on column facts.cited_figures.char_end is 'Offset behind the last character in the document''s normalised text.';
comment on column facts.cited_figures.page is 'Page, from 1.';
comment on column facts.cited_figures.x0 is 'Left edge on the page, in points.';
comment on column facts.cited_figures.top is 'Upper edge, in points from the page''s upper edge.';
comment on column facts.cited_figures.x1 is 'Right edge on the page, in points.';
comment on column facts.cited_figures.bottom is 'Lower edge, in points from the page''s upper edge.';
comment on column facts.cited_figures.xpath is 'The element in a JATS or HTML file.';
comment on column facts.cited_figures.confidence is 'How sure the reading is, 0 to 1.';
