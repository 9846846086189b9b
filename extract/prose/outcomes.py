"""Names the outcome that a claim is about, in the words of its sentence.

Arms are masked first, so that "mean age was higher in the control group" is about mean age. Then a mean is about the words behind
"mean"; else the claim is about what a difference is said to be in, else about the subject of its clause; patients counted are about what
they did. Where the words do not tell, there is no outcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from counterproof.extract.prose.arms import Mention
from counterproof.extract.prose.words import words
from counterproof.kb.characters import folded

ARM = "\u2021"
"""Stands for an arm in masked text."""

_LOOSE = f" ([,:=;{ARM}"
_ARMS = rf"(?:the\s|an?\s)?{ARM}(?:\s*(?:and|or|versus|vs\.?|,)\s(?:the\s)?{ARM}){{0,4}}"
_PATIENTS = r"(?:patients?|subjects?|participants?|women|men|children|cases?|infants?|those)"
_IN_ARM = re.compile(
    rf"(?i)\s?\b(?:in|for|of|to|with|among|by|from|on|between|than|compared (?:with|to)|versus|vs\.?|within|receiving|that of)\s"
    rf"(?:(?:both|{_PATIENTS}|that)\s(?:(?:in|of|with|from)\s)?)?(?:{_ARMS}|both\s(?=groups?|arms?))(?:\s?(?:groups?|arms?|patients?)\b)?"
)
_CLOSED = r"(?:\s?,?\s?(?:and|while|whereas|but|or)\s|,\s)"
_CLAUSE = re.compile(
    rf";\s|\){_CLOSED}|\]{_CLOSED}|,\s(?:and|while|whereas|but|with|as (?:was|were|did))\s|w(?<!\w.)(?:hereas|hile)\s|:\s"
    r"|—\s?(?:as (?:was|were|did)\s)?|\.(?<!vs\.)(?<!\s[A-Z]\.)\s|t(?<!\w.)hat\s(?=the\s|there\s)"
)
"""Each alternative begins with a letter or mark of its own, so that a search skips what begins none."""
_ITEM = re.compile(r"[,;]\s|\b(?:and|while|whereas|but|or|with|followed by)\s|[()\[\]]")
_LEAD = re.compile(
    r"(?i)^(?:(?:in|of|for|among|at|after|during|on|from|with|within|by|compared|regarding|as|when|following|although|because|since"
    r"|whereas|while)\b[^,]{0,110},\s*"
    r"|(?:however|moreover|also|furthermore|in addition|additionally|similarly|overall|only|finally|conversely|likewise|thus"
    r"|therefore|consequently|notably|particularly|interestingly|importantly|indeed|rather"
    r"|both|that|and|not|nor|no|but not|but|as (?:was|were|did|is|are)|whereas|while|although|in total|specifically|we found that"
    r"|we observed that|results|conclusions?),?:?\s+"
    r"|in (?:our|this|the (?:present|current)) (?:[\w-]+\s)?(?:study|trial|series|cohort|analysis),?\s+)+"
)
_VERB = (
    r"(?:was|were|is|are|had|has|have|did|does|showed?|increased|decreased|improved|differed|occurred|developed|reached|remained"
    r"|rose|fell|dropped|reported|tended"
    r"|appeared|favou?red|received|experienced|underwent|demonstrated|achieved|presented|revealed|completed|ranged|declined|seemed"
    r"|required|varied|changed|amounted"
    r"|died|withdrew|discontinued|responded|suffered|met|gave|used|prolonged|reduced|lowered|raised|produced|caused|enhanced|led to"
    r"|resulted in)"
)
_DOES = rf"(?:{_VERB}|tested|provided|submitted|returned|attended|continued|remained)"
_SUBJECT = re.compile(rf"(?i)^(?P<what>[^,;]{{2,110}}?)\s(?:also\s|not\s|both\s|who\s)?{_VERB}\b")
_DIFFERENCE = re.compile(
    r"(?i)\b(?:differences?|differ(?:ed|s)?|reductions?|increases?|decreases?|improvements?|changes?|declines?|effects?|elevations?"
    r"|gains?|loss|trends?)\b"
    r"[^.;,()]{0,40}?\b(?:in|of|for|on|regarding|with respect to|as to|concerning|by)\s(?P<what>(?!terms of)[^;()]{2,90}?)"
    r"(?=\s(?:between|among|compared|than|from|at|when|with|after|was|were|is|over|during)\b|,|\.\s|$)"
)
_LISTED = re.compile(
    r"(?i)\b(?:differences?|differed|similar|comparable|different)\b[^.;()]{0,40}?\b(?:in|for|regarding|with respect to|in terms of"
    r"|concerning|to)\s"
    r"(?P<what>(?!terms of)[^.;()]{2,110}?\sand\s[^.;()]{2,60}?)(?=\s(?:between|among)\b|$)"
)
_HIGHER = re.compile(
    r"(?i)\b(?:higher|lower|longer|shorter|greater|better|worse|more|less|fewer|larger|smaller|similar|comparable|reduced|increased"
    r"|improved)\s"
    r"(?P<what>[^;(),]{3,80}?)(?=\s(?:than|in|between|compared|with|was|were|at|among|after)\b|,|$)"
)
_MIDDLE = re.compile(
    r"(?i)\b(?:means?|medians?|averaged?)\s(?:\((?:range|IQR|SD|SE|±\s?SD|interquartile range|Q1.{1,3}Q3)\)\s|±\s?(?:SD|SEM?)\s"
    r"|\[[^\]]{0,30}\]\s)?(?:value\s|duration\s(?=of))?(?:of\s|for\s)?(?:the\s)?"
    r"(?P<what>[^;(),]{2,80}?)(?=\s(?:was|were|is|are|of|for|in|among|at|from|increased|decreased|improved|ranged|reached|declined"
    r"|fell|rose)\b|\s?[:(,]|$)"
)
_OBJECT = re.compile(
    rf"(?i)^(?:{ARM}|we|there|{_PATIENTS})[^,;]{{0,30}}?\s(?:{_VERB}|observed|found|noted|detected|saw)\s(?:(?:significantly|an?|the"
    rf"|no|any)\s)*"
    r"(?P<what>[^,;(]{3,80}?)(?=\s(?:of|with|compared|than|in|from|at|by|was|were)\b|$)"
)
_STRIP = re.compile(
    r"(?i)^(?:(?:the|a|an|mean|median|average|overall(?! survival| response| quality| mortality)|rates? of|incidences? of"
    r"|proportions? of|numbers? of|percentages? of"
    r"|frequency of|significant(?:ly)?|statistically|both|all|any|no|not|only|higher|lower|total number of|respective|our|their|of"
    r"|in|terms of|values? of"
    r"|±|standard (?:deviation|error)|\(?(?:SDs?|SEM?)\)"
    rf"|that|this|these|and|but|by|for|levels? of(?= the)|(?:in|of|for) {_PATIENTS}(?= with)|as well as|{ARM})\s+)+"
)
_DID = re.compile(
    rf"(?i)^\s*+(?:(?:in|from|of|with)\s(?:the\s)?{ARM}\s*+)?(?:of (?:all |the |these )?(?:\w+ ){{0,2}}?{_PATIENTS}\s"
    rf"|of (?!whom|which|these|those|them)(?:[\w-]+\s){{1,5}}?(?={_DOES}\s)|{_PATIENTS}\s)?(?:(?:in|from|of|with)\s(?:the\s)?{ARM}\s*+)?"
    rf"(?:(?:in|from|of)\s(?:each|both|either)\s(?:of\sthe\s)?(?:\w+\s)?(?:groups?|arms?)\s)?"
    rf"(?:(?:with|in|from)\s(?:[\w-]+\s){{1,8}}?(?={_DOES}\s)|who\s|that\s)?"
    r"(?P<what>(?!(?:and|or|in|of|with|at|to|for|from|per|as|on|vs|versus|than|compared|during|after|before|among|was|were|is|which"
    r"|receiving|given|taking|assigned|allocated|treated"
    r"|that)\b)(?:[^.;:,()\[]|\.(?=\d)|(?<=\b[A-Z])\.(?=\s[a-z])){4,100}?"
    r"|(?:was|were)\s(?:[^.;:,()\[]|\.(?=\d)){4,80}?)(?=\s(?:and|while|whereas|compared|versus|vs\.?|but|with|because|according|due"
    r"|owing)\b|[;:,(\[]|(?<!\s[A-Z])\.(?:\s|$)|$)"
)
_AUXILIARY = re.compile(
    r"(?i)^(?:had|have|has|were|was|developed|showed|experienced|presented|achieved|reported"
    r"|demonstrated)\s(?:an?\s|the\s)?"
)
_ADJECTIVE = re.compile(r"[a-z]+(?:ive|ed|al|ic|ous|ary)")
"""A lone word that lacks its noun: ``positive and retrieved lymph nodes``."""
_TEST = re.compile(
    r"(?i)\b(?:log-?\s?rank|fisher\S*|chi[\s-]?squared?|mann[\s–-]?whitney|wilcoxon|student\S*|t|kruskal[\s–-]?wallis|anova|unpaired"
    r"|paired|exact|two-sided|U)"
    r"(?:[\s-](?:exact|test|tests|U|sum|rank|t|by)){0,4}[\s,:=]*$"
)
_TESTS = ("rank", "fisher", "chi", "whitney", "wilcoxon", "student", "wallis", "anova", "paired", "two-sided")
_TEST_ENDS = ("t", "tests", "u", "sum", "rank", "by")
_EMPTY = re.compile(
    rf"(?i)(?:was|were|is|are|had|has|have|did|does|showed?|compared|groups?|arms?|it|they|this|these|those|we|there"
    rf"|respectively|{_PATIENTS}|vs\.?|at|in|of|among them|from|with|to|by|than|p)+"
)
_GLUE = words(
    "in the of and or vs versus compared with to than for only those that respectively was were a an respective at by while whereas but"
    " group groups arm arms patient patients subject subjects participant participants women men children case cases infant infants"
    " year years month months week weeks day days hour hours h min minutes point points mm mg kg cm ml dl g s p ci value ns n from"
)
"""Words that name nothing of their own between two claims."""
_PRESSURE = re.compile(r"(?i)\bmm\s?hg\b")
_RUN = re.compile(r"\w+")


_ESTIMATE = re.compile(
    r"\s?[(\[]?\s?(?:adjusted |crude |unadjusted )?(?:\b[acs]?[HOR]Rs?\b|odds ratios?|95\s?% CI)"
    r"\s?[=:]?\s?(?=$|\d|[=:]|for\b|\()"
)
_ENUMERATED = re.compile(r"^[A-Za-z]\)\s")
_TAIL = re.compile(
    r"(?i)(?:\s(?:[-−–]?\d+\.\d+|in|of|by|for|at|to|was|were|is|are|with|from|than|and|or|the|an?|as|vs\.?|versus|comparing|compared"
    r"|who|that|which|on|both|there|not|also|among|between|no|had|has|have|after|before|during|over|significantly)){1,20}$"
)
_NO_OUTCOME = re.compile(
    r"(?i)(?:(?:so|who|which|that|this|these|as|it|its|there|they|we|after|among|amongst|before|although|when|while|if|because|since"
    r"|until|during|another|others?|addition|such|then|thus|hence|nor|than|both|either|neither|one|most|more|less|adjusted|unadjusted|aged"
    r"|consecutive|clinical|estimates?|ranging|trial|study|however|none|on|out|example|majority|(?:or )?medians?|means?|IQR|SDs?|ANCOVA|ES"
    r"|QC|kappa|days|series|cohort|population|minimum|maximum|total|number|[a-z]"
    r"|receiv(?:ed|ing)|(?:not )?(?:estimable|reached|evaluable)|notably|particularly|interestingly|importantly|rather|indeed"
    r"|(?:our|this|the) (?:study|trial)|base|respective|same|corresponding)$"
    r"|(?:at(?! least| most)|among|between|after|before|during|as|nor|until|since|although|when|while|if|because)\s"
    r"|[<>≤≥~≈]?\s?\d[\d.,]*(?:[\s)]|%|$)|CI\s?\d"
    r"|\d[\d.]*(?:[\s‑-](?:years?|yrs?|months?|weeks?|days?|hours?|h|min|minutes?))+$|(?:1st|2nd|3rd|\d+th)$)"
)
"""Words that are left where a claim's outcome is not told: function words, numbers, times alone."""


