"""How papers name their statistical methods, and the one name that counterproof uses for each.

Every rule is ``(canonical name, scope, letters, expression)``, for text in small letters. The scope is what the method is for by its
nature; the sentence may add to it. Each text that the expression matches has some of the letters, which are looked for first. Names
of tests of assumptions (Shapiro-Wilk, Levene) are left out on purpose: they compare no arms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from counterproof.extract.cues import Cue, cue
from counterproof.extract.methods.passages import Passages
from counterproof.kb.characters import folded
from counterproof.kb.evidence import MethodKind, Scope


@dataclass(frozen=True, slots=True)
class Rule:
    """One method's canonical name and scope, and the expression of its names in print."""

    name: str
    scope: Scope
    cue: Cue
    """Over text in small letters."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The names of one kind of method."""

    rules: tuple[Rule, ...]

    def named(self, text: str) -> list[tuple[str, Scope]]:
        """The canonical names of the methods that this text names, with their scopes."""
        small = folded(text)
        return [(rule.name, rule.scope) for rule in self.rules if rule.cue.search(small, small)]


def _rules(*rows: tuple[str, Scope, str, str]) -> Rules:
    return Rules(tuple(Rule(name, scope, cue(letters, names)) for name, scope, letters, names in rows))


_X_SQUARED = "|".join(f"x{gap}{two}" for gap in ("", " ", "\u202f", "\n") for two in "2²")
"""An x alone stands in most sentences."""
_DASH = r"[\s–‐‑-]{0,3}"

TESTS = _rules(
    ("chi_squared", "categorical", f"chi|χ|{_X_SQUARED}", rf"\bchi{_DASH}(?:squared?|2|²)|(?:χ|\bx)\s?(?:2|²)(?![\d.])|χ{_DASH}squared?"
        rf"|\bpearson(?:['’]s)? chi\b"),
    ("fisher", "categorical", "fisher", r"\bfisher(?:['’´`]?s)?[\s-]{1,2}(?:two[\s-]sided |2[\s-]sided )?(?:exact|test|probability)"
        r"|\bfisher(?:['’]s)? or chi"),
    ("mcnemar", "categorical", "nemar", r"\bmc\s?nemar"),
    ("cochran_q", "categorical", "cochran", r"\bcochran(?:['’]?s)? q\b"),
    ("cochran_mantel_haenszel", "categorical", "mantel|cmh", rf"\bmantel{_DASH}haenszel|\bcmh\b"),
    ("trend", "ordinal", "armitage|linear|trend|jonckheere",
        rf"\bcochran{_DASH}armitage|\blinear{_DASH}by{_DASH}linear|\btests? (?:for|of) (?:linear )?trend|\bjonckheere"),
    ("welch_t", "continuous", "welch", r"\bwelch"),
    ("paired_t", "continuous", "paired|dependent",
        rf"(?<!un)(?<!non-)(?<!non)\bpaired{_DASH}(?:samples? |sample[\s-])?(?:student(?:['’]?s)? )?t{_DASH}tests?\b"
     rf"|\bt{_DASH}tests?,? \((?:paired|dependent)\)|\bpaired samples? tests?\b|\bdependent{_DASH}(?:samples? )?t{_DASH}tests?\b"
     rf"|\bt{_DASH}tests? for (?:paired|dependent)"),
    ("student_t", "continuous", "test|student", rf"(?<!agility )\bt{_DASH}tests?\b(?!,? \((?:paired|dependent)\))"
        rf"|\bstudent(?:['’]?s)? (?:two[\s-]sample |unpaired |independent )?(?:t\b(?!{_DASH}tests?,? \((?:paired|dep))|test)"),
    ("mann_whitney", "continuous", "whitney|wilcoxon|rank",
        rf"\bmann{_DASH}whitney|\bwilcoxon(?:['’]?s)?(?: two[\s-]sample)?{_DASH}rank{_DASH}sum"
        rf"|\brank{_DASH}sum test"
     r"|\bwilcoxon(?:['’]?s)? (?:two[\s-]sample|unpaired|test for (?:unpaired|independent))"
     r"|\bwilcoxon(?:['’]?s)? tests?(?! for (?:paired|matched|dep))"),
    ("wilcoxon_signed_rank", "continuous", "wilcoxon|rank",
        rf"\bwilcoxon(?:['’]?s)?(?: matched{_DASH}pairs?)?{_DASH}sign|\bsigned{_DASH}ranks?\b"
     r"|\bwilcoxon(?:['’]?s)? (?:matched|paired)|\bpaired wilcoxon"
     r"|\bwilcoxon(?:['’]?s)? tests?(?! for (?:unpaired|indep))"),
    ("sign_test", "continuous", "sign test", r"\bsign test"),
    ("kruskal_wallis", "continuous", "kruskal", rf"\bkruskal{_DASH}wall?is"),
    ("friedman", "continuous", "friedman", r"\bfriedman"),
    ("repeated_anova", "continuous", "repeated",
        rf"\brepeated{_DASH}measures?{_DASH}(?:two-way |one-way |mixed )?(?:anova|analys[ie]s of variance)"
     r"|\banova (?:for|with|of) repeated"),
    ("anova", "continuous", "anova|variance|test", r"\b(?:(?<!measures )(?<!measure )(?:(?<!measures-)anovas?\b"
        r"(?! (?:for|with|of) repeated)|analys[ie]s of variance\b)|f{_DASH}test\b)"
     .replace("{_DASH}", _DASH)),
    ("z_test", "categorical", "test",
        r"\bz{_DASH}tests?\b|\btests? (?:of|for) (?:two |the (?:difference|equality) (?:in|of) )?proportions?\b".replace("{_DASH}", _DASH)),
    ("log_rank", "survival", "rank", rf"\blog{_DASH}rank"),
    ("gehan_wilcoxon", "survival", "gehan|breslow|peto", r"\bgehan|\bbreslow(?:['’]s)? test|\bpeto\b"),
    ("spearman", "any", "spearman", r"\bspearman"),
    ("pearson", "any", "pearson", r"\bpearson(?:['’]?s)?(?: product[\s-]moment)? (?:linear )?(?:correlation|r\b|coefficient)"),
)  # fmt: skip

