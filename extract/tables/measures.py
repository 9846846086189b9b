"""Which statistics a head, a row label or a footnote names: ``n (%)``, ``mean ± SD``, ``OR (95% CI)``.

A *measure* is the kinds of the numbers that a cell holds, in order. A text may name several
("Data are n (%) or mean ± SD"); which of them a cell follows is decided with the cell in hand (``kinds.py``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from counterproof.kb.evidence import Kind

Measure = tuple[Kind, ...]

_TERMS = {
    "ci": r"(?:\d\d(?:\.\d+)?\s*%\s*)?(?:\bC\.?I\.?(?![\w])|\bconfidence (?:intervals?|limits?)|\bIC\s*\d\d\s*%|\bcredible intervals?)",
    "hr": r"\b(?:sub-?distribution )?hazards? ratios?|\b(?:a|c|s)?HRs?\b",
    "or": r"\bodds? ratios?|\b(?:a|c|u)?ORs\b|\b(?-i:(?:a|A|c|u)?OR)\b",
    "rr": r"\b(?:relative risks?|(?:risk|rate|prevalence|incidence)(?: rate)? ratios?)|\b(?-i:(?:a|A|I|P)?RR)\b",
    "difference": r"\b(?:standardi[sz]ed )?(?:(?:adjusted )?mean |risk |absolute |rate |group |"
    r"between-group )?(?:differences?\b|\bdiff\b\.?)|\b(?:mean |treatment |intervention |adjusted ){1,4}effects?\b|\b(?-i:S?MD|WMD|ARR)\b",
    "coefficient": r"\b(?:unstandardi[sz]ed |standardi[sz]ed |regression )?coefficients?\b|\bbeta\b|\bcoef\b\.?|[βΒ](?![\w-])",
    "correlation": r"\b(?:pearson(?:'s)?|spearman(?:'s)?)?\s?correlations?(?: coefficients?)?|\b(?:rho|"
    r"pearson(?:'s)? r|spearman(?:'s)? r)\b|ρ",
    "estimate": r"\bcohen['’]?s d\b|\beffect size|\bhedges['’]? g\b|[ηω]p?[²2]|\bestimates?\b",
    "statistic": r"\b[tFZU][- ](?:values?|stats?|statistics?|scores?|tests?)\b|[χΧ]\s?[²2]|\bchi[- ]squared?\b|"
    r"\btest statistics?\b|\bstatistics?\b|\bwald\b",
    "df": r"\bd\.?f\.?(?!\w)|\bdegrees? of freedom",
    "sd": r"\bS\.?D\.?s?(?!\w)|\b(?:standard|std?\.?) ?dev(?:iations?|\.)?(?!\w)|\bs\.d\.|"
    r"\b(?-i:[Ss]td)\b(?!\.?\s*+\w)\.?|(?:(?<=±)|(?<=±\s))(?-i:s)(?![\w.])",
    "se": r"\bS\.?E\.?M?\.?s?(?!\w)|\b(?:standard|std\.?|asymptotic standard) errors?(?: of (?:the )?means?)?|\bASE\b",
    "iqr": r"\bIQRs?\b|\binter-?\s?quartile?s?(?: ranges?| intervals?)?|\b25(?:th)?(?: percentile)?\s*(?:[-/,;–]|and|to)+\s*75(?:th)?"
    r"(?:\s*(?:per)?centiles?)?|\bQ1\s*[-/,;–]\s*Q3|\bP25\s*[-/,;–]\s*P75|\bquartiles?\b|\bfirst and third quartiles?",
    "cv": r"\bCV\b\s?%?|\bcoefficients? of variation",
    "q1": r"\bQ1\b|\b25th percentile",
    "q3": r"\bQ3\b|\b75th percentile",
    "range": r"\branges?\b(?!\s*+(?:[:=]\s*+)?[-–]?\d)|\bmin(?:imum)?\.?\s*(?:[-/,;–]|and|to)\s*max(?:imum)?\.?|\bextremes\b",
    "min": r"\bmin(?:imum)?\b\.?",
    "max": r"\bmax(?:imum)?\b\.?",
    "ci_low": r"\blower(?: (?:limit|bound|ci))?\b",
    "ci_high": r"\bupper(?: (?:limit|bound|ci))?\b",
    "median": r"\bmedians?\b|\bmdn\b",
    "mean": r"\b(?:geometric |arithmetic |lsm? |least[- ]squares? |adjusted )?means?\b|\baverages?\b|x̄",
    "percent": r"%|\bpercent(?:ages?)?\b|\bper cents?\b|\bproportions?\b|\bprop\.",
    "count": r"\bnos?\.|\bno(?=\s*+(?:[(,/]\s*+)?%)|\bnumbers?\b|\bcounts?\b|\bfrequenc(?:y|ies)\b|\bfreq\b\.?|#|\bn(?![\w=]|\s*=|['’])",
}  # fmt: skip
_LETTERS: dict[str, Kind] = {
    "M": "mean", "t": "statistic", "T": "statistic", "F": "statistic", "Z": "statistic", "z": "statistic", "U": "statistic",
    "B": "coefficient", "b": "coefficient", "r": "correlation", "d": "estimate", "X2": "statistic", "x2": "statistic",
    "Md": "median", "Me": "median", "f": "count",
}  # fmt: skip
"""Letters that name a statistic where they are a whole head; in row labels they are males and females."""

_TERM = re.compile(rf"(?:\b|(?=[\d%#βηρχωx]))(?:{'|'.join(f'(?P<{name}>{pattern})' for name, pattern in _TERMS.items())})", re.IGNORECASE)
"""A term begins with a word, a digit or a sign: nothing is tried within words."""
_MAY_NAME = re.compile(
    r"[%#±βϐηρϱχω\u0131\u017f\u0307]|x̄|\b(?:[acs]?hrs?\b|[acu]?ors\b|[aip]?rr\b|arr\b|ase\b|asymp|average|beta\b|c\.?i\b|chi|coef|cohen|"
    r"confid|correl|count|cred|cv\b|d\.?f\b|degree|diff|effect|estim|extreme|freq|hedges|ic\b|ic\d|interq|iqr|lower\b|max|mdn|means?\b|median|min|"
    r"n(?![\w=])|nos?\.|number|p25|pearson|per ?cent|prop|q[13]\b|quartil|range|ratio|relative r|rho\b|s\.?d(?:\.|s?\b)|s\.?e(?:\.|m?s?\b)|"
    r"s?md\b|spearman|standard|statist|std|st\.? ?dev|[tfzu][- ][vst]|upper\b|wald|wmd\b|25|75)"
)
"""How the terms begin, in small letters: a text without one of these names no statistic, and most labels have none.

