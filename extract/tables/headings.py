"""What one head or row label says: a name, a size, a statistic, a time, a P-value, a contrast of arms, a total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from counterproof.extract.tables.measures import Measure, name_and_measures
from counterproof.kb.characters import digits

LONGEST = 300
"""Characters of the longest head, label or cell of numbers; what is longer is prose in a table, and is not searched."""


class Size(NamedTuple):
    """An ``n = 7`` with the span of its digits in the head's text."""

    text: str
    value: int
    start: int
    end: int


class Heading(NamedTuple):
    """One head or label, taken apart. ``name`` is what remains when everything else is named."""

    text: str
    name: str
    size: Size | None = None
    measures: tuple[Measure, ...] = ()
    explicit: bool = False
    time: str | None = None
    p: bool = False
    p_note: str = ""
    contrast: tuple[str, ...] = ()
    total: bool = False


_DIGITS = r"\d{1,3}(?:[, \u202f]\d{3}){1,9}|\d{1,30}"
_PEOPLE = r"(?:patients|subjects|participants|pts|cases|women|men|children|infants|persons|people|individuals|adults|eyes)"
_SIZE = re.compile(
    rf"(?:[(\[]\s*)?(?<![A-Za-z])(?:(?:(?<=[(\[])[Tt]otal )?[nN](?:o\.|umber)?|[Ss]ample size)\s*[=:]\s*({_DIGITS})(?![\d.])"
    rf"[ ,;]*+{_PEOPLE}?\s*+(?:[,;]?\s*+\d{{1,3}}(?:\.\d{{1,4}})?\s?%\s*+(?=[)\]]))?[)\]]?"
)
_SIZE_OF_PEOPLE = re.compile(rf"(?:[(\[]|[,;]\s(?![^()]{{0,40}}\)))\s?(?:[nN]\s?[=:]?\s?)?({_DIGITS})\s?{_PEOPLE}\s?(?:[)\]]|$)")
"""``Group A (20 patients)``, ``Group A, 20 patients``: a size told in words."""
_SIZE_NUMBERED = re.compile(rf"[(\[]\s?(?:[Nn]os?\.|n)\s(?!\d\s?[)\]])({_DIGITS})\s?[)\]]")
"""``(No. 20)``, ``(n 20)``: a size whose equals sign was left out or lost."""
_BARE_SIZE = re.compile(r"[(\[]\s*(\d{1,3}(?:[,\u202f]\d{3})+|\d+)\s*[)\]]\s*$")
_P_WORDS = re.compile(r"[Pp](?<![A-Za-z].)(?:[-\s]{0,3}(?i:val(?:ue)?s?)(?![A-Za-z])| for (?:trend|interaction|difference))")
_P_START = re.compile(
    r"\s*[Pp]\s*+(?:\d\s*+)?(?:$|[*†‡§¶#^(,=<]|[a-d]\b|for\b|of\b|-?\s?(?:trend|inter|hetero|homogen|non-?linear)|between|within|vs)|"
    r"\s*(?i:sig(?:\.|nificance)?)\s*+(?:\(?(?:[12]|one|two)[- ](?:tailed|sided)\)?\s*+)?$|"
    r"\s*Pr(?:ob)?\.?\s*+\(?\s*+[<>]\s*+\|?\s*+(?:[tTFzZ]\b|[Cc]hi|[χΧ])|\s*(?:[Aa]djusted|[Uu]nadjusted|[Oo]verall|[Gg]lobal|[Cc]rude|[Cc]orrected|"
    r"[Tt]wo-sided)\s+[Pp]\s*$|\s*p[a-e*]?\s*$|Asymp\.? Sig",
)
_WEAK_P = re.compile(r"[\s,(][pP]\s*\)?$|^p[\s(](?!\.)|^P[\s(](?!\.)|\bsignificance\b|^diff(?:erence)?s?\.?$|^[Pp]rob\.?$")
_STAGE = re.compile(r"^\s*[Pp]\s?\d")
"""``P1``, ``P2`` in a row label are classes (of ASA), not P-values."""
_CONTRAST = re.compile(r"(?<!\s)\s+(?:(?:vs?\.?|versus|against|compared (?:with|to))|[–-])\s+", re.IGNORECASE)
_TOTAL = re.compile(
    r"^(?:(?:grand |row |column |sub-?)?totals?|all|overall|entire|whole|combined|pooled|both)"
    r"(?:\s+(?:n|no\.?|number|sample|patients?|participants?|subjects?|cohort|groups?|population|cases|arms|"
    r"study\s\w+|amount|women|men|children|series))*"
    r"(?:\s+of\s+\w+)?$|^total(?:ly)?\b|^all \w+$",
    re.IGNORECASE,
)
_UNIT = r"(?:h|hrs?|hours?|min(?:ute)?s?|sec(?:ond)?s?|d|days?|wks?|weeks?|mos?|months?|yrs?|years?|y)"
_TIME = re.compile(
    r"(?:at |on |after |within |the )*(?:"
    r"(?:pre|post|per)-?\s?(?:intervention|treatment|test|op(?:erative(?:ly)?)?|training|therapy|surgery|dose|trial|"
    r"exercise|intervention phase|random[a-z]+)?"
    r"(?: ?phase| ?\d+)?|baseline(?: (?:period|visit|values?|assessment|data))?|(?:end|start|beginning|completion) of [\w -]{3,25}|"
    r"(?:immediately )?(?:before|after|during)(?: [\w-]+){0,3}|follow-?\s?ups?(?: \d+)?|final|initial(?:ly)?|endpoint|"
    r"discharge|(?:hospital |icu )?admission|"
    r"(?:cycle|course|week|day|month|year|hour|visit|time(?: ?point)?|phase|session|wave|trimester|post-?test|"
    r"pre-?test|T|V|W|D|M)s?\s?\d+(?:\s?(?:-|to|–|and)\s?\d+)?(?:\s?[/,]\s?(?:day|week|cycle|visit) \d+)?|"
    rf"\d+(?:\.\d+)?(?:st|nd|rd|th)?(?:\s?(?:-|to|–)\s?\d+)?[\s-]?{_UNIT}(?: (?:follow-?\s?up|after [\w -]+|"
    rf"post[\w -]*|visit|later|of [\w -]+))?|"
    r"(?:mean |absolute |percent(?:age)? |% )?(?:changes?|Δ|delta|difference)(?: (?:from|over|at|since|between|in|to|vs\.?) [\w -]{3,30})?|"
    rf"{_UNIT} \d+|(?:first|second|third|fourth|last|1st|2nd|3rd|4th) (?:week|day|month|visit|year|trimester|\d+ {_UNIT})|"
    r"post-?treatment|pre-?treatment|immediate(?:ly)?(?: after[\w -]*)?|intra-?operative(?:ly)?|(?:one|two|three|four|"
    r"six|twelve)[- ](?:weeks?|months?|years?)"
    r")(?:\s{0,3}\([^)]{1,25}\))?",
    re.IGNORECASE,
)
_COUNTING = re.compile(
    r"\s*(?:nos?|patients|participants|subjects|cases|persons|people|individuals|respondents)\s?,?\s?[(\[]%[)\]]\s*", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W\d_]")
