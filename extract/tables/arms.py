"""The groups that a table compares: named by its columns or by its rows, with the sizes that it gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from counterproof.extract.tables.columns import Column, is_level_name
from counterproof.extract.tables.headings import Heading, read_heading
from counterproof.extract.tables.layout import Panel, Row
from counterproof.extract.tables.measures import Measure

_ARM_WORDS = re.compile(
    r"\b(?:groups?|arms?|controls?|placebo|interventions?|treatments?|treated|sham|therap(?:y|ies)|cohort|usual care|"
    r"cases|standard|experimental|"
    r"patients|randomi[sz]ed|surgery|training|exercise|survivors|mg|users)\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:results?|values?|data|findings?|outcomes?|patients?|participants?|subjects?|cases|frequency|number|study population|cohort)",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"[^\w+/<>≤≥.%-]+")
_COMMON_WORDS = re.compile(r"^(?:the )|(?: groups?| arms?| patients)$")
_REFERENCE = re.compile(r"(?:reference|normal)(?: (?:values?|ranges?|intervals?|limits?))?", re.IGNORECASE)
"""A column of normal values is no arm."""
_SMALL_LETTER = re.compile("[a-z]")
_MEASURED = {"count", "percent", "mean", "median"}
_STUB_ARMS = re.compile(
    r"^(?:study |treatment |patient )?(?:groups?|arms?|treatments?|conditions?|interventions?|cohorts?)\b", re.IGNORECASE
)


@dataclass(slots=True)
class KnownArms:
    """Names of arms that some table of the document gives a size, with the evidence of those sizes (added as they are read)."""

    names: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, list[int]] = field(default_factory=dict)

    def learn(self, name: str) -> None:
        """Take a name for that of an arm."""
        self.names.setdefault(arm_key(name), name)

    def add_size(self, name: str, evidence: int) -> None:
        """Keep a size that was read for an arm."""
        self.sizes.setdefault(arm_key(name), []).append(evidence)

    def knows(self, name: str) -> bool:
        """Whether a name is that of a learnt arm."""
        return arm_key(name) in self.names


@lru_cache(maxsize=4096)
def arm_key(name: str) -> str:
    """A name reduced to what two mentions of one arm share."""
    return _COMMON_WORDS.sub("", _PUNCTUATION.sub(" ", name.casefold()).strip())


def is_generic(name: str) -> bool:
    """Whether a head only says that values follow (``Results``, ``Patients``)."""
    return bool(_GENERIC.fullmatch(name))


def name_column_arms(columns: list[Column], known: KnownArms, *, rows_are_arms: bool) -> bool:
    """Write ``Column.arm`` where columns are headed by arms; says whether they are.

    ``rows_are_arms``: the rows name arms beyond doubt, so that columns need a size or a known name to be arms as well.
    """
    values = [c for c in columns if c.role in ("value", "size") and c.names and not _REFERENCE.fullmatch(c.names[-1])]
    _split_times(values)
    layers = max((len(column.names) for column in values), default=0)
    if not values:
        return False
    ranked = sorted(range(layers), key=lambda layer: (_layer_score(layer, values, columns, known), layer), reverse=True)
    layer = ranked[0]
    score = _layer_score(layer, values, columns, known)
    if score < 3 and rows_are_arms:
        return False
    arms = {column.names[layer] for column in values if len(column.names) > layer}
    distinct = {name for name in arms if not read_heading(name).total}
    if len(arms) == 1 and all(_GENERIC.fullmatch(name) for name in arms):
        return False
    if not distinct or score <= 0 or (len(distinct) == 1 and len(arms) == 1 and score < 3):
        return False
    named = [column for column in values if set(column.names) & arms]
    at = {column.index: max(i for i, name in enumerate(column.names) if name in arms) for column in named}
    for column in named:
        _assign(column, at[column.index], named, at)
    _carry_arms(columns)
    return True


def _carry_arms(columns: list[Column]) -> None:
    """``Arm A`` set above the first of its times only: nameless columns of times go on with the arm at their left.

    Only where every arm has the same columns after that.
    """
    carried: dict[int, str] = {}
    under: dict[str, list[tuple[str | None, tuple[Measure, ...]]]] = {}
    last: str | None = None
    for column in columns:
        if column.role != "value" or column.total:
            last = None
        elif column.arm:
            last = column.arm
        elif column.time and not column.names and last:
            carried[column.index] = last
        else:
            last = None
        if last:
            under.setdefault(last, []).append((column.time, column.measures))
    told = list(under.values())
    if carried and len(told) > 1 and all(times == told[0] for times in told):
        for column in columns:
            column.arm = carried.get(column.index, column.arm)


_TRAILING_TIME = re.compile(
    r"^(?P<name>.{2,60}?)[\s,(–-]+(?:at |total )?(?P<time>(?:baseline|pre-?\w*|post-?\w*|before|after|follow-?up|"
    r"(?:week|month|day|year|visit)s? \d+|\d+(?:\s?[–-]\s?\d+)?\s?(?:h|hours?|min|days?|weeks?|months?|years?))\)?)$",
    re.IGNORECASE,
)


def _split_times(values: list[Column]) -> None:
    """``Intervention 0-3 months`` beside ``TAU 0-3 months``: the arm's name without the time that it ends in."""
    hits = {column.index: hit for column in values if not column.time and (hit := _TRAILING_TIME.match(column.names[-1]))}
    if len(hits) < 2 or len(hits) * 2 < len(values):
        return
    for column in values:
        if column.index in hits:
            column.time = hits[column.index]["time"].strip(" ()")
            column.names = (*column.names[:-1], hits[column.index]["name"].strip())


