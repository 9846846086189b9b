"""P-values in cells (the table of rulings, one line a shape) and in running text."""

import csv
from pathlib import Path

import pytest

from counterproof.kb.p_cells import read_p_cell
from counterproof.kb.p_values import PValue, read_p_values

with (Path(__file__).parent / "p_cell_rulings.csv").open(encoding="utf-8", newline="") as lines:
    RULINGS = list(csv.DictReader(lines))


def shown(value: PValue) -> str:
    number = value.number
    if number.value is None:
        return number.text
    reading = f"{number.comparator.replace('=', '')}{number.value:.{max(0, number.decimals)}f}"
    return f"{value.label}: {reading}" if value.label else reading


@pytest.mark.parametrize("line", RULINGS, ids=[line["cell"] for line in RULINGS])
def test_each_shape_of_a_p_cell_has_its_ruling(line: dict[str, str]) -> None:
    cell = read_p_cell(line["cell"])
    assert (cell.ruling, " | ".join(map(shown, cell.values))) == (line["ruling"], line["reading"])


def test_every_shape_of_the_bench_is_ruled(shared: Path) -> None:
    with (shared / "bench" / "p_cells.csv").open(encoding="utf-8", newline="") as lines:
        shapes = {row["example"] for row in csv.DictReader(lines)}
    assert shapes == {line["cell"] for line in RULINGS}


@pytest.mark.parametrize(
    ("cell", "reading"), [("0.07 (NS)", "NS: 0.07"), ("0.12, NS", "NS: 0.12"), ("NS [0.4]", "NS: 0.4"), ("0.03.", "0.03")]
)
def test_a_p_value_with_ns_or_a_full_stop(cell: str, reading: str) -> None:
    (value,) = read_p_cell(cell).values
    assert shown(value) == reading


def test_stars_need_a_legend() -> None:
    assert read_p_cell("*").ruling == "unreadable"
    (value,) = read_p_cell("**", {"*": "<0.05", "**": "P < 0.01"}).values
    assert (value.number.text, value.number.comparator, value.number.value) == ("**", "<", 0.01)


def test_the_head_may_say_that_the_p_comes_first() -> None:
    assert read_p_cell(".56(-2.14 to 3.93)").ruling == "no_p"
    assert [v.number.value for v in read_p_cell(".56(-2.14 to 3.93)", p_first=True).values] == [0.56]


def test_each_line_of_a_cell_may_hold_a_p_value() -> None:
    text = "0.02\n–\n<0.001"
    cell = read_p_cell(text)
    assert [text[value.start : value.end] for value in cell.values] == ["0.02", "<0.001"]
    assert read_p_cell("0.82 (0.56–\n1.19)").ruling == "no_p"


TEXTS = [
    ("the rate was higher (P = .04) vs. control", ".04"),
    ("a p-value of 0.03 and P value was .05", "0.03 .05"),
    ("P < 0.001 and P = 0.047, respectively", "< 0.001 0.047"),
    ("P = 0.001, 0.02 and 0.03, respectively.", "0.001 0.02 0.03"),
    ("p-values of 0.03, 0.04 and 0.05", "0.03 0.04 0.05"),
    ("p=0. 19 was", "0. 19"),
    ("P for trend = 0.02; P for interaction, .03; Pinteraction<0.3", "0.02 .03 <0.3"),
    ("(P=NS) and p=n.s.", "NS n.s."),
    ("P values less than 0.05 were considered significant", "less than 0.05"),
    ("log-rank p 0.03, p < 5 × 10⁻⁸, 𝑃 = 0.02", "0.03 < 5 × 10⁻⁸ 0.02"),
    ("P = 0.03, 95% CI 0.5 to 0.9; P=0.03 and 0.72 (0.5-0.9)", "0.03 0.03"),
    ("PSA = 0.10, Temp = 0.5, P = 5%, P = 097, vitamin P 12, Pearson r = 0.5, P = 0.2–0.4", ""),
    ("3.1^{* P = 0.03} and 4.2 at https://example.org/a?P=0.05 (P = 0.04)", "0.04"),
]


@pytest.mark.parametrize(("text", "values"), TEXTS)
def test_p_values_of_running_text(text: str, values: str) -> None:
    assert " ".join(value.number.text for value in read_p_values(text)) == values
