"""Reads what a paper says it did: tests and for what, models, alpha, sidedness, software, summaries, missing data, design."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from counterproof.extract.cues import cue
from counterproof.extract.facts import Facts
from counterproof.extract.methods.alpha import HINTS, Alpha, declared_alphas
from counterproof.extract.methods.names import R_SOFTWARE, Rule, named_in
from counterproof.extract.methods.passages import Passages
from counterproof.extract.prose.sentences import READ, Sentence, of_block
from counterproof.kb.characters import folded
from counterproof.kb.document import Block, Document, Locator
from counterproof.kb.evidence import Method, MethodKind, Scope

_POWER = cue(
    "sample|power|interim|brien|stepwise|select|detect|test statistic|null|alternative|error|beta",
    r"\bsample[\s-]sizes?\b|\bpower(?:ed)?\b[^.;]{0,40}(?:\d{2}\s?%|0?\.\d|calculat|analys|to detect)"
    r"|\b\d{2}\s?% (?:statistical )?power\b"
    r"|\binterim\b|\bo['’]brien|\bstepwise|\bselect(?:ed|ion)? (?:of )?(?:the )?(?:individual |candidate )?(?:covariates|variables"
    r"|predictors)"
    r"|\bto detect an?\b|\btest statistic (?:used|is|was)\b"
    r"|\bunder the (?:null|alternative)\b|\btype (?:i|ii|1|2) error|\bbeta (?:error|of|=)",
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

_ET_AL = re.compile(r"et(?<!\w..)\s+al\b")
_CITED = cue(
    "previous |earlier |other |prior |published |meta-analys",
    r"\b(?:previous|earlier|other|prior|published) (?:study|studies|trials?|reports?|authors|work)\b|\bmeta-analys",
)
_ANALYSES = re.compile(
    r"(?i)\b(?:compar|analy[sz]|statistic|assess|evaluat|test(?:ed|ing|s)?\b|calculat|appl(?:y|ied)|perform|us(?:ed|ing)\b|examin"
    r"|determin|explor"
    r"|estimat|conduct|adjust|correct|model|present|express|report|describ|summari|given|shown|display|differences?\b|missing|imput"
    r"|values? are)"
)
_ORDINAL = re.compile(r"\bordinal\b|\bordered\b|\branked (?:data|variables)")
_RANKS = frozenset({"mann_whitney", "kruskal_wallis", "wilcoxon_signed_rank", "friedman"})
_SOME_RANK_TEST = cue("parametric", r"\bnon-?\s?parametric (?:statistical |comparison )?(?:tests?|analys[ie]s|methods?|statistics)\b")
"""Rank tests without their names; the usual ones for two and for more arms are meant."""
_SOME_TEST = re.compile(
    r"test|anova|varianc|fisher|chi|χ|x\s?[2²]|whitney|wilcoxon|rank|kruskal|friedman|spearman|pearson|haenszel|armitage|trend|nemar"
    r"|student|welch|cochran|linear|cmh|breslow|peto|gehan|jonckheere"
)
"""What a sentence says, in small letters, that tells of tests."""
_PAIRED = re.compile(r"(?<!un)(?<!non-)\b(?:paired|dependent)[\s\w-]{0,20}$")
_NOTES = frozenset({"footnote", "caption"})
_TELLING_NOTE = cue("test|mean|median|anova|rank|present|express", r"\btests?\b|mean|median|anova|log-?rank|present|express")
_TWO_SIDED = cue("sided|tailed", r"\b(?:two|2)[\s-]{0,2}(?:sided|tailed)\b")
_ONE_SIDED = cue(
    "sided|tailed",
    r"\b(?:one|1)[\s-]{0,2}(?:sided|tailed)\b"
    r"(?!,? (?:(?:upper|lower) )?(?:\d{2}(?:\.\d)?\s?% )?(?:upper |lower )?(?:confidence|ci\b|limit))",
)
_TO_COME = cue(
    "further|future|needed|required|warranted|prior to",
    r"\b(?:further|future)\b[^.;]{0,90}\b(?:trial|study|studies|work|research)|\b(?:trials?|studies|research)\b[^.;]{0,60}\b(?:needed"
    r"|required|warranted)\b|\bprior to (?:an?|any|future|larger) [^.;]{0,60}\btrial",
)
"""What an abstract says of studies to come, whose design is not this one's."""
_OWN = re.compile(
    r"\b(?:this|our|the present)\b(?!\s(?:should|must|may|might|needs?|remains?|can|could|would|will|suggests?|warrants?|is|was|has)\b)"
    r"[^.;]{0,60}?\b(?:trial|study)\b"
)
"""How it names its own study, whatever the sentence says of others."""
_CROSSED_ARMS = cue("cross", r"\bcross(?:ed|ing)?[\s-]?over\b[^.;]{0,20}\b(?:to|allowed|permitted|after|was|were)\b")
_STATISTICS = re.compile(r"(?i)statisti|data analys|analys[ie]s|sample size|methods")
_P_VALUE = re.compile(r"(?i)\bP\s?[=<]")
_UNNAMED = ("parametric", "sided", "tailed", *HINTS)
"""Letters of what is declared without a method's name: rank tests, sidedness, levels of significance."""
_PRIORITY = {"methods": 0, "body": 1, "front": 2, "abstract": 2}


