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


TABBED = """RESULTS

Many words of prose stand here, as they do in every report of a trial, and they end in a full stop.

Table 1. Findings
Variable\tWith drug (n = 33)\tWithout drug (n = 25)\tP value
Male\t15 (48.4)\t9 (36.0)\t0.903
Cause of death\t\t\t0.4
Cancer\t\t2 (8.0)\t
Other\t1 (3.0)\t\t

More words of prose follow the table, and these too end in a full stop, as is the custom.
"""


def test_cells_parted_by_tabs_keep_their_columns() -> None:
    for text in (TABBED, "\n".join(f"| {line.replace(chr(9), ' | ')} |" if "\t" in line else line for line in TABBED.split("\n"))):
        table = parse(text.encode(), "a.txt").tables[0]
        assert table.column_heads == ["Variable", "With drug (n = 33)", "Without drug (n = 25)", "P value"]
        assert table.rows[1:] == [
            ["Male", "15 (48.4)", "9 (36.0)", "0.903"],
            ["Cause of death", "", "", "0.4"],
            ["Cancer", "", "2 (8.0)", ""],
            ["Other", "1 (3.0)", "", ""],
        ]


def test_cells_one_a_line_row_after_row() -> None:
    text = (
        "RESULTS\n\nTable 1 Who was hurt\nVariables\n\nSouth\n(n = 40)\n\nNorth\n(n = 50)\n\nAge, years\n\n42.5 ± 12.9\n\n41.4 ± 12.3\n\n"
        "Men, n (%)\n\n20 (50)\n\n25 (50)\n\nScore\n\n2.6 ± 0.9\n\n2.5 ± 0.6\n\nDeaths\n\n4 (10)\n\n5 (10)\n"
    )
    table = parse(text.encode(), "a.txt").tables[0]
    assert table.rows[1:] == [
        ["Age, years", "42.5 ± 12.9", "41.4 ± 12.3"],
        ["Men, n (%)", "20 (50)", "25 (50)"],
        ["Score", "2.6 ± 0.9", "2.5 ± 0.6"],
        ["Deaths", "4 (10)", "5 (10)"],
    ]


def test_stacks_that_do_not_fit_are_not_guessed() -> None:
    text = (
        "RESULTS\n\nTable 1 Two columns\n\nItem\nAge\nSex\nStage\nDeaths\n\n42 (5)\n20 (50)\n12 (30)\n\n41 (6)\n25 (50)\n\n"
        "0.2\n0.3\n0.4\n0.5\n0.6\n\nNo.\n"
    )
    document = parse(text.encode(), "a.txt")
    assert document.tables[0].n_rows == 0
    assert document.status == "partial"
