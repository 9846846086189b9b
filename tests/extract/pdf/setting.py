"""A table with rules as the tests of PDF tables set it."""

from __future__ import annotations

from typing import Any

Sheet = Any

XS = (60, 220, 320, 420)
HEADS = ["Variable", "Treated", "Control", "P"]
BODY = [
    ["Age, years", "61.2 (9.8)", "60.1 (10.2)", "0.45"],
    ["Male sex", "23 (46.0)", "25 (50.0)", "0.69"],
    ["Diabetes", "7 (14.0)", "9 (18.0)", "0.59"],
    ["Smoker", "12 (24.0)", "10 (20.0)", "0.63"],
]


def ruled(sheet: Sheet, y: float = 100, caption: str = "Table 1. Characteristics of the patients", body: list[list[str]] = BODY) -> float:
    sheet.text(60, y, caption, 9, "Times-Bold")
    sheet.rule(60, 480, y + 6)
    sheet.rows(y + 18, XS, [HEADS])
    sheet.rule(60, 480, y + 24)
    end: float = sheet.rows(y + 38, XS, body)
    sheet.rule(60, 480, end - 6)
    return end