"""Every time is told with a letter, be it that of a unit."""
_BAND = re.compile(r"\d\s?(?:-|–|to)\s?\d|^\d+ ?(?:years?|yrs?|y)$", re.IGNORECASE)
"""``30-50 years`` in a row label is a class, not a time."""
_P_WORD = re.compile(r"(?<![A-Za-z])p[-\s]?(?:val(?:ue)?s?)?(?![A-Za-z])", re.IGNORECASE)
_EDGES = re.compile(r"^[\s*,:()\[\]-]+|[\s*,:()\[\]]+$")
_BETWEEN = re.compile(r"(?<!\s)\s+(?:vs?\.?|versus|and|against)\s+|\s?[–-]\s?", re.IGNORECASE)
_COMPOUND = re.compile(
    r"\b(?:[tzF][–-]tests?|(?:one|two|1|2)[–-](?:way|sided|tailed|sample)|chi[–-]squared?|mann[–-]whitney|kruskal[–-]wallis|log[–-]rank|"
    r"(?:inter|intra|between|within)[–-](?:groups?|subjects?)|post[–-]hoc|non[–-]\w+|"
    r"(?:mantel|cochran|wilcoxon|fisher|pearson|cochran[–-]mantel)[–-]\w+)",
    re.IGNORECASE,
)
"""``two-sided``, ``t-test``: words whose hyphen stands between no arms."""
_SPACES = re.compile(r"\s+")
_OPEN_BRACKET = re.compile(r"[(\[]\s*$")
_NOTE = re.compile(
    r"trend|inter-?action|hetero|homogen|inferior|equivalen|adj|correct|(?<!un)paired|within|intra|linear|multivaria|univaria|regression|(?<!un)matched|"
    r"time\s?[×x*]|[×x*]\s?time|intra-?group|time effect|unadjusted|crude",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def read_heading(text: str, *, head: bool = True, bare_size: bool = False) -> Heading:
    """Take a head (or, with ``head=False``, a row label) apart. ``bare_size`` takes a closing ``(126)`` for a size."""
    if len(text) > LONGEST:
        return Heading(text, text)
    size, rest = _size(text, bare_size, head)
    if len(rest) < 90 and _says_p(rest) and (head or (len(rest) < 40 and not _STAGE.match(rest))):
        return Heading(text, "", size, p=True, p_note=p_note(rest), contrast=_p_contrast(rest))
    naming = name_and_measures(rest, head=head and not (size and len(rest) < 3))  # "B (n = 21)" is a group
    if size and naming.measures == (("percent",),):
        naming = naming._replace(measures=(("count", "percent"),))  # "n = 199 (%)"
    name = naming.name
    if _TIME.fullmatch(name.strip("() ")) and (head or not _BAND.search(name)):
        return Heading(text, "", size, naming.measures, naming.explicit, time=name.strip("() "))
    contrast = _contrast(name) if head else ()
    return Heading(text, name, size, naming.measures, naming.explicit, contrast=contrast, total=bool(_TOTAL.match(name)))


def counting(heads: Sequence[str]) -> frozenset[str]:
    """Which heads of a row, such as ``No (%)`` or ``Patients (%)``, only say that those named above them are counted.

    Beside ``Yes (%)`` or ``Controls (%)`` they are a level or an arm of their own.
    """
    found = frozenset([text for text in heads if _COUNTING.fullmatch(text)])
    named = found and len({text.casefold() for text in found}) > 1
    others = [text for text in heads if text not in found] if found else []
    return frozenset() if named or any(_has_name(read_heading(text)) for text in others) else found


def _has_name(heading: Heading) -> bool:
    return bool(heading.name or heading.time) and not heading.p


def counted(heading: Heading) -> Heading:
    """A heading that :func:`counting` found, read as ``n (%)``."""
    return heading._replace(name="", measures=(("count", "percent"),), explicit=True)


def _contrast(name: str) -> tuple[str, ...]:
    """The arms that a head names in a row: ``A vs. B``."""
    parts = tuple([part.strip(" ()") for part in _CONTRAST.split(name)])
    return parts if len(parts) > 1 and all(parts) else ()


def is_p_heading(text: str) -> bool:
    """Whether a head or label announces P-values."""
    return len(text) < 90 and _says_p(_SIZE.sub("", text))


def _says_p(text: str) -> bool:
    return bool(_P_START.match(text) or _P_WORDS.search(text))


def may_be_p(text: str) -> bool:
    """Whether a head may announce P-values where its column holds nothing else (``Balance vs. Relaxation p``, ``p adj``)."""
    return len(text) < 90 and bool(_WEAK_P.search(text))


def p_note(text: str) -> str:
    """The words of a P column's heads that tell of trends, interactions, pairs, models and corrections."""
    return " ".join(hit[0].lower() for hit in _NOTE.finditer(text))


def as_p(heading: Heading) -> Heading:
    """A heading read as one of P-values."""
    return Heading(heading.text, "", None, p=True, p_note=p_note(heading.text), contrast=_p_contrast(heading.text))


@lru_cache(maxsize=8192)
def is_time(text: str) -> bool:
    """Whether a text names nothing but a time point."""
    return len(text) < 90 and bool(_LETTER.search(text) and _TIME.fullmatch(text.strip()))


def _size(text: str, bare: bool, head: bool) -> tuple[Size | None, str]:
    hit = _SIZE.search(text) if "=" in text or ":" in text else None
    if head and not hit:
        hit = _SIZE_OF_PEOPLE.search(text) or _SIZE_NUMBERED.search(text)
    hit = hit or (_BARE_SIZE.search(text) if bare else None)
    if not hit:
        return None, text
    size = Size(hit[1], int(digits(hit[1]).replace(" ", "")), hit.start(1), hit.end(1))
    rest = _SPACES.sub(" ", f"{text[: hit.start()]} {text[hit.end() :]}").strip(" ,;:")
    return size, _OPEN_BRACKET.sub("", rest).strip(" ,;:")


def _p_contrast(text: str) -> tuple[str, ...]:
    """The arms that a P head names: ``P (A vs B)``."""
    inner = _EDGES.sub("", _COMPOUND.sub(" ", _P_WORD.sub(" ", text, count=1)))
    parts = tuple([part.strip(" ()*,") for part in _BETWEEN.split(inner)])
    return parts if len(parts) > 1 and all(parts) else ()
