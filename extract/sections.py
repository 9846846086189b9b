"""From a section's heading to the part of the paper that it is: methods, results and so on."""

from __future__ import annotations

import re

from counterproof.kb.document import Part

_NUMBERING = re.compile(r"^\s*(?:(?:section|part|chapter)\s+)?(?:\d+(?:\.\d+)*|[ivx]+(?=[.):\s]))[.):]*\s+", re.IGNORECASE)

# In this order, since "Results and discussion" is results, and "Discussion of the methods" is discussion.
_WORDS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("abstract", re.compile(r"^(?:structured )?(?:abstract|summary|synopsis)\b")),
    ("references", re.compile(r"^(?:references?|bibliography|literature cited|works cited|cited literature)\b")),
    (
        "back",
        re.compile(
            r"^(?:acknowledge?ments?|funding|financial (?:support|disclosure)|competing interests?|conflicts? of interests?|disclosures?"
            r"|declarations?|declaration of|authors?['’]? ?contributions?|author information|abbreviations|ethics (?:approval|statement)"
            r"|ethical (?:approval|statement)|consent (?:for|to)|availability of data|data (?:availability|sharing|accessibility)"
            r"|supplement\w* (?:materials?|data|information|files?)|supporting information|additional (?:files?|information)"
            r"|electronic supplementary|appendi(?:x|ces)|pre-?publication history|glossary|footnotes?|contributors"
            r"|sources? of (?:funding|support)|role of the funding|trial registration|online supplement)\b"
        ),
    ),
    (
        "discussion",
        re.compile(r"^(?:general |summary and )?(?:discussion|conclusions?|concluding|comments?$|limitations?|interpretation)\b"),
    ),
    ("results", re.compile(r"^(?:the |main |key |principal |primary )?(?:results?|findings)\b|\b(?:results|findings)$")),
    (
        "methods",
        re.compile(
            r"^(?:the )?(?:(?:materials?|patients?|subjects?|participants?|population|study|data|design|experimental|statistical|research"
            r"|sample|samples|setting|interventions?|procedures?|outcomes?|analysis|methods?|methodology|trial|clinical)\b.{0,40}"
            r")?\b(?:methods?|methodology|materials|procedures?|design|protocol|statistics|statistical analys[ie]s|data analys[ie]s"
            r"|data collection|analysis plan|sample size(?: calculation)?|randomi[sz]ation|interventions?|outcome measures?|eligibility"
            r"(?: criteria)?|inclusion criteria|exclusion criteria|participants?|patients|subjects|setting|endpoints?|end points?)\b"
        ),
    ),
    (
        "introduction",
        re.compile(r"^(?:introduction|background|aims?|objectives?|purpose|context|rationale|hypothesis|importance|study question)\b"),
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


def part_of(heading: str, section_type: str | None = None) -> Part | None:
    """The part that a heading names, else what the file calls the section (JATS ``sec-type``), else None (it does not say).

    Numbering, case and final punctuation do not matter. A heading inside a section that has a part should keep the section's.
    """
    text = _NUMBERING.sub("", heading).strip(" .:;|-–—").casefold()
    for part, words in _WORDS:
        if words.search(text[:120]):
            return part
    return _TYPES.get((section_type or "").casefold())