def read_methods(facts: Facts) -> None:
    """Add the declared methods of ``facts.document`` to ``facts.methods``, each once, with the sentence that declares it."""
    seen: set[tuple[str, str, str]] = set()
    for kind, name, scope, sentence in _declared(_methods_sentences(facts.document)):
        if (kind, name, scope) in seen:
            continue
        seen.add((kind, name, scope))
        block = sentence.block.locator
        facts.add_method(Method(kind, name, scope, sentence.text, Locator(sentence.start, sentence.end, block.box, block.xpath)))


Declared = tuple[MethodKind, str, Scope, Sentence]


class _Telling(NamedTuple):
    """A sentence that may declare something, its text in small letters, and the names of methods in it."""

    sentence: Sentence
    small: str
    names: list[tuple[MethodKind, Rule]]


def _declared(sentences: Sequence[Sentence]) -> Iterator[Declared]:
    """Every declaration, the methods section's first, what only the planning of the study says last."""
    own = [t for t in _telling(sentences) if not _cites(t.small) or "statist" in t.sentence.block.section.lower()]
    planned: list[_Telling] = []
    analysed: list[_Telling] = []
    for telling in own:
        if _POWER.search(telling.small, telling.small):
            planned.append(telling)
        else:
            analysed.append(telling)
            yield from _analysis(telling)
    for telling in own:
        yield from _tools_and_design(telling)
    yield from _level(analysed)
    yield from _sides(analysed) or _sides(planned)


def _cites(small: str) -> bool:
    """Whether a sentence cites others for their methods."""
    return _ET_AL.search(small) is not None or _CITED.search(small, small) is not None


def _telling(sentences: Sequence[Sentence]) -> Iterator[_Telling]:
    """The sentences that may declare something; most do not."""
    passages = Passages([s.text for s in sentences])
    unnamed = {position for letters in _UNNAMED for position in passages.having(letters)}
    for position, (sentence, small, names) in enumerate(zip(sentences, passages.small, named_in(passages), strict=True)):
        if names or position in unnamed or R_SOFTWARE.search(sentence.text):
            yield _Telling(sentence, small, names)


def _methods_sentences(document: Document) -> list[Sentence]:
    """Sentences that may declare: methods sections, abstracts, titles, notes; of a paper without marked parts, all of it."""
    blocks = [block for block in document.blocks if block.kind in READ and block.part != "references"]
    marked = any(block.part == "methods" and block.text.strip() for block in blocks)
    chosen = sorted((b for b in blocks if _may_declare(b, marked)), key=lambda b: _PRIORITY.get(b.part, 3))
    return [s for b in chosen for s in of_block(b) if _of_methods(b) or b.kind not in _NOTES or _tells(s)]


def _tells(note: Sentence) -> bool:
    """Whether a sentence of a note may tell of methods."""
    small = folded(note.text)
    return _TELLING_NOTE.search(small, small) is not None


