"""How papers name their statistical methods, and the one name that counterproof uses for each.

Every rule is ``(canonical name, scope, expression)``. The scope is what the method is for by its nature; the sentence may add to it.
Names of tests of assumptions (Shapiro-Wilk, Levene) are left out on purpose: they compare no arms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from counterproof.kb.evidence import Scope

Rule = tuple[str, Scope, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Rules:
    """The names of one kind of method, and letters of which every one of them has some: most sentences have none."""

    letters: re.Pattern[str]
    rules: tuple[Rule, ...]

    def worth(self, text: str) -> bool:
        """Whether any name can stand in this text; asked first, since it takes a tenth of the time of all names."""
        return bool(self.letters.search(text.lower()))

    def named(self, text: str) -> list[tuple[str, Scope]]:
        """The canonical names of the methods that this text names, with their scopes."""
        return [(name, scope) for name, scope, expression in self.rules if expression.search(text)] if self.worth(text) else []


def _rules(letters: str, *rows: tuple[str, Scope, str]) -> Rules:
    return Rules(re.compile(letters), tuple((name, scope, re.compile(expression, re.IGNORECASE)) for name, scope, expression in rows))


_DASH = r"[\s–‐‑-]{0,3}"

TESTS = _rules(
    r"test|anova|varianc|fisher|chi|χ|x\s?[2²]|whitney|wilcoxon|rank|kruskal|friedman|spearman|pearson|haenszel|armitage|trend|nemar"
    r"|student|welch|cochran|linear|cmh|breslow|peto|gehan|jonckheere",
    ("chi_squared", "categorical", rf"\bchi{_DASH}(?:squared?|2|²)|(?:χ|Χ|\bx)\s?(?:2|²)(?![\d.])|χ{_DASH}squared?"
        rf"|\bpearson(?:['’]s)? chi\b"),
    ("fisher", "categorical", r"\bfisher(?:['’´`]?s)?[\s-]{1,2}(?:two[\s-]sided |2[\s-]sided )?(?:exact|test|probability)"
        r"|\bfisher(?:['’]s)? or chi"),
    ("mcnemar", "categorical", r"\bmc\s?nemar"),
    ("cochran_q", "categorical", r"\bcochran(?:['’]?s)? q\b"),
    ("cochran_mantel_haenszel", "categorical", rf"\bmantel{_DASH}haenszel|\bCMH\b"),
    ("trend", "ordinal", rf"\bcochran{_DASH}armitage|\blinear{_DASH}by{_DASH}linear|\btests? (?:for|of) (?:linear )?trend|\bjonckheere"),
    ("welch_t", "continuous", r"\bwelch"),
    ("paired_t", "continuous", rf"(?<!un)(?<!non-)(?<!non)\bpaired{_DASH}(?:samples? |sample[\s-])?(?:student(?:['’]?s)? )?t{_DASH}tests?\b"
     rf"|\bt{_DASH}tests?,? \((?:paired|dependent)\)|\bpaired samples? tests?\b|\bdependent{_DASH}(?:samples? )?t{_DASH}tests?\b"
     rf"|\bt{_DASH}tests? for (?:paired|dependent)"),
    ("student_t", "continuous", rf"(?<!agility )\bt{_DASH}tests?\b(?!,? \((?:paired|dependent)\))"
        rf"|\bstudent(?:['’]?s)? (?:two[\s-]sample |unpaired |independent )?(?:t\b(?!{_DASH}tests?,? \((?:paired|dep))|test)"),
    ("mann_whitney", "continuous", rf"\bmann{_DASH}whitney|\bwilcoxon(?:['’]?s)?(?: two[\s-]sample)?{_DASH}rank{_DASH}sum"
        rf"|\brank{_DASH}sum test"
     r"|\bwilcoxon(?:['’]?s)? (?:two[\s-]sample|unpaired|test for (?:unpaired|independent))"
     r"|\bwilcoxon(?:['’]?s)? tests?(?! for (?:paired|matched|dep))"),
    ("wilcoxon_signed_rank", "continuous", rf"\bwilcoxon(?:['’]?s)?(?: matched{_DASH}pairs?)?{_DASH}sign|\bsigned{_DASH}ranks?\b"
     r"|\bwilcoxon(?:['’]?s)? (?:matched|paired)|\bpaired wilcoxon"
     r"|\bwilcoxon(?:['’]?s)? tests?(?! for (?:unpaired|indep))"),
    ("sign_test", "continuous", r"\bsign test"),
    ("kruskal_wallis", "continuous", rf"\bkruskal{_DASH}wall?is"),
    ("friedman", "continuous", r"\bfriedman"),
    ("repeated_anova", "continuous", rf"\brepeated{_DASH}measures?{_DASH}(?:two-way |one-way |mixed )?(?:anova|analys[ie]s of variance)"
     r"|\banova (?:for|with|of) repeated"),
    ("anova", "continuous", r"(?<!measures )(?<!measure )(?<!measures-)\banovas?\b(?! (?:for|with|of) repeated)"
        r"|(?<!measures )(?<!measure )\banalys[ie]s of variance\b|\bF{_DASH}test\b"
     .replace("{_DASH}", _DASH)),
    ("z_test", "categorical", r"\bz{_DASH}tests?\b|\btest of (?:two )?proportions".replace("{_DASH}", _DASH)),
    ("log_rank", "survival", rf"\blog{_DASH}rank"),
    ("gehan_wilcoxon", "survival", r"\bgehan|\bbreslow(?:['’]s)? test|\bpeto\b"),
    ("spearman", "any", r"\bspearman"),
    ("pearson", "any", r"\bpearson(?:['’]?s)?(?: product[\s-]moment)? (?:linear )?(?:correlation|r\b|coefficient)"),
)  # fmt: skip

MODELS = _rules(
    "cox|hazard|gray|kaplan|logistic|binomial|poisson|estimating|gee|ancova|varianc|mixed|mmrm|multilevel|hierarchical|regression",
    ("cox", "survival", r"\bcox\b|\bproportional[\s-]hazards?"),
    ("fine_gray", "survival", r"\bfine (?:and|&) gray"),
    ("kaplan_meier", "survival", rf"\bkaplan{_DASH}me(?:ie|ye|i)r"),
    ("logistic", "categorical", r"\blogistic\b"),
    ("log_binomial", "categorical", rf"\blog{_DASH}binomial"),
    ("poisson", "categorical", r"\bpoisson\b"),
    ("negative_binomial", "categorical", r"\bnegative binomial"),
    ("gee", "any", r"\bgeneral(?:ised|ized) estimating equations?|\bGEEs?\b"),
    ("ancova", "continuous", r"\bancovas?\b|\banalys[ie]s of (?:co-?variance)"),
    ("mixed", "continuous", rf"\bmixed{_DASH}(?:effects?|linear|models?|regression|logistic)|\bMMRM\b|\bmultilevel (?:model"
        rf"|regression|linear)|\bhierarchical linear"),
    ("linear", "continuous", r"(?<!log-)(?<!generalised )(?<!generalized )\b(?:linear|multiple) regressions?\b"),
)  # fmt: skip

SOFTWARE = _rules(
    "spss|pasw|sas|stat|graph|prism|medcalc|jmp|excel|plus|minitab|epi|ezr|sigma|matlab|revman|review manager",
    ("spss", "any", r"\bSPSS\b|\bPASW\b"),
    ("sas", "any", r"\bSAS(?:v[\d.]+|\b)(?! score)"),
    ("stata", "any", r"\bstata(?:\b|corp)"),
    ("graphpad_prism", "any", r"\bgraph\s?pad\b|\bprism (?:software|version|\d)"),
    ("medcalc", "any", r"\bmedcalc\b"),
    ("statistica", "any", r"\bstatistica\b"),
    ("jmp", "any", r"\bJMP\b"),
    ("excel", "any", r"\bmicrosoft(?: office)? excel|\bMS excel|\bexcel (?:software|20\d\d)"),
    ("s_plus", "any", r"\bs-?plus\b"),
    ("minitab", "any", r"\bminitab\b"),
    ("epi_info", "any", r"\bepi[\s-]?info\b"),
    ("ezr", "any", r"\bEZR\b"),
    ("statxact", "any", r"\bstatxact\b"),
    ("sigmaplot", "any", r"\bsigma(?:plot|stat)\b"),
    ("matlab", "any", r"\bmatlab\b"),
    ("mplus", "any", r"\bmplus\b"),
    ("revman", "any", r"\brevman\b|\breview manager\b"),
)
R_SOFTWARE = re.compile(
    r"\bR(?=\s?(?:\(|,? ?(?:version|ver\.|v\.? ?)\s?\d|\d\.\d|software|statistical|project|package|core team|foundation|environment"
    r"|language))"
)
"""R, the only name that a letter makes: it needs a version or a word behind it, and its capital."""

SUMMARIES = _rules(
    "mean|median|percent|proportion|%",
    ("mean_sd", "continuous", r"\bmeans?(?: values?)?\b[^.;]{0,25}(?:\bs\.?d\.?s?\b|\bstandard[\s-]deviations?)"),
    ("mean_se", "continuous", r"\bmeans?(?: values?)?\b[^.;]{0,25}(?:\bs\.?e\.?m?\.?\b|\bstandard[\s-]errors?)"),
    ("median_iqr", "continuous", r"\bmedians?\b[^.;]{0,40}(?:\bIQRs?\b|\binter-?[\s-]?quartile|\bquartiles?|\b25th)"),
    ("median_range", "continuous", r"\bmedians?\b(?![^.;]{0,40}quartile)[^.;]{0,25}\b(?:ranges?|min(?:imum)?)\b"),
    ("median", "continuous", r"\bmedians for\b|\b(?:values?|data|results|figures|numbers)\s"
        r"(?:shown |given |printed )?(?:are|were) (?:the )?medians?\b"
        r"(?![^.;]{0,40}(?:range|quartile|IQR|deviation|min))|\bas (?:the )?medians?\b(?![^.;]{0,40}(?:range|quartile|IQR|deviation|min))"),
    ("count_percent", "categorical", r"\b(?:frequenc(?:y|ies)|numbers?|counts?|n)\b[^.;]{0,20}\b(?:percent(?:ages?)?|proportions?|%)"
        r"|\bin proportions\b"
     r"|\bas (?:percentages|proportions)\b"),
)  # fmt: skip

MISSING = _rules(
    "carried|locf|bocf|imput|complete|listwise|missing|chained",
    ("none", "any", r"\bno (?:data )?imputations?\b|\bmissing (?:data|values?)[^.;]{0,20}\bnot (?:be )?(?:imputed|replaced)"),
    ("locf", "any", r"\blast[\s-](?:observation|value)s?[\s-](?:was |were )?carried[\s-]forward|\bLOCF\b"
        r"|(?<!baseline )\b(?:values?|measurements?|observations?|parameters|scores?)\b[^.;]{0,40} carried forward"),
    ("bocf", "any", r"\bbaseline[\s-]observations?[\s-]carried[\s-]forward|\bBOCF\b"),
    ("multiple_imputation", "any", r"\bmultipl[ey][\s-](?:data )?imput|\b\d+ imputations\b|\bchained equations"),
    ("nonresponder_imputation", "any", r"\bnon-?responders?[\s-]imputation"),
    ("complete_case", "any", r"\bcomplete[\s-]cases?\b|\blistwise\b|\bmissing (?:data|values?|cases) (?:was|were) (?:excluded"
        r"|omitted|removed|ignored|not imputed)"),
    ("single_imputation", "any", r"\bmissing (?:data|values?) (?:was|were) (?:imputed|replaced|substituted)"
        r"(?![^.;]{0,60}(?:multipl|\d imputations|chained))"),
)  # fmt: skip

CORRECTIONS = _rules(
    "multipl|bonf|holm|hochberg|discovery|benjamini|fdr|tukey|dunn|scheff|id[aá]k",
    ("none", "any", r"\b(?:no|not|without)\b[^.;]{0,30}(?:adjust|correct)[^.;]{0,60}\bmultipl|\bun(?:corrected|adjusted) for multipl"),
    ("bonferroni", "any", r"\bbonferr?oni"),
    ("holm", "any", r"\bholm\b(?! oak)"),
    ("hochberg", "any", r"(?<!benjamini )(?<!benjamini-)(?<!benjamini–)(?<!benjamini and )\bhochberg"),
    ("false_discovery_rate", "any", r"\bfalse[\s-]discovery|\bbenjamini|\bFDR\b"),
    ("tukey", "any", r"\btukey"),
    ("dunnett", "any", r"\bdunnett"),
    ("dunn", "any", r"\bdunn(?:['’]s)\b|\bdunn (?:test|post)"),
    ("scheffe", "any", r"\bscheff[eé]"),
    ("sidak", "any", r"\b[sš]id[aá]k"),
)

DESIGNS = _rules(
    "cluster|cross|split|paired|match|case|arm|random|cohort|retrospective|prospective|observational|group|uncontrolled"
    "|quasi|before|pre|level",
    ("cluster", "any", r"\bcluster[\s-]+(?:controlled |trial )?randomi[sz]|\brandomi[sz]ed,? cluster|\bclusters (?:were|was) random"
        r"|\brandomi[sz](?:ed|ation)(?: (?:was|were|took place|done|performed))? (?:at|on) the (?:level of (?:the )?)?"
        r"(?!patient|individual|subject|participant)[\w-]+(?: \w+)? level\b|\bunits? of randomi[sz]ation\b"
        r"(?! (?:was|were|being|is) (?:the |an? )?(?:individual|patient|participant|subject|eye|tooth|woman|child))"
        r"|\b(?:practices|schools|villages|clinics|communities|wards|hospitals|GPs|homes|classes|households) (?:were|was) "
        r"(?:randomly (?:assigned|allocated)|randomi[sz]ed)"),
    ("crossover", "any", r"\bcross-?\s?over[\s,-]+(?:controlled |randomi[sz]ed |clinical |placebo-controlled "
        r"|within-subjects? )?(?:trial|study|design|fashion|manner)"),
    ("paired", "any", r"\bsplit[\s-](?:mouth|face|body)\b|\bpaired[\s-](?:design|study|trial)\b"),
    ("matched", "any", r"\bpropensity[\s-]scores?[\s-]match|\bmatched[\s-](?:pairs?|cohort|case)\b(?![\s\w-]{0,8}(?:sign|rank|test"
        r"|wilcoxon|t-test))|\bindividually matched|\bpair-matched|\bmatched (?:1 ?: ?\d|\d ?: ?1|one[\s-]to[\s-]one)"),
    ("case_control", "any", r"\bcase[\s–-]control(?:led)?\b"),
    ("single_arm", "any", r"\b(?:single|one)-arm\b|\bsingle[\s-]arm,? (?:[\w/-]+,? ){0,6}(?:study|trial|design)|\bsingle-group (?:study"
        r"|trial|design)|\buncontrolled (?:trial|study)"),
    ("before_after", "any", r"\bquasi-experimental|\b(?:before[\s-]and[\s-]after|before[\s–-]after"
        r"|pre[\s–-]?(?:test)?[\s–/-]?post(?:[\s-]?test)?)[\s,-]+(?:intervention )?(?:study|design|trial)\b"),
    ("randomised", "any", r"(?<!non-)(?<!non)(?<!not )\brandomi[sz](?:ed|ation)\b|\brandomly (?:assigned|allocated|divided"
        r"|distributed|selected to receive)"),
    ("cohort", "any", r"\bcohort (?:study|analysis)|\bretrospective(?:ly)? (?:cohort|stud|analy|review|observational|evaluat|identif"
        r"|examin|assess|compar|enrol|recruit|collected|design|single|multi)"
        r"|\bprospective (?:observational )?(?:cohort|study)|\bobservational study"),
)  # fmt: skip