def masked(text: str, mentions: Iterable[Mention]) -> str:
    """The text with every arm replaced by one sign and spaces, so that its length stays."""
    for mention in mentions:
        text = text[: mention.start] + ARM + " " * (mention.end - mention.start - 1) + text[mention.end :]
    return text


_LETTERS = re.compile(r"[A-Za-z]{2}")


@lru_cache(1024)
def own_words(between: str) -> bool:
    """Whether the masked words between two claims name something of their own, more than arms and glue."""
    named = _PRESSURE.sub(" ", between) if "m" in between or "M" in between else between
    return any(folded(word) not in _GLUE and _LETTERS.search(word) for word in _RUN.findall(named))


def did(after: str) -> str | None:
    """What patients who were counted did, from the masked words behind the count."""
    found = _DID.match(after)
    return _clean(_AUXILIARY.sub("", found["what"])) if found else None


def outcome(before: str, *, middle: bool = False, item: bool = False, several: bool = False) -> str | None:
    """The outcome that the masked words before a claim name.

    ``middle``: the claim is a mean or a median; ``item``: the words are those between two claims of a list; ``several``: a list of
    outcomes is looked for.
    """
    words = _without_test(before.rstrip(_LOOSE)).rstrip(_LOOSE)
    if several and (listed := _LISTED.search(_without_arms(words))):
        return _clean(listed["what"])
    if middle and (named := list(_MIDDLE.finditer(words))) and (found := _clean(_without_arms(named[-1]["what"]))):
        return found
    pieces = [" ".join(piece.split()) for piece in (_ITEM if item else _CLAUSE).split(words) if piece and piece.strip()]
    return next((found for piece in reversed(pieces[-3:]) if (found := _of_clause(piece))), None)


