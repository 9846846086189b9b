-- One row a value of a single patient in a listing (a table with one row a patient), and one a mean or median that the same paper tells.
create or replace view listing_rows as
with listings as (
    select document_id, table_no, n_rows - header_rows as patients
    from tables
    where
        n_columns > 1
        and n_rows - header_rows >= 3
        and regexp_matches(
            column_heads[1],
            '(?i)^(?:patients?|cases?|subjects?|participants?|pt\.?|no\.?|id|#)(?:\s*(?:no\.?|number|id|#|code))?\.?$'
        )
)

select
    e.document_id,
    'value' as source,
    listings.table_no as listing,
    listings.patients,
    e.kind,
    e.text,
    e.variable,
    e.level,
    null as arm,
    null as arm_n,
    e.table_no,
    tables.label as table_label,
    e."row",
    e."column",
    e.part,
    e.section,
    e.quote,
    e.char_start,
    e.char_end,
    e.page,
    e.x0,
    e.top,
    e.x1,
    e.bottom,
    e.confidence
from evidence as e
join listings using (document_id, table_no)
join tables using (document_id, table_no)
where e.kind in ('value', 'count') and e.level is not null
union all
select
    v.document_id,
    'summary' as source,
    listings.table_no as listing,
    listings.patients,
    case when v.mean is not null then 'mean' else 'median' end as kind,
    coalesce(v.mean, v.median) as text,
    v.variable,
    v.level,
    v.arm,
    v.n as arm_n,
    v.table_no,
    v.table_label,
    v."row",
    v."column",
    v.part,
    v.section,
    v.quote,
    v.char_start,
    v.char_end,
    v.page,
    v.x0,
    v.top,
    v.x1,
    v.bottom,
    v.confidence
from aggregate_values as v
join listings on listings.document_id = v.document_id and v.table_no is distinct from listings.table_no
where coalesce(v.mean, v.median) is not null and v.part not in ('introduction', 'references')
order by all;
comment on view listing_rows is 'One row a value of a single patient in a listing, and one a mean or median that the same paper tells.';
comment on column listing_rows.listing is 'The table that lists patients, numbered from 0 within the document.';
comment on column listing_rows.patients is 'How many patients it lists.';
comment on column listing_rows.source is 'value, of a single patient, or summary, told elsewhere.';
