"""Quotes, tables, crops and pictures of the report, each alone."""

from __future__ import annotations

import base64
import hashlib
import io
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from counterproof.kb.document import Box
from counterproof.kb.finding import Finding, Place, Recomputation
from counterproof.queries.html.axes import p_axis
from counterproof.queries.html.crops import crops
from counterproof.queries.html.forest import estimates, forests
from counterproof.queries.html.marking import marked_table
from counterproof.queries.html.pictures import histogram, methods_picture, scatter, window
from counterproof.queries.html.sources import Number


def finding(reported: str = "0.41", low: float = 0.09, high: float = 0.1, **changes: Any) -> Finding:
    standard = Recomputation("fisher", "standard", ((low, high),))
    return Finding("d", "p_from_counts", "inconsistent", Place(), "m", reported=reported, recomputed=(standard,), comparison=1, **changes)


def cell(row: int, column: int, **changes: Any) -> dict[str, Any]:
    at = 10 * (100 * row + column)
    return {"row": row, "column": column, "text": f"{row}/{column}", "row_span": 1, "column_span": 1, "char_start": at,
            "char_end": at + 5} | changes  # fmt: skip


def test_a_long_table_shows_its_head_and_the_rows_near_what_is_marked() -> None:
    table = {"label": "Table 1", "caption": "", "n_rows": 100, "n_columns": 2, "header_rows": 1,
             "cells": [cell(row, column) for row in range(100) for column in range(2)]}  # fmt: skip
    number = Number("50", 10 * 5001, 10 * 5001 + 2, 0, None, True)
    shown = marked_table(table, [number], finding())
    assert [row[0].text if row else None for row in shown.rows[:3]] == ["0/0", None, "38/0"]
    assert [c.text for row in shown.rows if row for c in row if c.mark == "flagged"] == ["50/1"]


def test_places_without_a_cell_are_blank_and_spans_cover() -> None:
    cells = [cell(0, 1, column_span=2), cell(1, 0), cell(1, 2)]
    table = {"label": "", "caption": "", "n_rows": 2, "n_columns": 3, "header_rows": 1, "cells": cells}
    shown = marked_table(table, [], finding())
    assert [[c.text for c in row or ()] for row in shown.rows] == [["", "0/1"], ["1/0", "", "1/2"]]


def test_p_values_below_the_scale_lie_at_its_end() -> None:
    axis = p_axis(10, 110)
    assert axis.at(0) == axis.at(1e-9) == 10
    assert axis.at(1) == 110
    assert axis.at(0.01) == 60


def test_windows_of_printed_p_values() -> None:
    assert window("<0.001") == (0.0, 0.001)
    low, high = window("0.41") or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.405, 0.415)
    low, high = window("0.41", cut=True) or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.41, 0.42)
    assert window("soon") is None


def test_pictures_are_left_out_where_there_is_nothing_to_draw() -> None:
    assert methods_picture(finding("soon"), "k") is None
    assert scatter([finding()], "k") is None
    assert histogram([finding()] * 3, "k") is None
    assert "flag" in (scatter([finding(), finding("0.2")], "k") or "")


def test_a_forest_plot_leaves_out_what_cannot_stand_on_its_scale_and_escapes_names() -> None:
    row = {"comparison_no": 1, "effect": "hr", "variable": "<b>Stage</b>", "estimate": "1.2", "ci_low": "0.8", "ci_high": "1.9", "p": "0.4"}
    every = estimates([row, {**row, "ci_low": "-0.1"}, {**row, "ci_low": "2.5"}, {**row, "ci_high": None}, row], [])
    assert len(every) == 1
    (plot,) = forests(every, "k")
    assert "&lt;b&gt;Stage" in plot
    assert "<b>" not in plot


def test_a_crop_has_a_box_and_is_drawn_from_the_very_file_only(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    canvas = Canvas(str(path), pagesize=(400, 500))
    canvas.drawString(200, 300, "P = 0.41")
    canvas.save()
    document = hashlib.sha256(path.read_bytes()).hexdigest()
    box = Box(1, 220, 190, 245, 202)
    (image,) = crops(str(path), document, [(box, [], None)])
    assert image is not None
    picture = Image.open(io.BytesIO(base64.b64decode(image.partition(",")[2]))).convert("RGB")
    assert (200, 0, 0) in {color for _, color in picture.getcolors() or ()}
    assert crops(str(path), document, [(Box(7, 1, 1, 2, 2), [], None)]) == [None]
    assert crops(str(path), document, [(box, [], None)], budget=10) == [None]
    assert crops(str(path), "0" * 64, [(box, [], None)]) == [None]
    assert crops(str(tmp_path / "gone.pdf"), document, [(box, [], None)]) == [None]


def test_what_is_no_pdf_has_no_crop(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    assert crops(str(path), hashlib.sha256(path.read_bytes()).hexdigest(), [(Box(1, 1, 1, 2, 2), [], None)]) == [None]


def test_an_estimate_is_named_by_its_row_and_flagged_by_any_check_of_its_interval() -> None:
    row = {"comparison_no": 1, "effect": "hr", "variable": "Stage", "table_no": 0, "quote": "IV | 0.58 (1.2–2.7) | 0.5",
           "estimate": "0.58", "ci_low": "1.2", "ci_high": "2.7", "p": "0.5"}  # fmt: skip
    outside = Finding("d", "interval_contains_estimate", "inconsistent", Place(quote=str(row["quote"])), "0.58 with interval 1.2 to 2.7")
    (one,) = estimates([row], [outside])
    assert (one.name, one.flagged) == ("Stage, IV", True)
    (one,) = estimates([row], [])
    assert not one.flagged


def test_a_very_small_p_has_a_scale_of_its_own() -> None:
    drawn = methods_picture(finding("1.56E-07", 2e-5, 3e-5), "k") or ""
    assert "≤1e−7" in drawn
    assert "≤.0001" in (methods_picture(finding(), "k") or "")
