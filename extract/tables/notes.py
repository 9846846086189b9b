"""What a table's caption and notes, and the paper's methods, say about the kind of its values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterproof.extract.tables.kinds import Hint
from counterproof.extract.tables.layout import Panel, Row
from counterproof.extract.tables.measures import Measure, measures_of
from counterproof.kb.document import Table
from counterproof.kb.evidence import Method

_STATEMENT = re.compile(
    r"\b(?:values?|data|results?|numbers?|figures?|variables?|entries|measurements?|scores?|parameters?|"
    r"all)\b[^.;]{0,60}\b(?:are|is|were|was|expressed|presented|"
    r"reported|shown|given|represent(?:ed)?)\b|\b(?:expressed|presented|reported|shown|given) as\b|"
    r"\bunless otherwise\b|\bvalues in parentheses\b|^\W*(?:mean|median|number|n)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[a-z)%])\.\s+(?=[A-Za-z])")
_P_SIGN = re.compile(r"\bP\b\s?[<=>]")
_STAR = re.compile(r"(?P<mark>[*†‡§¶#]{1,4})\s{0,2}[:=]?\s{0,2}[Pp]\s{0,2}(?P<p>[<≤]\s{0,2}0?[.·]\d{1,5})")
_LONE_P = re.compile(r"\W{0,3}[Pp](?:[- ]values?)?\s{0,2}(?P<p>[<≤]\s{0,2}0?[.·]\d{1,5})")
_SUMMARIES: dict[str, Measure] = {
    "mean_sd": ("mean", "sd"), "mean_se": ("mean", "se"), "median_iqr": ("median", "q1", "q3"), "median_range": ("median", "min", "max"),
    "count_percent": ("count", "percent"), "number_percent": ("count", "percent"), "n_percent": ("count", "percent"),
}  # fmt: skip


def marked_notes(panel: Panel, row: int | None, column: int | None) -> list[str]:
    """The texts of the notes whose marks stand on a row's label or cell, or on a column's heads."""
    if not panel.noted:
        return []
    marks: frozenset[str] = panel.head_marks[column] if column is not None else frozenset()
    if row is not None:
        marks |= panel.row_marks[row]
        own = panel.table.covered[row][column] if column is not None else None
        marks = marks.union(own.marks) if own else marks
    return [note.text for note in panel.noted if note.mark in marks] if marks else []


def star_legend(table: Table) -> dict[str, str]:
    """What marks mean for P: ``*P < 0.05; **P < 0.01`` in the notes, or a note whose mark is the star."""
    legend: dict[str, str] = {}
    for note in table.footnotes:
        for hit in _STAR.finditer(note.text[:400]):
            legend[hit["mark"]] = hit["p"]
        alone = _LONE_P.match(note.text)
        if note.mark and alone:
            legend[note.mark] = alone["p"]
    return legend


def marked_measures(panel: Panel, row: Row, column: int) -> list[Measure]:
    """The measures that a short note names for a marked row (``a Values are median (range)``)."""
    notes = marked_notes(panel, row.index, None) + marked_notes(panel, None, column)
    return [measure for text in notes if len(text) < 90 for measure in measures_of(text) if len(measure) > 1]


def table_notes(table: Table, methods: Sequence[Method]) -> list[Hint]:
    """The measures that hold for the table as a whole, the table's own words before the methods'."""
    hints: list[Hint] = []
    used = {mark for cell in table.cells for mark in cell.marks}
    for note in table.footnotes:
        if note.mark in used and len(note.text) < 90:
            continue
        for sentence in _SENTENCE_END.split(note.text):
            if _STATEMENT.search(sentence) and not _P_SIGN.search(sentence):
                hints += [Hint(measure, False) for measure in measures_of(sentence) if len(measure) > 1]
    hints += [Hint(measure, False) for measure in measures_of(table.caption) if len(measure) > 1]
    hints += [Hint(_SUMMARIES[method.name], False) for method in methods if method.kind == "summary" and method.name in _SUMMARIES]
    return list(dict.fromkeys(hints))