MODELS = _rules(
    ("cox", "survival", "cox|hazard", r"\bcox\b|\bproportional[\s-]hazards?"),
    ("fine_gray", "survival", "gray", r"\bfine (?:and|&) gray"),
    ("kaplan_meier", "survival", "kaplan", rf"\bkaplan{_DASH}me(?:ie|ye|i)r"),
    ("logistic", "categorical", "logistic", r"\blogistic\b"),
    ("log_binomial", "categorical", "binomial", rf"\blog{_DASH}binomial"),
    ("poisson", "categorical", "poisson", r"\bpoisson\b"),
    ("negative_binomial", "categorical", "binomial", r"\bnegative binomial"),
    ("gee", "any", "estimating|gee", r"\bgeneral(?:ised|ized) estimating equations?|\bgees?\b"),
    ("ancova", "continuous", "ancova|variance", r"\bancovas?\b|\banalys[ie]s of (?:co-?variance)"),
    ("mixed", "continuous", "mixed|mmrm|multilevel|hierarchical",
        rf"\bmixed{_DASH}(?:effects?|linear|models?|regression|logistic)|\bmmrm\b|\bmultilevel (?:model"
        rf"|regression|linear)|\bhierarchical linear"),
    ("mixed", "categorical", "generali", r"\bgenerali[sz]ed linear mixed\b|\bgenerali[sz]ed mixed(?: effects?)? models?"),
    ("linear", "continuous", "regression", r"(?<!log-)(?<!generalised )(?<!generalized )\b(?:linear|multiple) regressions?\b"),
)  # fmt: skip

SOFTWARE = _rules(
    ("spss", "any", "spss|pasw", r"\bspss\b|\bpasw\b"),
    ("sas", "any", "sas", r"(?<!\.)(?<!\.\w\w/)(?<!\.\w\w\w/)\bsas(?:v[\d.]+|\b)(?! score|/\d)"),
    ("stata", "any", "stata", r"\bstata(?:\b|corp)"),
    ("graphpad_prism", "any", "graph|prism", r"\bgraph\s?pad\b|\bprism (?:software|version|\d)"),
    ("medcalc", "any", "medcalc", r"\bmedcalc\b"),
    ("statistica", "any", "statistica", r"\bstatistica(?:tm|\b)"),
    ("jmp", "any", "jmp", r"\bjmp\b"),
    ("excel", "any", "excel", r"\bmicrosoft(?: office)? excel|\bms excel|\bexcel (?:software|20\d\d)"),
    ("s_plus", "any", "plus", r"\bs-?plus\b"),
    ("minitab", "any", "minitab", r"\bminitab\b"),
    ("epi_info", "any", "epi", r"\bepi[\s-]?info\b"),
    ("ezr", "any", "ezr", r"\bezr\b"),
    ("statxact", "any", "statxact", r"\bstatxact\b"),
    ("sigmaplot", "any", "sigma", r"\bsigma(?:plot|stat)\b"),
    ("matlab", "any", "matlab", r"\bmatlab\b"),
    ("mplus", "any", "mplus", r"\bmplus\b"),
    ("revman", "any", "revman|manager", r"\brevman\b|\breview manager\b"),
)
R_SOFTWARE = re.compile(
    r"R(?<!\wR)(?=\s?(?:\(|,? ?(?:version|ver\.|v\.? ?)\s?\d|\d\.\d|software|statistical|project|package|core team|foundation|environment"
    r"|language))"
)
"""R, the only name that a letter makes: it needs a version or a word behind it, and its capital (first, so that it is found fast)."""

