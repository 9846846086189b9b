"""The expressions for printed numbers, over text of one form (:func:`counterproof.kb.characters.plain`).

Every repetition is bounded or anchored by what stands before it, so that a search takes linear time on any text.
"""

from __future__ import annotations

import re

from counterproof.kb.characters import THIN_SPACE

LETTER = r"A-Za-zµ\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻−–", "0123456789+---")

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_MONTH = "(?:" + "|".join(f"{name}|{name[:3]}" for name in _MONTHS) + "|Sept)"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_JOINING = r"(?:to|and|or|from|of|vs|by|at|than|was|is|between|CI)"

NO_NUMBER = rf"""
    (?:https?://|www\.|doi:)\S+ | (?<![0-9.])10\.[0-9]{{4,9}}/\S+
  | (?<![0-9])(?:19|20)[0-9]{{2}}(?P<iso>[-/.])[0-9]{{1,2}}(?P=iso)[0-9]{{1,2}}(?![0-9])
  | (?<![0-9./-])[0-9]{{1,2}}(?P<date>[-/.])[0-9]{{1,2}}(?P=date){_YEAR} | (?<![0-9./])[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2}}(?![0-9/.])
  | \b{_MONTH}\.?\ {_DAY}\b(?!\.[0-9])(?:,?\ {_YEAR})? | \b{_MONTH}\.?,?\ {_YEAR} | (?<![0-9.]){_DAY}\ {_MONTH}\b(?:,?\ {_YEAR})?
  | (?<![0-9.])[0-9]+\.[0-9]+(?:\.[0-9]+)+
  | (?<![{LETTER}0-9_])(?!{_JOINING}[-–]|CI[0-9]{{2}}\ ?%)[{LETTER}_]{{1,40}}[-–/]?[0-9](?:[-–.]?[{LETTER}0-9_]){{0,60}}
  | (?<![0-9.,·])[0-9]+(?:st|nd|rd|th)\b
  | \^\{{[^{{}}]{{0,12}}\}} | \^[0-9]{{1,3}}
"""
"""What holds digits but reports no number: addresses, dates, dotted numbers (1.2.3), names, ordinals, raised notes."""

_WHOLE = rf"""(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,6}}(?!,?[0-9]) | [0-9]{{1,3}}(?:['{THIN_SPACE}][0-9]{{3}}){{1,6}}(?![0-9])
  | [0-9]{{1,3}}(?:\ 000){{1,3}}(?![0-9]) | [0-9]+)"""
_POINT = r"(?:\.[0-9]+|\ ?·\ ?[0-9]+)"
_POINT_MANTISSA = rf"0,[0-9]{{2,}}(?!,?[0-9]) | {_WHOLE}{_POINT}? | (?<![\d{LETTER})\].,·])[.·][0-9]+"
_COMMA_MANTISSA = rf"(?:[0-9]{{1,3}}(?:[.{THIN_SPACE}\ ][0-9]{{3}}){{1,6}}(?![0-9])|[0-9]+)(?:,[0-9]+)? | (?<![\d{LETTER})\].,·]),[0-9]+"
_POWER = rf"""\ ?[×xX*·]\ ?10
      (?:\^\{{?(?P<caret>[-−–+]?[0-9]{{1,3}})\}}?|(?P<raised>[⁺⁻]?[{RAISED}]{{1,3}})|\ ?(?P<lost>[-−–][0-9]{{1,3}})(?![0-9.]))
  | [eE](?P<e>[-−–+][0-9]{{1,3}}|[0-9]{{1,2}})(?![0-9{LETTER}])"""
_TEN = rf"10(?:\^\{{?(?P<ten_caret>[-−–+]?[0-9]{{1,3}})\}}?|(?P<ten_raised>⁻[{RAISED}]{{1,3}}|[³⁴⁵⁶⁷⁸⁹]|[¹²][{RAISED}]))"


