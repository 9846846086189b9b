-- One row a reported P-value and aggregate that it compares, in the columns that the recomputation engine takes.
-- A comparison without aggregates has one row, so that every reported P-value is accounted for.
create or replace view comparison_rows as
with table_notes as (
    select document_id, table_no, string_agg(text, ' ' order by footnote_no) as text
    from footnotes
    group by all
)

select
    comparisons.document_id,
    comparisons.comparison_no,
    comparisons.kind,
    comparisons.variable,
    comparisons.obstacle,
    comparisons.confidence as comparison_confidence,
    comparisons.method,
    members.arm_order,
    members.level_order,
    v.arm_no,
    coalesce(v.arm, '') as arm,
    v.level,
    v.variable as member_variable,
    v.timepoint,
    v.block,
    v.partition,
    v.arm_n,
    v.bases,
    v.n,
    v.count,
    v.percent,
    v.mean,
    v.sd,
    v.se,
    v.median,
    v.q1,
    v.q3,
    v.min,
    v.max,
    v.estimate,
    case when comparisons.kind = 'statistic' then v.statistic_name else v.effect end as effect,
    v.ci_low,
    v.ci_high,
    v.ci_level,
    v.statistic,
    v.df,
    case when comparisons.ordered then 'yes' when not comparisons.ordered then 'no' end as ordered,
    coalesce(
        comparisons.method,
        case comparisons.kind
            when 'counts' then declared.for_counts
            when 'means' then declared.for_means
            when 'medians' then declared.for_means
            when 'survival' then declared.for_survival
            -- the change of one arm; an r where only Spearman's is declared
            when 'effect' then case
                when v.sd is not null then declared.for_means
                when v.effect in ('r', 'correlation') and declared.for_means like '%spearman%' and declared.for_means not like '%pearson%'
                then 'spearman' end
            when 'statistic' then case
                when v.statistic_name = 'r' and declared.for_means like '%spearman%' and declared.for_means not like '%pearson%'
                then 'spearman' end
        end
    ) as declared,
    declared.models,
    declared.regressions,
    case comparisons.kind when 'counts' then declared.counts_modelled when 'means' then declared.means_modelled end as modelled,
    comparisons.document_id in (select document_id from uneven_intervals) as uneven,
    declared.alpha,
    declared.sidedness,
    declared.design,
    declared.correction,
    p.text as p,
    p.evidence_no as p_evidence_no,
    p.quote,
    p.char_start,
    p.char_end,
    p.page,
    p.x0,
    p.top,
    p.x1,
    p.bottom,
    p.section,
    p.part,
    p.table_no,
    p."row",
    p."column",
    tables.label as table_label,
    tables.caption as table_caption,
    notes.text as table_notes,
    least(p.confidence, comparisons.confidence, coalesce(v.confidence, 1)) as confidence
from comparisons
join evidence as p on p.document_id = comparisons.document_id and p.evidence_no = comparisons.p_evidence_no
left join comparison_members as members on
    members.document_id = comparisons.document_id and members.comparison_no = comparisons.comparison_no
left join aggregate_values as v on v.document_id = comparisons.document_id and v.aggregate_no = members.aggregate_no
left join declared_methods as declared on declared.document_id = comparisons.document_id
left join tables on tables.document_id = comparisons.document_id and tables.table_no = p.table_no
left join table_notes as notes on notes.document_id = comparisons.document_id and notes.table_no = p.table_no
order by comparisons.document_id, comparisons.comparison_no, members.arm_order, members.level_order;

comment on view comparison_rows is 'One row a reported P-value and aggregate that it compares, in the columns that the recomputation takes.';
comment on column comparison_rows.kind is 'counts, means, medians, effect, statistic, survival or unknown.';
comment on column comparison_rows.method is 'Test that the paper names for this very P-value.';
comment on column comparison_rows.comparison_confidence is 'How sure it is that these aggregates belong to the P-value, 0 to 1.';
comment on column comparison_rows.member_variable is 'Variable of the aggregate, where it is another than the comparison''s.';
comment on column comparison_rows.declared is 'Tests named for this P-value, else for this kind of data.';
comment on column comparison_rows.p is 'The P-value as printed.';
comment on column comparison_rows.table_notes is 'The notes under the table of the P-value, one behind the other.';
comment on column comparison_rows.table_caption is 'Caption of the table of the P-value.';
comment on column comparison_rows.modelled is 'Whether a mixed model or estimating equations are declared for this kind of data, whatever tests besides.';
comment on column comparison_rows.uneven is 'Whether the paper tells of bootstrap or Bayesian intervals.';
comment on column comparison_rows.regressions is 'Regression models that the paper declares.';