SUMMARIES = _rules(
    ("mean_sd", "continuous", "mean", r"\bmeans?(?: values?)?\b[^.;]{0,25}(?:\bs\.?d\.?s?\b|\bstandard[\s-]deviations?)"),
    ("mean_se", "continuous", "mean", r"\bmeans?(?: values?)?\b[^.;]{0,25}(?:\bs\.?e\.?m?\.?\b|\bstandard[\s-]errors?)"),
    ("median_iqr", "continuous", "median", r"\bmedians?\b[^.;]{0,40}(?:\biqrs?\b|\binter-?[\s-]?quartile|\bquartiles?|\b25th)"),
    ("median_range", "continuous", "median", r"\bmedians?\b(?![^.;]{0,40}quartile)[^.;]{0,25}\b(?:ranges?|min(?:imum)?)\b"),
    ("median", "continuous", "median", r"\bmedians for\b|\b(?:values?|data|results|figures|numbers)\s"
        r"(?:shown |given |printed )?(?:are|were) (?:the )?medians?\b"
        r"(?![^.;]{0,40}(?:range|quartile|iqr|deviation|min))|\bas (?:the )?medians?\b(?![^.;]{0,40}(?:range|quartile|iqr|deviation|min))"),
    ("count_percent", "categorical", "percent|proportion|%",
        r"\b(?:frequenc(?:y|ies)|numbers?|counts?|n)\b[^.;]{0,20}\b(?:percent(?:ages?)?|proportions?|%)"
        r"|\bin proportions\b"
     r"|\bas (?:percentages|proportions)\b"),
)  # fmt: skip

MISSING = _rules(
    ("none", "any", "imput|missing",
        r"\bno (?:data )?imputations?\b|\bmissing (?:data|values?)[^.;]{0,20}\bnot (?:be )?(?:imputed|replaced)"),
    ("locf", "any", "carried|locf", r"\blast[\s-](?:observation|value)s?[\s-](?:was |were )?carried[\s-]forward|\blocf\b"
        r"|(?<!baseline )\b(?:values?|measurements?|observations?|parameters|scores?)\b[^.;]{0,40} carried forward"),
    ("bocf", "any", "carried|bocf", r"\bbaseline[\s-]observations?[\s-]carried[\s-]forward|\bbocf\b"),
    ("multiple_imputation", "any", "imput|chained", r"\bmultipl[ey][\s-](?:data )?imput|\b\d+ imputations\b|\bchained equations"),
    ("nonresponder_imputation", "any", "imput", r"\bnon-?responders?[\s-]imputation"),
    ("complete_case", "any", "complete|listwise|missing",
        r"\bcomplete[\s-]cases?\b|\blistwise\b|\bmissing (?:data|values?|cases) (?:was|were) (?:excluded"
        r"|omitted|removed|ignored|not imputed)"),
    ("single_imputation", "any", "missing", r"\bmissing (?:data|values?) (?:was|were) (?:imputed|replaced|substituted)"
        r"(?![^.;]{0,60}(?:multipl|\d imputations|chained))"),
)  # fmt: skip

CORRECTIONS = _rules(
    (
        "none",
        "any",
        "multipl",
        r"\b(?:no|not|without)\b[^.;]{0,30}(?:adjust|correct)[^.;]{0,60}\bmultipl|\bun(?:corrected|adjusted) for multipl",
    ),
    ("bonferroni", "any", "bonf", r"\bbonferr?oni"),
    ("holm", "any", "holm", r"\bholm\b(?! oak)"),
    ("hochberg", "any", "hochberg", r"(?<!benjamini )(?<!benjamini-)(?<!benjamini–)(?<!benjamini and )\bhochberg"),
    ("false_discovery_rate", "any", "discovery|benjamini|fdr", r"\bfalse[\s-]discovery|\bbenjamini|\bfdr\b"),
    ("tukey", "any", "tukey", r"\btukey"),
    ("dunnett", "any", "dunnett", r"\bdunnett"),
    ("dunn", "any", "dunn", r"\bdunn(?:['’]s)\b|\bdunn (?:test|post)"),
    ("scheffe", "any", "scheff", r"\bscheff[eé]"),
    ("sphericity", "any", "greenhouse|huynh", r"\bgreenhouse\W{1,3}(?:and )?(?:gei|correct|adjust|epsilon|ε)|\bhuynh\b"),
    ("sidak", "any", "idak|idák", r"\b[sš]id[aá]k"),
)