def _may_declare(block: Block, marked: bool) -> bool:
    return _of_methods(block) or block.kind in _NOTES or (not marked and block.part in ("body", "front"))


def _of_methods(block: Block) -> bool:
    """Whether a block speaks of the methods by its place, whatever its words; of a note only the words tell."""
    return block.kind == "title" or block.part in ("methods", "abstract")


def _analysis(telling: _Telling) -> Iterator[Declared]:
    """Tests, models, summaries, handling of missing values and of multiplicity that a sentence declares."""
    block, text = telling.sentence.block, telling.sentence.text
    if not _ANALYSES.search(text):
        return
    note = block.kind in _NOTES
    result = block.part == "abstract" and _P_VALUE.search(text)
    if not note and not result:
        yield from _tests(telling)
        yield from _named(telling, "model", "correction", "missing")
    if block.part != "abstract":
        yield from _named(telling, "summary")


def _tools_and_design(telling: _Telling) -> Iterator[Declared]:
    """Software and the design of the study."""
    yield from _named(telling, "software")
    if R_SOFTWARE.search(telling.sentence.text):
        yield "software", "r", "any", telling.sentence
    if not _CROSSED_ARMS.search(telling.small, telling.small):
        yield from _designs(telling)


def _designs(telling: _Telling) -> Iterator[Declared]:
    """The designs that a sentence names; beside studies to come, only those in the name of its own."""
    small = telling.small
    if telling.sentence.block.part == "abstract" and _TO_COME.search(small, small):
        own = _OWN.search(small)
        small = own[0] if own else ""
    for kind, rule in telling.names:
        if kind == "design" and rule.cue.search(small, small):
            yield kind, rule.name, rule.scope, telling.sentence


def _named(telling: _Telling, *kinds: MethodKind) -> Iterator[Declared]:
    for kind, rule in telling.names:
        if kind in kinds:
            yield kind, rule.name, rule.scope, telling.sentence


def _tests(telling: _Telling) -> Iterator[Declared]:
    sentence, small = telling.sentence, telling.small
    tests = [rule for kind, rule in telling.names if kind == "test"]
    for rule in tests:
        uses = rule.cue.expression.finditer(small)
        if rule.name == "student_t" and all(_PAIRED.search(small[: use.start()]) for use in uses):
            continue
        yield "test", rule.name, rule.scope, sentence
        if rule.name in _RANKS and _ORDINAL.search(small):
            yield "test", rule.name, "ordinal", sentence
    some = _SOME_RANK_TEST.search(small, small) and _SOME_TEST.search(small)
    if some and not any(rule.name in _RANKS for rule in tests):
        yield "test", "mann_whitney", "any", sentence
        yield "test", "kruskal_wallis", "any", sentence


def _level(sentences: Iterable[_Telling]) -> list[Declared]:
    """Declared levels of significance; a level for another purpose (:data:`_SELECTION`) is none."""
    return [
        ("alpha", alpha.level, "any", telling.sentence)
        for telling in sentences
        for alpha in declared_alphas(telling.small)
        if not _other_purpose(telling.small, alpha)
    ]


def _other_purpose(text: str, alpha: Alpha) -> bool:
    """Whether the part of a sentence between semicolons and full stops that declares a level speaks of another purpose."""
    start = max(text.rfind(";", 0, alpha.start), text.rfind(". ", 0, alpha.start)) + 1
    end = min((at for at in (text.find(mark, alpha.end) for mark in (";", ". ")) if at >= 0), default=len(text))
    return bool(_SELECTION.search(text[start:end]))


def _sides(sentences: Iterable[_Telling]) -> list[Declared]:
    """Declared sidedness; only sentences of the methods say it of the whole analysis."""
    found: list[Declared] = []
    for sentence, small, _ in sentences:
        if _TWO_SIDED.search(small, small):
            found.append(("sidedness", "two_sided", "any", sentence))
        if _ONE_SIDED.search(small, small):
            found.append(("sidedness", "one_sided", "any", sentence))
    return found
