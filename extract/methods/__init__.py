"""Reads what a paper says it did: tests and for what, models, alpha, sidedness, software, summaries, missing data, design."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from counterproof.extract.facts import Facts
from counterproof.extract.methods.alpha import Alpha, declared_alphas
from counterproof.extract.methods.names import (
    CORRECTIONS,
    DESIGNS,
    MISSING,
    MODELS,
    R_SOFTWARE,
    SOFTWARE,
    SUMMARIES,
    TESTS,
    Rules,
)
from counterproof.extract.prose.sentences import Sentence, split
from counterproof.kb.document import Document, Locator
from counterproof.kb.evidence import Method, MethodKind, Scope

_POWER = re.compile(
    r"(?i)\bsample[\s-]sizes?\b|\bpower(?:ed)?\b[^.;]{0,40}(?:\d{2}\s?%|0?\.\d|calculat|analys|to detect)"
    r"|\b\d{2}\s?% (?:statistical )?power\b"
    r"|\binterim\b|\bo['’]brien|\bstepwise|\bselect(?:ed|ion)? (?:of )?(?:the )?(?:individual |candidate )?(?:covariates|variables"
    r"|predictors)"
    r"|\bto detect an?\b|\btest statistic (?:used|is|was)\b"
    r"|\bunder the (?:null|alternative)\b|\btype (?:I|II|1|2) error|\bbeta (?:error|of|=)"
)
"""Sentences about the planning of a study: their test and their alpha are not those of its analysis."""

_SELECTION = re.compile(
    r"(?i)\b(?:stepwise|backwards?|forwards?)\b|\bselect(?:ed|ion)?\b[^.;]{0,30}\b(?:covariates|variables|predictors|factors)\b"
    r"|\b(?:variables?|factors?|covariates?|predictors?|parameters?|terms?)\b[^.;]{0,90}"
    r"\b(?:enter|includ|retain|remov|kept|candidate|considered for)"
    r"|\b(?:enter|includ|retain|remov)(?:ed|ing|al|e|y|ion)?\b[^.;]{0,60}\b(?:model|analysis|regression|multivaria)"
    r"|\binteractions?\b|\bheterogeneity|\bhomogeneity|\bnormality|\btend(?:ency|ed)?\b|\btrends?\b|\bmarginal|\bborderline"
)
"""Declarations of a level for another purpose than the paper's comparisons: choosing variables, interactions, assumptions, trends."""

_CITED = re.compile(
    r"(?i)\bet\s+al\b|\b(?:previous|earlier|other|prior|published) (?:study|studies|trials?|reports?|authors|work)\b"
    r"|\bmeta-analys"
)
_ANALYSES = re.compile(
    r"(?i)\b(?:compar|analy[sz]|statistic|assess|evaluat|test(?:ed|ing|s)?\b|calculat|appl(?:y|ied)|perform|us(?:ed|ing)\b|examin"
    r"|determin|explor"
    r"|estimat|conduct|adjust|correct|model|present|express|report|describ|summari|given|shown|differences?\b|missing|imput|values? are)"
)
_ORDINAL = re.compile(r"(?i)\bordinal\b|\bordered\b|\branked (?:data|variables)")
_RANKS = frozenset({"mann_whitney", "kruskal_wallis", "wilcoxon_signed_rank", "friedman"})
_SOME_RANK_TEST = re.compile(r"(?i)\bnon-?\s?parametric (?:statistical |comparison )?(?:tests?|analys[ie]s|methods?|statistics)\b")
"""Rank tests without their names; the usual ones for two and for more arms are meant."""
_TWO_SIDED = re.compile(r"(?i)\b(?:two|2)[\s-]{0,2}(?:sided|tailed)\b")
_ONE_SIDED = re.compile(r"(?i)\b(?:one|1)[\s-]{0,2}(?:sided|tailed)\b")
_CROSSED_ARMS = re.compile(r"(?i)\bcross(?:ed|ing)?[\s-]?over\b[^.;]{0,20}\b(?:to|allowed|permitted|after|was|were)\b")
_STATISTICS = re.compile(r"(?i)statisti|data analys|analys[ie]s|sample size|methods")
_P_VALUE = re.compile(r"(?i)\bP\s?[=<]")
_PRIORITY = {"methods": 0, "body": 1, "front": 2, "abstract": 2}


def read_methods(facts: Facts) -> None:
    """Add the declared methods of ``facts.document`` to ``facts.methods``, each once, with the sentence that declares it."""
    seen: set[tuple[str, str, str]] = set()
    for kind, name, scope, sentence in _declared(facts.document):
        if (kind, name, scope) in seen:
            continue
        seen.add((kind, name, scope))
        block = sentence.block.locator
        facts.add_method(Method(kind, name, scope, sentence.text, Locator(sentence.start, sentence.end, block.box, block.xpath)))