DESIGNS = _rules(
    ("cluster", "any", "cluster|random",
        r"\bcluster[\s-]+(?:controlled |trial )?randomi[sz]|\brandomi[sz]ed,? cluster|\bclusters (?:were|was) random"
        r"|\brandomi[sz](?:ed|ation)(?: (?:was|were|took place|done|performed))? (?:at|on) the (?:level of (?:the )?)?"
        r"(?!patient|individual|subject|participant)[\w-]+(?: \w+)? level\b|\bunits? of randomi[sz]ation\b"
        r"(?! (?:was|were|being|is) (?:the |an? )?(?:individual|patient|participant|subject|eye|tooth|woman|child))"
        r"|\b(?:practices|schools|villages|clinics|communities|wards|hospitals|gps|homes|classes|households) (?:were|was) "
        r"(?:randomly (?:assigned|allocated)|randomi[sz]ed)"),
    ("crossover", "any", "cross", r"\bcross-?\s?over[\s,-]+(?:controlled |randomi[sz]ed |clinical |placebo-controlled "
        r"|within-subjects? )?(?:trial|study|design|fashion|manner)"),
    ("paired", "any", "split|paired", r"\bsplit[\s-](?:mouth|face|body)\b|\bpaired[\s-](?:design|study|trial)\b"),
    ("matched", "any", "match", r"\bpropensity[\s-]scores?[\s-]match|\bmatched[\s-](?:pairs?|cohort|case)\b(?![\s\w-]{0,8}(?:sign|rank|test"
        r"|wilcoxon|t-test))|\bindividually matched|\bpair-matched|\bmatched (?:1 ?: ?\d|\d ?: ?1|one[\s-]to[\s-]one)"),
    ("case_control", "any", "case", r"\bcase[\s–-]control(?:led)?\b"),
    ("single_arm", "any", "arm|single|uncontrolled",
        r"\b(?:single|one)-arm\b|\bsingle[\s-]arm,? (?:[\w/-]+,? ){0,6}(?:study|trial|design)|\bsingle-group (?:study"
        r"|trial|design)|\buncontrolled (?:trial|study)"),
    ("before_after", "any", "quasi|before|post", r"\bquasi-experimental|\b(?:before[\s-]and[\s-]after|before[\s–-]after"
        r"|pre[\s–-]?(?:test)?[\s–/-]?post(?:[\s-]?test)?)[\s,-]+(?:intervention )?(?:study|design|trial)\b"),
    ("randomised", "any", "random", r"(?<!non-)(?<!non)(?<!not )\brandomi[sz](?:ed|ation)\b|\brandomly (?:assigned|allocated|divided"
        r"|distributed|selected to receive)"),
    ("cohort", "any", "cohort|retrospective|prospective|observational",
        r"\bcohort (?:study|analysis)|\bretrospective(?:ly)? (?:cohort|stud|analy|review|observational|evaluat|identif"
        r"|examin|assess|compar|enrol|recruit|collected|design|single|multi)"
        r"|\bprospective (?:observational )?(?:cohort|study)|\bobservational study"),
)  # fmt: skip

_KINDS: dict[MethodKind, Rules] = {
    "test": TESTS,
    "model": MODELS,
    "correction": CORRECTIONS,
    "missing": MISSING,
    "summary": SUMMARIES,
    "software": SOFTWARE,
    "design": DESIGNS,
}
_ALL: list[tuple[MethodKind, Rule]] = [(kind, rule) for kind, rules in _KINDS.items() for rule in rules.rules]
_BY_LETTERS = {
    letters: [place for place, (_, rule) in enumerate(_ALL) if letters in rule.cue.letters]
    for letters in dict.fromkeys(letters for _, rule in _ALL for letters in rule.cue.letters)
}


def named_in(passages: Passages) -> list[list[tuple[MethodKind, Rule]]]:
    """For each passage the methods that it names, by kind, in the order of the rules."""
    candidates: list[set[int]] = [set() for _ in passages.texts]
    for letters, places in _BY_LETTERS.items():
        for passage in passages.having(letters):
            candidates[passage].update(places)
    return [
        [_ALL[place] for place in sorted(places) if _ALL[place][1].cue.expression.search(small)]
        for small, places in zip(passages.small, candidates, strict=True)
    ]
