-- One row two arms of which the paper prints the same thing: what a meta-analysis takes of it. An arm that names itself a control
-- (placebo, usual care) is the second; else the arms keep their printed order.
create or replace view arm_pairs as
with arms_of as (
    select
        *,
        regexp_matches(
            arm, '(?i)\b(?:control|placebo|sham|standard|usual|conventional|observation|no (?:treatment|intervention)|untreated|comparator)'
        ) as is_control,
        -- what the two numbers must share: table and row (or column) for cells, the sentence for prose
        case when table_no is null then md5(quote) end as sentence
    from aggregate_numbers
    where
        arm is not null
        and arm_role = 'arm'
        and part not in ('introduction', 'references')
        and (count is not null or mean is not null)
),

single as (
    -- a variable told twice for one arm in one place leaves open which numbers belong together
    select *
    from arms_of
    qualify count(*) over (partition by document_id, table_no, sentence, variable, level, timepoint, arm) = 1
),

placed as (
    select *, row_number() over (partition by document_id order by is_control, table_no, "row", "column", char_start) as place
    from single
),

tested as (
    select one.document_id, one.aggregate_no as aggregate_1, other.aggregate_no as aggregate_2, p.comparison_no, p.p, p.verdict
    from comparison_members as one
    join comparison_members as other on other.document_id = one.document_id and other.comparison_no = one.comparison_no
    join p_values as p on p.document_id = one.document_id and p.comparison_no = one.comparison_no
)

select
    a.document_id,
    a.path,
    coalesce(a.variable, '') as outcome,
    a.level,
    a.timepoint,
    a.arm as arm_1,
    b.arm as arm_2,
    a.count as events_1,
    a.n as n_1,
    b.count as events_2,
    b.n as n_2,
    -- a base that contradicts the printed percent may be the wrong one
    coalesce(abs(100 * a.count / nullif(a.n, 0) - a.percent) <= power(10, -a.percent_decimals), true)
    and coalesce(abs(100 * b.count / nullif(b.n, 0) - b.percent) <= power(10, -b.percent_decimals), true) as percents_agree,
    a.mean as mean_1,
    a.sd as sd_1,
    b.mean as mean_2,
    b.sd as sd_2,
    a.unit,
    tested.p,
    tested.verdict,
    a.table_label,
    a.quote,
    a.source,
    a.aggregate_no as aggregate_1,
    b.aggregate_no as aggregate_2,
    a.char_start,
    least(a.confidence, b.confidence) as confidence
from placed as a
join placed as b on
    b.document_id = a.document_id
    and b.table_no is not distinct from a.table_no
    and b.sentence is not distinct from a.sentence
    and b.variable is not distinct from a.variable
    and b.level is not distinct from a.level
    and b.timepoint is not distinct from a.timepoint
    and (a.table_no is null or a."row" = b."row" or a."column" = b."column")
    and a.arm <> b.arm
    and a.place < b.place
left join tested on
    tested.document_id = a.document_id
    and tested.aggregate_1 = a.aggregate_no
    and tested.aggregate_2 = b.aggregate_no
qualify row_number() over (partition by a.document_id, a.aggregate_no, b.aggregate_no order by tested.comparison_no) = 1
order by a.path, a.char_start, b.place;

comment on view arm_pairs is 'One row two arms of which the paper prints the same outcome: events and totals, or means with SDs, side by side.';
comment on column arm_pairs.outcome is 'Variable as printed; blank where none is.';
comment on column arm_pairs.arm_1 is 'Label of the first arm.';
comment on column arm_pairs.arm_2 is 'Label of the second arm: the control, where one names itself so, else the one printed later.';
comment on column arm_pairs.events_1 is 'Patients of the first arm with the event, or of the level.';
comment on column arm_pairs.n_1 is 'Patients of the first arm; null where the paper leaves that open.';
comment on column arm_pairs.events_2 is 'Patients of the second arm with the event, or of the level.';
comment on column arm_pairs.n_2 is 'Patients of the second arm.';
comment on column arm_pairs.percents_agree is 'False where a printed percent contradicts its count and total, so that the total may be another.';
comment on column arm_pairs.mean_1 is 'Mean of the first arm.';
comment on column arm_pairs.sd_1 is 'Standard deviation of the first arm.';
comment on column arm_pairs.mean_2 is 'Mean of the second arm.';
comment on column arm_pairs.sd_2 is 'Standard deviation of the second arm.';
comment on column arm_pairs.p is 'The P-value printed for a comparison of both (and maybe of further arms or levels).';
comment on column arm_pairs.verdict is 'What the recomputation says of that P-value; null where none is printed or no audit has looked at it.';
comment on column arm_pairs.aggregate_1 is 'The first arm''s aggregate.';
comment on column arm_pairs.aggregate_2 is 'The second arm''s aggregate.';
