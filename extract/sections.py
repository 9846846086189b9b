"""From a section's heading to the part of the paper that it is: methods, results and so on."""

from __future__ import annotations

import re
from functools import lru_cache

from counterproof.kb.document import Part

_NUMBERING = re.compile(r"^\s*(?:(?:section|part|chapter)\s+)?(?:\d+(?:\.\d+)*|[ivx]+(?=[.):\s]))[.):]*\s+", re.IGNORECASE)

_BACK = (
    r"^(?:acknowledge?ments?|funding|financial (?:support|disclosure)|(?:declarations? of )?(?:competing|conflicting) interests?"
    r"|(?:declarations? of )?(?:potential )?conflicts? of interests?|disclosures?|declarations?|authors?['’]{0,2} ?contributions?"
    r"|author information|abbreviations|ethic(?:s|al)\b|research ethics|consent (?:for|to)|(?:availability of|sharing of) data"
    r"|data (?:availability|sharing|accessibility)|supplement\w* (?:materials?|data|information|files?|figures?|tables?)"
    r"|supporting information|additional (?:files?|information)|electronic supplementary|online supplement|appendi(?:x|ces)"
    r"|pre-?publication history|glossary|footnotes?|contributors|sources? of (?:funding|support)|role of the (?:funding|sponsor)"
    r"|trial registrations?)\b"
)
_METHODS = (
    r"\b(?:methods?|methodology|materials|protocol|statistical (?:analys[ie]s|considerations)|data analys[ie]s|data collection"
    r"|analysis plan|sample[- ]size|randomi[sz]ation|eligibility|inclusion criteria|exclusion criteria|outcome measures?|design)\b"
    r"|^(?:the )?(?:study )?(?:participants?|patients?|subjects?|population|setting|samples?|interventions?|end ?points?|measures"
    r"|measurements|variables|analys[ie]s|statistics|procedures?)(?:,? (?:and|or)\b.*)?$"
)
# In this order, since "Results and discussion" is results, and "Discussion of the methods" is discussion.
_WORDS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("abstract", re.compile(r"^(?:structured )?(?:abstract|summary|synopsis)\b")),
    ("references", re.compile(r"^(?:references?|bibliography|literature cited|works cited|cited literature)\b")),
    ("back", re.compile(_BACK)),
    (
        "discussion",
        re.compile(r"^(?:general |summary and )?(?:discussion|conclusions?|concluding|comments?$|interpretation)\b|\blimitations?\b"),
    ),
    (
        "results",
        re.compile(
            r"^(?:the |main |key |principal |primary )?(?:results?|findings)\b|\b(?:results|findings)$"
            r"|^(?:clinical )?(?:case (?:presentations?|reports?|descriptions?|series)|cases?|observations?)$"
        ),
    ),
    ("methods", re.compile(_METHODS)),
    (
        "introduction",
        re.compile(r"^(?:introduction|backgrounds?|aims?|objectives?|purpose|context|rationale|hypothes[ie]s|importance|study question)\b"),
    ),
)

_TYPES: dict[str, Part] = {
    "intro": "introduction", "introduction": "introduction", "background": "introduction", "objective": "introduction",
    "objectives": "introduction", "methods": "methods", "materials": "methods", "materials|methods": "methods", "subjects": "methods",
    "materials and methods": "methods", "results": "results", "results|discussion": "results", "cases": "results",
    "discussion": "discussion", "conclusion": "discussion", "conclusions": "discussion", "discussion|conclusions": "discussion",
    "supplementary-material": "back", "supplementary material": "back", "conflict": "back", "coi-statement": "back",
    "data-availability": "back", "ethics-statement": "back", "financial-disclosure": "back", "display-objects": "results",
}  # fmt: skip


@lru_cache(maxsize=1024)
def part_of(heading: str, section_type: str | None = None) -> Part | None:
    """The part that a heading names, else what the file calls the section (JATS ``sec-type``), else None (it does not say).

    Numbering, case and final punctuation do not matter. A heading inside a section that has a part should keep the section's.
    """
    text = _NUMBERING.sub("", heading).strip(" .:;|-–—").casefold()
    for part, words in _WORDS:
        if words.search(text[:120]):
            return part
    return _TYPES.get((section_type or "").casefold())