def _grammar(mantissa: str) -> re.Pattern[str]:
    return re.compile(
        rf"""(?P<none>{NO_NUMBER})
  | (?:(?P<comparator>[<>≤≥=≈](?:\ ?[<>=≤≥])?)\ {{0,2}})?
    (?:(?P<sign>[-−–+])(?P<gap>\ ?))?
    (?:(?P<currency>[€$£¥])\ ?)?
    (?<![0-9_])(?:(?P<ten>{_TEN})|(?P<mantissa>{mantissa})(?:{_POWER})?)
    (?P<percent>\ {{0,2}}[%‰])?""",
        re.VERBOSE,
    )


POINT_DECIMALS = _grammar(_POINT_MANTISSA)
COMMA_DECIMALS = _grammar(_COMMA_MANTISSA)

_BASE_UNIT = (
    r"(?:[kcmµμnpdf]?(?:g|mol|[lL]|m|s|Gy|Sv|Hz|W|J|U|IU|Pa|V|A|M|eq|Eq)[²³]?|mcg|kcal|cal|bpm|mm\ ?Hg|cm\ ?H2?O|°[CF]?|dB|ppm|[hd]"
    r"|hrs?|hours?|min|minutes?|sec|seconds?|days?|wks?|weeks?|mo|mos|months?|y|yrs?|years?"
    r"|points?|units?|times|beats|cells|copies|dpm|fold|percent|per\ cent)"
)
UNIT = re.compile(rf"(?:{_BASE_UNIT}(?:[23](?![0-9]))?(?:\ ?[/·×]\ ?{_BASE_UNIT}(?:[23](?![0-9]))?){{0,3}})(?![{LETTER}])")
"""A unit of measure after a number, compound ones included (``mg/dL``, ``kg/m²``)."""

DURATION = re.compile(r"-(?:(?:second|minute|min|hour|hr|day|week|wk|month|mo|year|yr|fold|percent|mg|g|kg|ml|mL|cm|mm|Gy)s?|[ydhs])\b")
"""What a number with a hyphen measures (``12-month``), where other words make it part of a name (``5-FU``, ``2-sided``)."""

MARK = rf"(?:\^\{{[^{{}}]{{0,12}}\}}|[ᵃ-ᶿʰʲʳʷʸˡˢˣªº{RAISED}]|[*†‡§¶‖#^∧@°+&¥\u2300-\u23ff\u2500-\u27bf])"
"""A footnote mark: raised, or a sign that no number has."""
MARKS = re.compile(rf"(?:[\ ,]?{MARK}|,?[A-Za-z](?![{LETTER}0-9])\)?|[\ ,]{{1,2}}[A-MOQ-WYZa-moq-wyz](?![{LETTER}0-9=.])\)?)+")
"""Footnote marks behind a number: signs, raised characters, single letters."""

_COMMA_EVIDENCE = re.compile(
    r"(?<![\d.,])0,[0-9]{2,}(?![0-9]|,[0-9])|[0-9],[0-9]+ ?[%±]"
    r"|± ?[0-9]+,[0-9]+(?!,?[0-9])|(?<![\d.,])0,[0-9](?= ?[)–;])"
)
_POINT_EVIDENCE = re.compile(r"[0-9][.·][0-9]|(?<![0-9])\.[0-9]")
_COMMA_CELL = re.compile(
    rf"[<>≤≥=≈ ]{{0,4}}[-−–+]? ?(?:[0-9]*,(?:[0-9]{{1,2}}|[0-9]{{4,9}})|0?,[0-9]+)(?![0-9,]) ?(?:[a-z]|{MARK}){{0,9}}", re.IGNORECASE
)
_COMMA_NUMBER = re.compile(r"(?<![0-9,])[0-9]{1,4},[0-9]{1,2}(?![0-9,])")


def decimal_commas(text: str, whole_cell: bool) -> bool:
    """Whether the commas between digits are decimal commas: the text shows some, and no decimal point."""
    if "," not in text or _POINT_EVIDENCE.search(text):
        return False
    if _COMMA_EVIDENCE.search(text):
        return True
    return whole_cell and (bool(_COMMA_CELL.fullmatch(text.strip())) or len(_COMMA_NUMBER.findall(text)) == text.count(",") > 1)
