-- One row a figure that a paper attributes to one work of its reference list which is itself in the store, and an aggregate of that
-- work's own report. The reference names the report by its DOI, or by its whole title where not both have a DOI.
create or replace view cited_rows as
with titles as (
    select document_id, path, lower(doi) as doi, year, regexp_replace(lower(title), '[^\p{L}\p{N}]+', '', 'g') as plain
    from documents
    where status <> 'failed'
),

-- Of the references only those that a figure is attributed to alone.
entries as (
    select
        document_id,
        reference_no,
        label,
        lower(doi) as doi,
        year,
        regexp_replace(lower(title), '[^\p{L}\p{N}]+', '', 'g') as plain
    from reference_list
    where (document_id, reference_no) in (select (document_id, reference_nos[1]) from cited_figures where len(reference_nos) = 1)
),

-- Two joins by equal values instead of one by either: each takes time in proportion to the entries, not to entries times documents.
pairs as (
    select entries.document_id, entries.reference_no, titles.document_id as other_id
    from entries
    join titles on entries.doi = titles.doi
    union
    select entries.document_id, entries.reference_no, titles.document_id as other_id
    from entries
    join titles on entries.plain = titles.plain
    where len(titles.plain) >= 30
),

cited as (
    select
        pairs.document_id,
        pairs.reference_no,
        entries.label as reference_label,
        pairs.other_id,
        other.path as other_path,
        case
            when entries.doi = other.doi then 'doi'
            when entries.doi is null or other.doi is null then
                case when abs(coalesce(entries.year, other.year, 0) - coalesce(other.year, entries.year, 0)) <= 1 then 'title' end
        end as link
    from pairs
    join entries using (document_id, reference_no)
    join titles as other on other.document_id = pairs.other_id
    where pairs.other_id <> pairs.document_id
),

numbers as (
    select document_id, list(distinct number) as numbers
    from (
        select document_id, unnest(regexp_extract_all(replace(text, '·', '.'), '\d+(?:\.\d+)?')) as number
        from blocks
        where document_id in (select other_id from cited)
    )
    group by all
)

select
    f.*,
    cited.other_id,
    cited.other_path,
    cited.reference_label,
    cited.link,
    v.variable as other_variable,
    v.level as other_level,
    v.arm as other_arm,
    v.timepoint as other_timepoint,
    v.effect as other_effect,
    v.count as other_count,
    v.percent as other_percent,
    v.mean as other_mean,
    v.median as other_median,
    v.estimate as other_estimate,
    v.n as other_n,
    v.quote as other_quote,
    v.table_label as other_table,
    numbers.numbers as other_numbers
from cited_figures as f
join cited on cited.document_id = f.document_id and cited.reference_no = f.reference_nos[1]
left join aggregate_values as v on v.document_id = cited.other_id
left join numbers on numbers.document_id = cited.other_id
where len(f.reference_nos) = 1;

comment on view cited_rows is 'One row a figure that a paper attributes to a work which is in the store, and an aggregate of that work.';
comment on column cited_rows.other_id is 'The cited document.';
comment on column cited_rows.other_path is 'Its path.';
comment on column cited_rows.reference_label is 'The reference as it is numbered or named.';
comment on column cited_rows.link is 'doi or title, by which the reference names that very report; null where it may be another report of the same study.';
comment on column cited_rows.other_variable is 'Variable of the aggregate in the cited document.';
comment on column cited_rows.other_level is 'Its level.';
comment on column cited_rows.other_arm is 'Its arm.';
comment on column cited_rows.other_timepoint is 'Its time.';
comment on column cited_rows.other_effect is 'What its estimate is.';
comment on column cited_rows.other_count is 'Its count as printed.';
comment on column cited_rows.other_percent is 'Its percent as printed.';
comment on column cited_rows.other_mean is 'Its mean as printed.';
comment on column cited_rows.other_median is 'Its median as printed.';
comment on column cited_rows.other_estimate is 'Its estimate as printed.';
comment on column cited_rows.other_n is 'The size of its group as printed.';
comment on column cited_rows.other_quote is 'The sentence or row where it stands.';
comment on column cited_rows.other_table is 'Label of its table; null for running text.';
comment on column cited_rows.other_numbers is 'Every number that the cited document prints.';
