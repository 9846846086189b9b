"""Files for review software: RevMan (Cochrane) and Covidence.

``data-rows.csv`` has the columns of the data rows in Cochrane's data package, which RevMan writes and R's ``meta`` reads
(https://documentation.cochrane.org/revman-kb/data-package-specification-249561249.html). Both programs take references as RIS only;
RevMan assigns them to studies by the field NS (https://documentation.cochrane.org/display/RMHELP/Import+references+for+studies).
``results.csv`` has a row a study, outcome, time and arm, as Covidence's tables of results have
(https://support.covidence.org/help/how-to-set-up-the-results-data-section).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import duckdb

from counterproof.kb.export import metafor
from counterproof.kb.export.references import ris
from counterproof.kb.export.rows import Row, rows, study_labels, write_csv

DATA_ROWS = (
    "Analysis group", "Analysis number", "Analysis name", "Subgroup number", "Subgroup", "Applicability", "Study", "Study year",
    "Experimental mean", "Experimental SD", "Experimental cases", "Experimental N", "Control mean", "Control SD", "Control cases",
    "Control N", "O-E", "Variance", "GIV Mean", "GIV SE", "Weight", "Mean", "CI start", "CI end", "Footnotes",
)  # fmt: skip

RESULTS = (
    "Study", "Outcome", "Level", "Timepoint", "Intervention", "Events", "N", "Percent", "Mean", "SD", "SE", "Median", "Q1", "Q3", "Unit",
    "Table", "Quote", "Source",
)  # fmt: skip


def write_revman(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Write ``data-rows.csv`` and ``references.ris``; what was left out."""
    left: Counter[str] = Counter()
    counts, means = metafor.pairs(connection, left)
    effects = metafor.estimates(connection, left)
    lines = _numbered([*map(_dichotomous, counts), *map(_continuous, means), *map(_generic, effects)])
    write_csv(folder / "data-rows.csv", DATA_ROWS, lines)
    (folder / "references.ris").write_text(ris(connection), "utf-8", newline="\n")
    return [f"{number} left out: {why}" for why, number in left.most_common()]


def _dichotomous(row: Row) -> Row:
    numbers = {"Experimental cases": row["ai"], "Experimental N": row["n1i"], "Control cases": row["ci"], "Control N": row["n2i"]}
    return {**_study(row, "dichotomous"), **numbers}


def _continuous(row: Row) -> Row:
    return {
        **_study(row, "continuous"), "Experimental mean": row["m1i"], "Experimental SD": row["sd1i"], "Experimental N": row["n1i"],
        "Control mean": row["m2i"], "Control SD": row["sd2i"], "Control N": row["n2i"],
    }  # fmt: skip


def _generic(row: Row) -> Row:
    shown = {"Mean": row["estimate"], "CI start": row["ci_low"], "CI end": row["ci_high"]}
    return {**_study(row, row["measure"]), "GIV Mean": row["yi"], "GIV SE": row["sei"], **shown}


def _study(row: Row, kind: str) -> Row:
    """What all kinds of rows have; an analysis is one outcome of one kind, its name without regard to case and blanks."""
    name = " ".join(str(part) for part in (row["outcome"], row["level"], row["timepoint"]) if part) or "not named"
    arms = f"{row['arm1']} against {row['arm2']}. " if row.get("arm1") else ""
    where = f"{row['table']}: " if row["table"] else ""
    return {
        "Analysis name": name, "kind": kind, "key": (kind, " ".join(name.lower().split())), "Applicability": "OVERALL", "Analysis group": 1,
        "Study": row["study"], "Study year": row["year"], "Footnotes": f"{arms}{where}{row['quote']}",
    }  # fmt: skip


def _numbered(lines: Iterable[Row]) -> list[Row]:
    numbers: dict[object, int] = {}
    return [{**line, "Analysis number": numbers.setdefault(line["key"], len(numbers) + 1)} for line in lines]


def write_covidence(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Write ``results.csv`` and ``references.ris``; nothing is left out."""
    labels = study_labels(connection)
    query = """select * from aggregate_numbers
        where arm is not null and arm_role = 'arm' and part not in ('introduction', 'references')
            and (count is not null or mean is not null or median is not null or percent is not null)
        order by path, char_start"""
    write_csv(folder / "results.csv", RESULTS, (_result(row, labels) for row in rows(connection, query)))
    (folder / "references.ris").write_text(ris(connection), "utf-8", newline="\n")
    return []


def _result(row: Row, labels: dict[str, str]) -> Row:
    same = ("percent", "mean", "level", "timepoint", "median", "unit", "quote", "source")
    capital = {name.capitalize(): row[name] for name in same}
    return {
        **capital, "Study": labels[row["document_id"]], "Outcome": row["variable"], "Intervention": row["arm"], "Events": row["count"],
        "N": row["n"], "SD": row["sd"], "SE": row["se"], "Q1": row["q1"], "Q3": row["q3"], "Table": row["table_label"],
    }  # fmt: skip
