-- One row a paper that tells in one breath of intervals and of the bootstrap or of Bayes: such intervals need not be even about their
-- estimates, nor go with the P-values of other tests.
create or replace view uneven_intervals as
select distinct document_id
from blocks
where
    (part in ('methods', 'results', 'body', 'abstract') or kind in ('caption', 'footnote'))
    and kind in ('paragraph', 'caption', 'footnote')
    and regexp_matches(lower(text), 'bootstrap|resampl|credible|bayes|posterior|\bcris?\b')
    and regexp_matches(
        text,
        '(?i:bootstrap|resampl)(?:[^.,;]|[.,][0-9]){0,80}(?:(?i:interval)|\bCIs?\b)|(?:(?i:interval)|\bCIs?\b)[^.;]{0,80}(?i:bootstrap|resampl)|(?i:credible (?:interval|limit|region|set))|\bCrIs?\b|(?i:highest posterior density)|(?i:bayesian|posterior)\s(?:[\w%]+\s){0,2}(?i:intervals?)'
    );

comment on view uneven_intervals is 'One row a paper that tells of bootstrap or Bayesian intervals, which need not be even about their estimates.';
