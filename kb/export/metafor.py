"""Effects of studies in the wide columns that metafor's ``escalc`` and ``rma`` take, and statsmodels' ``effectsize`` functions.

``dichotomous.csv`` has events and non-events of two arms (``ai``, ``bi``, ``ci``, ``di``), ``continuous.csv`` means, standard deviations
and sizes (``m1i`` … ``n2i``), ``estimates.csv`` printed effects with the standard error that their interval gives (``yi``, ``sei``).

Reference: Viechtbauer W. Conducting meta-analyses in R with the metafor package. J Stat Softw 2010;36(3); ``escalc`` names the columns.
"""

from __future__ import annotations

from collections import Counter
from math import log
from pathlib import Path
from statistics import NormalDist

import duckdb

from counterproof.kb.export.rows import Row, rows, study_labels, write_csv

_STUDY = ("study", "year", "doi", "outcome", "level", "timepoint", "arm1", "arm2")
_PROOF = ("p", "verdict", "confidence", "table", "quote", "source", "document_id")
DICHOTOMOUS = (*_STUDY, "ai", "bi", "ci", "di", "n1i", "n2i", *_PROOF)
CONTINUOUS = (*_STUDY, "unit", "m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i", *_PROOF)
ESTIMATES = ("study", "year", "doi", "outcome", "level", "timepoint", "measure", "yi", "sei", "estimate", "ci_low", "ci_high", "ci_level",
             *_PROOF)  # fmt: skip

MEASURES = {"hr": "HR", "or": "OR", "rr": "RR", "difference": "difference"}
RATIOS = frozenset({"hr", "or", "rr"})
"""Effects that are pooled on the log scale."""


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Write the three files; what was left out."""
    left: Counter[str] = Counter()
    counts, means = pairs(connection, left)
    write_csv(folder / "dichotomous.csv", DICHOTOMOUS, counts)
    write_csv(folder / "continuous.csv", CONTINUOUS, means)
    write_csv(folder / "estimates.csv", ESTIMATES, estimates(connection, left))
    return [f"{number} left out: {why}" for why, number in left.most_common()]


def pairs(connection: duckdb.DuckDBPyConnection, left: Counter[str]) -> tuple[list[Row], list[Row]]:
    """The pairs of arms with events, and those with means; ``left`` counts what could not be used and why."""
    counts, means = [], []
    studies = _studies(connection)
    for row in rows(connection, "select * from arm_pairs"):
        shared = {
            **studies[row["document_id"]], **_proof(row), "outcome": row["outcome"], "level": row["level"], "timepoint": row["timepoint"],
            "arm1": row["arm_1"], "arm2": row["arm_2"], "n1i": row["n_1"], "n2i": row["n_2"],
        }  # fmt: skip
        if row["events_1"] is not None and row["events_2"] is not None:
            why = _unusable_counts(row)
            if not why:
                a, c, n, m = row["events_1"], row["events_2"], row["n_1"], row["n_2"]
                counts.append({**shared, "ai": a, "bi": n - a, "ci": c, "di": m - c})
        elif row["mean_1"] is not None and row["mean_2"] is not None:
            why = "" if _all(row, "sd_1", "sd_2", "n_1", "n_2") else "means without both SDs and both sizes"
            if not why:
                spread = {"m1i": row["mean_1"], "sd1i": row["sd_1"], "m2i": row["mean_2"], "sd2i": row["sd_2"], "unit": row["unit"]}
                means.append({**shared, **spread})
        else:
            continue
        left[why] += bool(why)
    del left[""]
    return counts, means


def _unusable_counts(row: Row) -> str:
    if not _all(row, "n_1", "n_2"):
        return "counts whose totals the paper leaves open"
    if row["events_1"] > row["n_1"] or row["events_2"] > row["n_2"]:
        return "counts above their totals"
    return "" if row["percents_agree"] else "counts whose printed percent contradicts the total"


def _all(row: Row, *names: str) -> bool:
    return all(row[name] is not None for name in names)


def estimates(connection: duckdb.DuckDBPyConnection, left: Counter[str]) -> list[Row]:
    """The printed effects with their standard errors, those of ratios on the log scale."""
    found = []
    studies = _studies(connection)
    query = """select e.*, p.verdict from effect_estimates as e
        left join p_values as p on p.document_id = e.document_id and p.comparison_no = e.comparison_no order by e.path, e.char_start"""
    for row in rows(connection, query):
        if row["effect"] not in MEASURES:
            continue
        value = _pooled(row)
        if value is None:
            left["effects without an interval around them"] += 1
            continue
        same = {name: row[name] for name in ("level", "timepoint", "estimate", "ci_low", "ci_high", "ci_level")}
        found.append({**studies[row["document_id"]], **_proof(row), **same, "outcome": row["variable"],
                      "measure": MEASURES[row["effect"]], "yi": value[0], "sei": value[1]})  # fmt: skip
    return found


def _pooled(row: Row) -> tuple[float, float] | None:
    """The estimate and its standard error on the scale on which it is pooled; 95% where the interval's level is not printed."""
    point, low, high = row["estimate"], row["ci_low"], row["ci_high"]
    if low is None or high is None or not low < high or not low <= point <= high:
        return None
    if row["effect"] in RATIOS:
        if low <= 0:
            return None
        point, low, high = log(point), log(low), log(high)
    level = row["ci_level"] if row["ci_level"] and 50 <= row["ci_level"] < 100 else 95.0
    return round(point, 6), round((high - low) / (2 * NormalDist().inv_cdf(0.5 + level / 200)), 6)


def _studies(connection: duckdb.DuckDBPyConnection) -> dict[str, Row]:
    labels = study_labels(connection)
    return {
        row["document_id"]: {"study": labels[row["document_id"]], "year": row["year"], "doi": row["doi"]}
        for row in rows(connection, "select document_id, year, doi from documents")
    }


def _proof(row: Row) -> Row:
    """Where the numbers come from, and how far to trust them."""
    same = ("p", "verdict", "confidence", "quote", "source", "document_id")
    return {name: row[name] for name in same} | {"table": row["table_label"]}