def _assign(column: Column, layer: int, named: list[Column], at: dict[int, int]) -> None:
    if column.size and column.size[0].name in column.names:
        # the head that gives the size names the arm, whatever stands above or below it
        layer = column.names.index(column.size[0].name)
    column.arm = column.names[layer]
    column.total = read_heading(column.arm).total
    outer, inner = column.names[:layer], column.names[layer + 1 :]
    if inner:
        column.level = " ".join(inner)
    if outer:
        column.context = " ".join((column.context, *outer)).strip()
        alike = [c for c in named if c.names[at[c.index]] == column.arm or c.arm == column.arm]
        sizes = {c.size[0].size.value for c in alike if c.size and c.size[0].size}
        if len(sizes) > 1:
            column.arm = f"{' '.join(outer)}: {column.arm}"


def _layer_score(layer: int, values: list[Column], columns: list[Column], known: KnownArms) -> float:
    named = [column for column in values if len(column.names) > layer]
    names = list(dict.fromkeys(column.names[layer] for column in named))
    if not names:
        return 0.0
    sized = {column.names[layer] for column in named if column.size and column.size[0].name == column.names[layer]}
    score = 4.0 * (len(sized) >= min(2, len(names))) + 3.0 * (sum(known.knows(name) for name in names) >= min(2, len(names)))
    score += 1.5 * (sum(bool(_ARM_WORDS.search(name)) for name in names) >= 2)
    if len(names) >= 2:
        under_p = any(column.role == "p" and not _effect_before(column, columns) for column in columns)
        alike = {column.measures for column in named}
        told = len(alike) == 1 and len(names) == len(named) and bool({k for m in next(iter(alike)) for k in m} & _MEASURED)
        compared = told and any(column.role == "p" for column in columns)
        score += 1.0 * (under_p or compared) + 1.0 * _paired(named, layer)
    if all(is_level_name(name) or read_heading(name).total for name in names):
        score -= 3.0
    if sum(any(column.role == "effect" and name in column.names for column in columns) for name in names) > 1:
        score -= 4.0  # outcomes, each with an effect of its own
    if sum(bool(_SMALL_LETTER.search(name)) for name in names) and len(named) < len(values) / 2:
        score -= 1.0
    return score


def _effect_before(column: Column, columns: list[Column]) -> bool:
    """Whether an effect stands before a P column, or a statistic without two columns of values that it could compare."""
    before = [other for other in columns if other.index < column.index]
    values = sum(other.role == "value" and bool(other.names) for other in before)
    return any(other.role == "effect" or (other.role == "statistic" and values < 2) for other in before)