def respectively(what: str | None, n: int) -> list[str | None]:
    """The outcomes of ``n`` claims that a sentence lists respectively: ``ypN and TNM stages`` is two; else all have the same."""
    if what and n > 1:
        pieces = [piece.strip() for piece in re.split(r",\s(?:and\s)?|\sand\s", what) if piece.strip()]
        if len(pieces) == n:
            head = pieces[-1].partition(" ")[2]
            return [f"{piece} {head}" if head and _ADJECTIVE.fullmatch(piece) else piece for piece in pieces]
    return [what] * n


_WITH = re.compile(r"(?i)\b(?:associat|correlat|relat)\w{2,7}\s(?:\w+ly\s)?(?:with|to)\s(?P<other>[^.;:()\[\]]{3,90})[\s,]*[(\[]?$")


_RELATED = re.compile(r"(?i)correlat|related|associat|relation|\bbetween\b|spearman|pearson|\sand\s")
"""What a name of two things says already."""


def related(what: str | None, before: str) -> str | None:
    """What a correlation is of: ``a loss of weight was associated with a gain of height (r = .5)`` is about both, not about weight."""
    if what is None or _RELATED.search(what):
        return what
    found = _WITH.search(before)
    other = _clean(found["other"]) if found else None
    return f"{what} with {other}" if other and other != what else f"correlation of {what}"


