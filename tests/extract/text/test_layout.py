"""Exports that keep the layout with spaces."""

from __future__ import annotations

from counterproof.extract.text import parse

LEFT = [f"left words of line {n} that fill the column" for n in range(12)]
RIGHT = [f"right words of line {n} that fill it too" for n in range(12)]


def test_two_columns_of_prose_are_read_one_behind_the_other() -> None:
    text = "\n".join(f"{left:<50}     {right}" for left, right in zip(LEFT, RIGHT, strict=True))
    words = parse(text.encode(), "a.txt").text.replace("\n", " ")
    assert words.index("left words of line 11") < words.index("right words of line 0")


def test_a_table_by_its_places() -> None:
    text = """RESULTS

Table 1. Findings

                          With drug        Without drug      p value
                           (n = 33)          (n = 25)
Male, n (%)               15 (48.4)          9 (50.6)         0.903
Causes of death, n
   Cancer                     1                 2
   Heart failure              1
   Anaemia                                      1
Wall motion               5; diffuse            0             0.2
"""
    table = parse(text.encode(), "a.txt").tables[0]
    assert table.column_heads == ["", "With drug (n = 33)", "Without drug (n = 25)", "p value"]
    assert ["Anaemia", "", "1", ""] in table.rows
    assert ["Wall motion", "5; diffuse", "0", "0.2"] in table.rows
    assert table.row_levels == (0, 0, 0, 1, 1, 1, 0)