def _paired(named: list[Column], layer: int) -> bool:
    """Whether each name heads the same two or more statistics (n and %, mean and SD)."""
    under: dict[str, list[tuple[Measure, ...]]] = {}
    for column in named:
        under.setdefault(column.names[layer], []).append(column.measures)
    first = next(iter(under.values()))
    return len(first) > 1 and len(set(first)) > 1 and all(measures == first for measures in under.values())


def row_arms(panel: Panel, columns: list[Column], known: KnownArms) -> dict[int, str]:
    """The arm of each row where the rows, not the columns, are the arms; empty otherwise."""
    found = _row_arms(panel, columns, known)
    last: str | None = None
    for row in panel.rows:
        if row.index in found:
            last = found[row.index]
        elif found and last and row.heading.time and not row.heading.name and _filled(panel, row, columns):
            # a row that only says "(Δ)" or "after" goes on with the arm above it
            found[row.index] = last
        else:
            last = None
    return found


def is_statistic(row: Row) -> bool:
    """Whether a row holds test statistics."""
    return row.label in ("F", "t", "Z", "z", "U", "H") or row.heading.measures == (("statistic",),)


def _row_arms(panel: Panel, columns: list[Column], known: KnownArms) -> dict[int, str]:
    rows = [row for row in panel.rows if row.label and not row.heading.p and not row.heading.time and not is_statistic(row)]
    names = {row.index: row.heading.name or row.label for row in rows if _filled(panel, row, columns)}
    if len(set(names.values())) < 2:
        return {}
    head = panel.heads[panel.stub - 1][-1][0] if panel.stub and panel.heads[panel.stub - 1] else None
    stub_says = bool(head and _STUB_ARMS.match(head.name or head.text))
    familiar = {index: name for index, name in names.items() if known.knows(name) or _row_total(name)}
    p_rows = any(row.heading.p for row in panel.rows)
    repeated = len(set(names.values())) * 2 <= len(names)
    sized = [row for row in rows if row.heading.size and row.index in names]
    if _same_in_sections(names) and not all(is_level_name(name) or _SEX.fullmatch(name) or _row_total(name) for name in names.values()):
        return names
    if len({names[i] for i in familiar if known.knows(names[i])}) >= 2 and len(familiar) * 3 >= len(names) * 2:
        return familiar
    if stub_says and (p_rows or repeated or len(set(names.values())) <= 6):
        return names
    if p_rows and (repeated or len(set(names.values())) <= 4) and sum(bool(_ARM_WORDS.search(name)) for name in set(names.values())) >= 2:
        return names
    if len(sized) == len(names) and sum(bool(_ARM_WORDS.search(name)) for name in set(names.values())) >= 2:
        return names
    return {}


_SEX = re.compile(r"(?:fe)?males?|men|women|boys|girls|m|f", re.IGNORECASE)


def _same_in_sections(names: dict[int, str]) -> bool:
    """Whether the same names, two to four, stand under each of several heads, all with the words of arms."""
    distinct = list(dict.fromkeys(names.values()))
    if not 2 <= len(distinct) <= 4 or len(names) < 2 * len(distinct) or len(names) % len(distinct):
        return False
    worded = sum(bool(_ARM_WORDS.search(name)) for name in distinct)
    order = list(names.values())
    return worded >= 1 and all(order[i : i + len(distinct)] == distinct for i in range(0, len(order), len(distinct)))


def rows_surely_arms(panel: Panel, columns: list[Column], known: KnownArms) -> bool:
    """Whether the rows are arms that the document knows, or each state a size."""
    rows = [row for row in panel.rows if row.label and not row.heading.p and not row.heading.time and not is_statistic(row)]
    sure = [row for row in rows if known.knows(row.heading.name or row.label)]
    if len(sure) < 2:  # as most tables
        return False
    filled = sum(_filled(panel, row, columns) for row in rows)
    sure = [row for row in sure if _filled(panel, row, columns)]
    return len({row.heading.name for row in sure}) >= 2 and len(sure) * 3 >= filled * 2


def _row_total(name: str) -> bool:
    return read_heading(name).total


def _filled(panel: Panel, row: Row, columns: list[Column]) -> bool:
    return any(panel.cell(row.index, column.index) for column in columns if column.role != "p")


def heading_of(row: Row) -> Heading:
    """What a row's innermost label says."""
    return row.heading