``\u0131``, ``\u017f`` and ``\u0307`` come of letters that are an ``i`` or an ``s`` where case is ignored.
"""
_FILLER = re.compile(
    r"±|\+/?[-−]|\+|[/&:;,.()\[\]*=|–—-]|\b(?:and|or|of|as|are|is|the|in|with|for|to|values?|patients?|participants?|"
    r"subjects?|women|men|cases|"
    r"persons?|people|adjusted|unadjusted|crude|score|data|parameter|presented|shown|expressed|unless|otherwise|"
    r"indicated|stated|who|each|group|"
    r"individuals?|children|corresponding|estimated|relative|univariate|multivariate|univariable|multivariable|valid|respondents)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[,;()\[\]]|(?<=\s)[–—-](?=\s)|:(?=\s|$)")
_TRAILING = re.compile(
    r"(?:(?<=\s)|^)(?P<count>n|nos?\.?|number|N|(?<=[,;]\s)(?:Nos?|Number))$|(?:(?<=\s)|^)(?P<percent>%)$|(?:(?<=\s)|^)(?P<mean>mean|M)$|"
    r"(?:(?<=\s)|^)(?P<median>median)$"
)
"""``Resolution of constipation n (%)``: a term that stands right before the bracket with its partner.

With a capital letter ``No`` is a level unless a comma sets it apart (``Men, No (%)``).
"""
_PREFIX = re.compile(
    r"(?:the )?(?P<mean>(?:ls |adjusted |average )?mean|average)\s|(?P<median>median)\s|(?P<percent>%|percent(?:age)?|"
    r"proportion|prevalence)\s|"
    r"(?P<count>(?:total )?(?:number|no\.|nos\.|#)(?: of)?)\s",
    re.IGNORECASE,
)
_MEAN_LETTER = re.compile(r"(?:^M|(?<=\s)[Mm])(?=\s*(?:[(,/]\s*S\.?[DE]|±|\(%\)\s*±))")
_MEAN_IN_LABEL = re.compile(r"(?:^|(?<=[\s(]))M(?=\s?[(,/±]\s?S\.?[DE])")
_LETTER_BEFORE_BRACKET = re.compile(r"([A-Za-zβ]2?)(?=\s*[(\[])")
_SHARE = re.compile(
    r"(?<!\s)[\s,]{0,3}(?:(?P<count>\b(?:n|no\.?|number))[\s,]{0,2}\(|\((?P<inner>n|no\.?)[\s,]{1,2}\(?|\()\s?"
    r"(?:(?:%|percent) ?(?P<of>(?:fe)?males?|(?:wo)?men|girls|boys|yes)|(?P<before>(?:fe)?males?|(?:wo)?men|girls|boys|yes),? ?%)\s?\)+",
    re.IGNORECASE,
)
"""``Sex, n (% female)``, ``Gender (% male)``: the share of one level, named inside the bracket of the percent."""
_OF_PEOPLE = re.compile(r"(?:sex|gender|patients?|participants?|subjects?)", re.IGNORECASE)
"""What a share of a sex may be of; behind anything else it stands beside another number."""
_OF_N = re.compile(r"%\s?\(N\)")
"""``% (N)``: behind a percent the capital letter may be that of its base (``wholes.py``)."""
_CENTRE_WORD = re.compile(r"\b(?:(?P<median>median)|(?P<mean>mean|average))\b", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")
_WORD = re.compile(r"\w")
_CONFIDENCE_LEVEL = re.compile(r"\b95\s*$")
_CENTRES: dict[str, Kind] = {
    "mean": "mean",
    "median": "median",
    "count": "count",
    "percent": "percent",
    "hr": "hr",
    "or": "or",
    "rr": "rr",
    "difference": "difference",
    "coefficient": "coefficient",
    "correlation": "correlation",
    "estimate": "estimate",
    "statistic": "statistic",
}
_SPREADS: dict[str, Measure] = {
    "sd": ("sd",), "se": ("se",), "iqr": ("q1", "q3"), "range": ("min", "max"), "ci": ("ci_low", "ci_high"),
    "cv": ("value",), "q1": ("q1",), "q3": ("q3",), "min": ("min",), "max": ("max",), "df": ("df",),
    "ci_low": ("ci_low",), "ci_high": ("ci_high",),
}  # fmt: skip


class Naming(NamedTuple):
    """A text split in what it names and the measures that it announces; ``explicit`` where the statistic is set apart."""

    name: str
    measures: tuple[Measure, ...] = ()
    explicit: bool = False


def _may_name(text: str) -> bool:
    """Whether a text may have a statistical term; where it has none, no piece of it has one."""
    return bool(_MAY_NAME.search(text.lower())) or "OR" in text


def terms(text: str) -> tuple[str, ...]:
    """The statistical terms of a text in order."""
    return _terms_and_rest(text)[0]


@lru_cache(maxsize=2048)
def _terms_and_rest(text: str) -> tuple[tuple[str, ...], str]:
    """The statistical terms of a text in order, and the text with a space for each."""
    if not _may_name(text):
        return (), text
    found: list[str] = []
    rest: list[str] = []
    at = 0
    for hit in _TERM.finditer(text):
        found.append(hit.lastgroup or "")
        rest.append(text[at : hit.start()])
        at = hit.end()
    return tuple(found), " ".join([*rest, text[at:]])


@lru_cache(maxsize=2048)
def measures_of(text: str) -> tuple[Measure, ...]:
    """Every measure that a running text names, in order (``mean ± SD or n (%)`` names two)."""
    return combine(terms(re.sub(r"\s+", " ", text)))


def combine(found: Sequence[str]) -> tuple[Measure, ...]:
    """Terms in order to measures: a centre opens one, its spread joins it, count and percent go together."""
    measures: list[list[Kind]] = []
    for term in found:
        if term in _CENTRES:
            centre = _CENTRES[term]
            last = measures[-1] if measures else []
            if centre == "percent" and last == ["mean"]:
                continue  # "mean (%) ± SD": the unit of the mean
            if {centre, *last} == {"count", "percent"} and len(last) == 1:
                last.append(centre)
            elif last != [centre]:
                opened: list[Kind] = [centre]
                measures.append(opened)
        elif measures:
            # "median (IQR or range)": the second spread is another way to tell the same centre
            taken = measures[-1]
            if len(taken) > 1 and term in {"sd", "se", "iqr", "range"} and taken[0] in {"mean", "median"}:
                taken = taken[:1]
                measures.append(taken)
            taken.extend(kind for kind in _SPREADS[term] if kind not in taken)
        else:
            measures.append(list(_SPREADS[term]))
    unique: list[Measure] = []
    for measure in measures:
        if tuple(measure) not in unique:
            unique.append(tuple(measure))
    return tuple(unique)


def name_and_measures(text: str, *, head: bool) -> Naming:
    """Split a head or row label: ``Age in years, mean ± SD`` is ``Age in years`` and (mean, sd).

    A piece between commas or brackets counts as explicit where nothing but statistical terms stands in it;
    a leading ``Mean …``, ``Median …``, ``No. of …`` is a hint only. ``head`` also admits single letters (``M``, ``t``).
    """
    if head and _OF_N.search(text):
        naming = name_and_measures(_OF_N.sub(", %", text), head=head)
        return naming._replace(measures=tuple([("percent", "n") if measure == ("percent",) else measure for measure in naming.measures]))
    if head and text.strip() in _LETTERS:
        return Naming("", ((_LETTERS[text.strip()],),), True)
    if head:
        text = _MEAN_LETTER.sub("mean", text)
        letter = _LETTER_BEFORE_BRACKET.match(text)
        if letter and letter[1] in _LETTERS:
            text = _LETTERS[letter[1]] + text[letter.end() :]
    text = _MEAN_IN_LABEL.sub("mean", text)
    text = _SHARE.sub(_share_apart, text) if "%" in text or "percent" in text else text
    prefix = _PREFIX.match(text)
    if not _may_name(text):  # as most labels
        return Naming(_tidy(text), combine([prefix.lastgroup]) if prefix and prefix.lastgroup else ())
    keep, explicit, at = "", False, 0
    found: list[str] = []
    for stop in [*(hit.start() for hit in _SPLIT.finditer(text)), len(text)]:
        piece = text[at:stop]
        named = _pure_terms(piece) if at == 0 or piece.strip(" .").casefold() != "min" else ()  # "(min)" is a unit
        if named:
            explicit = True
            keep = keep.rstrip(" ,;([–—-:")
            trailing = _TRAILING.search(keep)
            if not found and trailing and trailing.lastgroup and trailing.start() and text[at - 1 : at] in "([":
                found.append(trailing.lastgroup)
                keep = keep[: trailing.start()]
            found += named
        else:
            if prefix and at == 0 and prefix.lastgroup:
                found.append(prefix.lastgroup)
            keep += piece
        closing = text[stop : stop + 1]
        keep += closing if not named or closing in ",;:" else ""
        at = stop + 1
    return Naming(_tidy(keep), tuple(_with_centre(measure, keep) for measure in combine(found)), explicit)


def _share_apart(found: re.Match[str]) -> str:
    """``Sex, n (% female)`` as ``Sex (female), n (%)``."""
    level = found["of"] or found["before"]
    before = found.string[: found.start()].strip(" ,")
    bare = not (found["count"] or found["inner"]) and level.casefold() != "yes"
    if before and bare and not _OF_PEOPLE.fullmatch(before):
        return f" ({level} share)"  # "Age, years (% male)": two things in one cell
    return f"{f' ({level})' if found.start() else level}{', n' if found['count'] or found['inner'] else ''} (%)"


def _with_centre(measure: Measure, name: str) -> Measure:
    """``Surgery: median length (IQR)``: the centre stands in the name, the spread apart from it."""
    lone = measure[0] in ("sd", "se", "q1", "min", "ci_low")
    centre = _CENTRE_WORD.search(name) if lone else None
    if not centre:
        return measure
    word: Kind = "median" if centre["median"] else "mean"
    return (word, *measure)


@lru_cache(maxsize=2048)
def _pure_terms(piece: str) -> tuple[str, ...]:
    """The terms of a piece that holds nothing else, else none."""
    found, rest = _terms_and_rest(piece)
    return found if found and not _WORD.search(_CONFIDENCE_LEVEL.sub("", _FILLER.sub(" ", rest))) else ()


def _tidy(name: str) -> str:
    """A name without the brackets and commas that the taken pieces left behind."""
    name = _EMPTY_BRACKETS.sub(" ", name) if "(" in name or "[" in name else name
    name = " ".join(name.split()).strip(" ,;:-–")
    for opening, closing in ("()", "[]"):
        if opening not in name and closing not in name:
            continue
        if name.count(opening) > name.count(closing) and name.endswith(opening):
            name = name[:-1]
        if name.count(closing) > name.count(opening):
            name = name.rstrip(" " + closing) if name.endswith(closing) else name
        if name.count(opening) > name.count(closing):
            name += closing
    return name.strip(" ,;:-–")
