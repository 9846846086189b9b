-- One row a P-value adjusted for several comparisons by a method that its head names, with the plain P-value that stands next before it.
create or replace view adjusted_p_rows as
with heads as (
    select
        t.document_id,
        t.table_no,
        u.position - 1 as "column",
        u.head,
        regexp_matches(u.head, '(?i)bonferroni|holm|hochberg|hommel|[sš]id[aá]k|benjamini') as adjusted,
        regexp_matches(u.head, '(?i)(?:^|\s)(?:raw |nominal |unadjusted |uncorrected )?p(?:[- ]?values?)?[*†]*$') as plain
    from tables as t,
        unnest(t.column_heads) with ordinality as u (head, position)
),

columns as (
    select
        document_id,
        table_no,
        "column",
        head,
        adjusted,
        lag("column") over (partition by document_id, table_no order by "column") as before,
        lag(plain and not adjusted) over (partition by document_id, table_no order by "column") as before_plain
    from heads
    where adjusted or plain
)

select
    raw.* exclude (text, "column"),
    adjusted.text,
    adjusted."column",
    raw.text as raw,
    columns.head
from columns
join cells as adjusted on
    adjusted.document_id = columns.document_id and adjusted.table_no = columns.table_no and adjusted."column" = columns."column"
join p_cells as raw on
    raw.document_id = columns.document_id
    and raw.table_no = columns.table_no
    and raw."column" = columns.before
    and raw."row" = adjusted."row"
where columns.adjusted and columns.before_plain
order by all;

comment on view adjusted_p_rows is 'One row a P-value adjusted for several comparisons, with the plain one before it.';
comment on column adjusted_p_rows.text is 'The adjusted P-value as printed.';
comment on column adjusted_p_rows.raw is 'The P-value before adjustment as printed.';
comment on column adjusted_p_rows.head is 'Head of the adjusted column, which names the method.';