def _of_clause(clause: str) -> str | None:
    words = clause.strip(" ,([:=")
    armless = _without_arms(words)
    if difference := _DIFFERENCE.search(armless):
        return _clean(difference["what"])
    if seen := _OBJECT.match(_without_lead(words)):
        return _clean(seen["what"])
    plain = _without_lead(armless.strip(" ,"))
    if subject := _SUBJECT.match(plain):
        return _clean(subject["what"])
    if higher := _HIGHER.search(plain):
        return _clean(higher["what"])
    return _clean(plain) if len(plain.split()) <= 9 else None


def _without_test(words: str) -> str:
    """The words without a test that is named at their end."""
    small = folded(words)
    named = small.endswith(_TEST_ENDS) or words[-1:].isspace() or any(name in small for name in _TESTS)
    return _TEST.sub("", words) if named else words


def _without_arms(words: str) -> str:
    return _IN_ARM.sub("", words) if ARM in words or "both" in words.lower() else words


def _without_lead(words: str) -> str:
    lead = _LEAD.match(words)
    return words[lead.end() :] if lead else words


def _clean(text: str) -> str | None:
    """The noun phrase in some words, or None where they name no outcome."""
    words = " ".join(text.replace(ARM, " ").split()).strip(" ,;:([-–—=*†‡§#)]")
    words = _ENUMERATED.sub("", words)
    if "R" in words or "odds" in words or "95" in words:
        words = _ESTIMATE.split(words)[0]
    words = words.partition("=")[0].rstrip(" ,;:([-–")
    for opening, closing in ("()", "[]"):
        if words.count(opening) > words.count(closing):
            words = words.partition(opening)[0].rstrip()
    words = _STRIP.sub("", words + " ").strip()
    words = _TAIL.sub("", words).rstrip(" ,;:")
    words = words.rstrip(")") if "(" not in words else words
    if not 2 <= len(words) <= 100 or not _LETTERS.search(words) or _EMPTY.fullmatch(words.replace(" ", "")):
        return None
    return None if _NO_OUTCOME.match(words) else words