Declared = tuple[MethodKind, str, Scope, Sentence]


def _declared(document: Document) -> Iterator[Declared]:
    """Every declaration, the methods section's first, what only the planning of the study says last."""
    own = [s for s in _methods_sentences(document) if not _CITED.search(s.text) or "statist" in s.block.section.lower()]
    planned: list[Sentence] = []
    analysed: list[Sentence] = []
    for sentence in own:
        (planned if _POWER.search(sentence.text) else analysed).append(sentence)
    for sentence in analysed:
        yield from _analysis(sentence)
    for sentence in own:
        yield from _names("software", SOFTWARE, sentence)
        if R_SOFTWARE.search(sentence.text):
            yield "software", "r", "any", sentence
        yield from _names("design", DESIGNS, sentence) if not _CROSSED_ARMS.search(sentence.text) else ()
    yield from _level(analysed)
    yield from _sides(analysed) or _sides(planned)


def _methods_sentences(document: Document) -> list[Sentence]:
    """Sentences that may declare: methods sections, abstracts, titles, notes; of a paper without marked parts, all of it."""
    every = list(split(document))
    marked = any(s.block.part == "methods" for s in every)
    chosen = [s for s in every if _may_declare(s, marked)]
    return sorted(chosen, key=lambda s: _PRIORITY.get(s.block.part, 3))


def _may_declare(sentence: Sentence, marked: bool) -> bool:
    block = sentence.block
    if block.kind == "title" or block.part in ("methods", "abstract"):
        return True
    if block.kind in ("footnote", "caption"):
        return bool(re.search(r"(?i)\btests?\b|mean|median|anova|log-?rank|present|express", sentence.text))
    return not marked and block.part in ("body", "front")


def _analysis(sentence: Sentence) -> Iterator[Declared]:
    """Tests, models, summaries, handling of missing values and of multiplicity that a sentence declares."""
    if not _ANALYSES.search(sentence.text):
        return
    note = sentence.block.kind in ("footnote", "caption")
    result = sentence.block.part == "abstract" and _P_VALUE.search(sentence.text)
    if not note and not result:
        yield from _tests(sentence)
        yield from _names("model", MODELS, sentence)
        yield from _names("correction", CORRECTIONS, sentence)
        yield from _names("missing", MISSING, sentence)
    if sentence.block.part != "abstract":
        yield from _names("summary", SUMMARIES, sentence)


def _tests(sentence: Sentence) -> Iterator[Declared]:
    text = sentence.text
    if not TESTS.worth(text):
        return
    for name, scope, expression in TESTS.rules:
        hits = list(expression.finditer(text))
        if name == "student_t":
            hits = [hit for hit in hits if not re.search(r"(?i)(?<!un)(?<!non-)\b(?:paired|dependent)[\s\w-]{0,20}$", text[: hit.start()])]
        if not hits:
            continue
        yield "test", name, scope, sentence
        if name in _RANKS and _ORDINAL.search(text):
            yield "test", name, "ordinal", sentence
    if _SOME_RANK_TEST.search(text) and not {name for name, _ in TESTS.named(text)} & _RANKS:
        yield "test", "mann_whitney", "any", sentence
        yield "test", "kruskal_wallis", "any", sentence


def _names(kind: MethodKind, names: Rules, sentence: Sentence) -> Iterator[Declared]:
    for name, scope in names.named(sentence.text):
        yield kind, name, scope, sentence


def _level(sentences: Iterable[Sentence]) -> list[Declared]:
    """Declared levels of significance; a level for another purpose (:data:`_SELECTION`) is none."""
    return [("alpha", alpha.level, "any", s) for s in sentences for alpha in declared_alphas(s.text) if not _other_purpose(s.text, alpha)]


def _other_purpose(text: str, alpha: Alpha) -> bool:
    """Whether the part of a sentence between semicolons and full stops that declares a level speaks of another purpose."""
    start = max(text.rfind(";", 0, alpha.start), text.rfind(". ", 0, alpha.start)) + 1
    end = min((at for at in (text.find(mark, alpha.end) for mark in (";", ". ")) if at >= 0), default=len(text))
    return bool(_SELECTION.search(text[start:end]))


def _sides(sentences: Iterable[Sentence]) -> list[Declared]:
    """Declared sidedness; only sentences of the methods say it of the whole analysis."""
    found: list[Declared] = []
    for sentence in sentences:
        if _TWO_SIDED.search(sentence.text):
            found.append(("sidedness", "two_sided", "any", sentence))
        if _ONE_SIDED.search(sentence.text):
            found.append(("sidedness", "one_sided", "any", sentence))
    return found
