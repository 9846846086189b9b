"""What a table's caption and notes, and the paper's methods, say about the kind of its values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterproof.extract.tables.kinds import Hint
from counterproof.extract.tables.measures import Measure, measures_of
from counterproof.kb.document import Table
from counterproof.kb.evidence import Method

_STATEMENT = re.compile(
    r"\b(?:values?|data|results?|numbers?|figures?|variables?|entries|measurements?|scores?|parameters?|all)\b[^.;]{0,60}\b(?:are|is|were|was|expressed|presented|"
    r"reported|shown|given|represent(?:ed)?)\b|\b(?:expressed|presented|reported|shown|given) as\b|\bunless otherwise\b|\bvalues in parentheses\b|^\W*(?:mean|median|number|n)\b",
    re.IGNORECASE,
)
_SUMMARIES: dict[str, Measure] = {
    "mean_sd": ("mean", "sd"), "mean_se": ("mean", "se"), "median_iqr": ("median", "q1", "q3"), "median_range": ("median", "min", "max"),
    "count_percent": ("count", "percent"), "number_percent": ("count", "percent"), "n_percent": ("count", "percent"),
}  # fmt: skip


def table_notes(table: Table, methods: Sequence[Method]) -> list[Hint]:
    """The measures that hold for the table as a whole, the table's own words before the methods'."""
    hints: list[Hint] = []
    for note in table.footnotes:
        for sentence in re.split(r"(?<=[a-z)%])\.\s+(?=[A-Za-z])", note.text):
            if _STATEMENT.search(sentence) and not re.search(r"\bP\b\s?[<=>]", sentence):
                hints += [Hint(measure, False) for measure in measures_of(sentence) if len(measure) > 1]
    hints += [Hint(measure, False) for measure in measures_of(table.caption) if len(measure) > 1]
    hints += [Hint(_SUMMARIES[method.name], False) for method in methods if method.kind == "summary" and method.name in _SUMMARIES]
    return list(dict.fromkeys(hints))
