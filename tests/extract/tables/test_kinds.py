"""Which kind a cell's numbers have: what is announced decides, where arithmetic lets it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterproof.extract.tables.cells import align_commas, read
from counterproof.extract.tables.kinds import Hint, decide, percent_fits, ratio_levels
from counterproof.extract.tables.measures import Measure
from tests.extract.tables.conftest import Read

COUNTS = Hint(("count", "percent"), False)
MEANS = Hint(("mean", "sd"), False)
QUARTILES = Hint(("median", "q1", "q3"), False)


def kinds(texts: list[str], sizes: list[int], *hints: Hint) -> list[tuple[str, ...]]:
    return [verdict.kinds for verdict in decide([read(text) for text in texts], [[size] for size in sizes], hints)]


def test_blood_pressure_is_no_count_though_the_note_names_counts_first() -> None:
    assert kinds(["118 (14)", "105 (12)"], [40, 40], COUNTS, MEANS) == [("mean", "sd")] * 2


def test_small_means_that_could_be_counts_stay_means_where_no_percent_fits() -> None:
    assert kinds(["8 (3)", "9 (4)"], [40, 40], COUNTS, MEANS) == [("mean", "sd")] * 2


def test_counts_are_told_by_their_percents() -> None:
    assert kinds(["9 (22.5)", "4 (10.0)"], [40, 40], MEANS, COUNTS) == [("count", "percent")] * 2


def test_a_label_outweighs_arithmetic() -> None:
    assert kinds(["10 (25)", "20 (50)"], [40, 40], Hint(("mean", "sd"), True)) == [("mean", "sd")] * 2


def test_nothing_announced_and_nothing_fitting_stays_a_value() -> None:
    assert kinds(["12.4 (3.1)", "11.9 (2.8)"], [40, 40]) == [("value", "value")] * 2


def test_a_number_behind_an_interval_is_a_value_in_whichever_arm_it_stands() -> None:
    for texts in (["5 (2-9)", "6 (3-8)2"], ["6 (3-8)2", "5 (2-9)"]):
        assert sorted(kinds(texts, [40, 40], QUARTILES)) == [("median", "q1", "q3"), ("median", "q1", "q3", "value")]
    assert kinds(["2.1 (1, 38)3"], [40], Hint(("statistic", "df"), True)) == [("statistic", "df", "df", "value")]


def test_quartiles_against_range_are_as_announced() -> None:
    assert kinds(["5 (2-9)"], [40], QUARTILES) == [("median", "q1", "q3")]
    assert kinds(["5 (2-9)"], [40], Hint(("median", "min", "max"), False)) == [("median", "min", "max")]
    assert kinds(["5 (2-9)"], [40]) == [("value", "value", "value")]


def test_an_effect_with_a_bare_head_is_told_with_its_interval() -> None:
    assert kinds(["1.62 (0.62, 2.58)"], [40], Hint(("hr",), True), MEANS) == [("hr", "ci_low", "ci_high")]


def test_standard_errors_are_not_standard_deviations() -> None:
    assert kinds(["5.8 ± 0.5"], [40], Hint(("mean", "se"), True), MEANS) == [("mean", "se")]


def test_a_lone_plus_minus_is_doubtful() -> None:
    (verdict,) = decide([read("5.8 ± 0.5")], [[40]], [])
    assert verdict.kinds == ("mean", "sd")
    assert verdict.confidence < 0.8


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1022/2734 (37%)", ("count", "n", "percent")), ("16.8% (33/196)", ("percent", "count", "n")), ("25 (48 %)", ("count", "percent"))],
)
def test_fractions_and_percent_signs_speak_for_themselves(text: str, expected: tuple[str, ...]) -> None:
    assert kinds([text], [3000], MEANS) == [expected]


def test_a_note_may_tell_mean_error_and_interval_together() -> None:
    told: Measure = ("mean", "se", "ci_low", "ci_high")
    assert kinds(["3.7 (1.09) (1.6, 5.8)"], [40], Hint(told, False)) == [told]


def test_a_percent_sign_that_one_cell_forgot() -> None:
    for texts in (["71 (43.3%)", "50 (43.5)", "164 (47.7%)"], ["50 (43.5)", "71 (43.3%)"]):
        assert set(kinds(texts, [200] * len(texts), MEANS)) == {("count", "percent")}
    assert set(kinds(["71.2 (8.8%)", "70.0 (9.1)"], [200, 200], MEANS)) == {("mean", "sd")}
    assert set(kinds(["71 (43.3%)", "50 (143.5)"], [200, 200], MEANS)) == {("mean", "sd")}


def test_a_decimal_comma_among_points_is_no_interval() -> None:
    texts = {0: "57 (46.1)", 1: "12 (9,0)"}
    aligned = align_commas({key: (read(text), text) for key, text in texts.items()})
    assert aligned[1].values == (12.0, 9.0)


@pytest.mark.parametrize(
    ("text", "values"), [("2. 54 (2.3)", (2.54, 2.3)), ("10 218", (10218.0,)), ("4.3 ± 1,4", (4.3, 1.4)), ("(16.6 ± 32.9)", (16.6, 32.9))]
)
def test_slips_of_print_are_read_with_the_spans_of_the_print(text: str, values: tuple[float, ...]) -> None:
    reading = read(text)
    assert reading.values == values
    assert all(part.number.text == text[part.start : part.end].strip() for part in reading.parts)


def test_a_cells_own_size_stands_apart() -> None:
    reading = read("5 : 3 : 10 (n = 18)")
    assert reading.values == (5.0, 3.0, 10.0)
    assert reading.size is not None
    assert reading.size.number.value == 18


def test_levels_of_a_ratio() -> None:
    assert ratio_levels("Sex, male : female", 2) == ["male", "female"]
    assert ratio_levels("ASA (1/2/3)", 3) == ["1", "2", "3"]
    assert ratio_levels("Blood pressure (mm/Hg)", 3) == []
    for label in ("Tuberculosis, n/N", "Relapse (no./total no.)", "Death, events/total", "n/N"):
        assert ratio_levels(label, 2) == []


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 2))
def test_a_rounded_percent_always_fits_its_own_base(count: int, base: int, decimals: int) -> None:
    count = min(count, base)
    assert percent_fits(count, round(100 * count / base, decimals), decimals, base)


@given(st.lists(st.text("0123456789.,()±%/- ", max_size=14), min_size=1, max_size=4))
def test_every_number_of_a_cell_gets_one_kind(texts: list[str]) -> None:
    readings = [read(text) for text in texts if read(text).has_values]
    for reading, verdict in zip(readings, decide(readings, [[50]] * len(readings), [COUNTS, MEANS, QUARTILES]), strict=True):
        assert len(verdict.kinds) == len(reading.parts)


def test_a_capital_n_behind_a_percent_is_its_base(read: Callable[..., Read]) -> None:
    got = read("Marker | Drug % (N) | Placebo % (N) | P\nMutation | 51 (71) | 67 (69) | 0.06\nOther | 95 (41) | 75 (122) | 0.01")
    assert got.numbers("Mutation", "Drug") == {"percent": "51", "n": "71"}
    assert [got.bases(group) for group in got.groups("Mutation")] == [["71"], ["69"]]


HEAD_OF_N = "Symptom | Drug % (N) | Placebo % (N) | P\n"


def test_a_capital_n_behind_percents_of_one_whole_is_the_count(read: Callable[..., Read]) -> None:
    got = read(HEAD_OF_N + "Cough | 40 (280) | 34 (235) | 0.02\nFever | 20 (140) | 26 (179) | 0.008\nRash | 4 (28) | 5 (35) | 0.4")
    assert got.numbers("Cough", "Drug") == {"percent": "40", "count": "280"}
    assert (got.comparison("0.02").kind, got.comparison("0.02").obstacle) == ("counts", None)


@pytest.mark.parametrize("rows", ["", "\nFever | 20.0 (139) | 26.0 (175) | 0.008"])  # alone; with five who have not told of fever
def test_a_capital_n_that_may_be_base_or_count_is_neither(read: Callable[..., Read], rows: str) -> None:
    got = read(f"{HEAD_OF_N}Cough | 40.0 (280) | 34.2 (235) | 0.02{rows}")
    assert got.numbers("Cough", "Drug") == {"percent": "40.0", "value": "280"}
    assert got.comparison("0.02").obstacle is not None


def test_a_row_of_a_part_does_not_make_counts_of_the_others_bases(read: Callable[..., Read]) -> None:
    rows = "Men | 40 (80) | 55 (110) | 0.003\nSmoker | 30 (60) | 45 (90) | 0.002\nAsthma | 10 (20) | 20 (40) | 0.005\n"
    got = read(HEAD_OF_N + rows + "Pregnant (of women) | 20 (24) | 20 (18) | 1.00")
    assert got.numbers("Asthma", "Drug") == {"percent": "10", "value": "20"}


LEVELS = (
    "Factor | Drug (n = 15) | Placebo (n = 15) | P\nInfection before onset\n.Defined | 8 | 8 | 0.86\n.Possible | 3 | 2 |\n.None | 4 | {} |"
)


def test_levels_that_add_up_to_every_arm_are_counts(read: Callable[..., Read]) -> None:
    got = read(LEVELS.format("5"))
    assert got.numbers("Infection before onset", "Placebo", "Possible") == {"count": "2"}
    assert (got.comparison("0.86").kind, got.comparison("0.86").obstacle, len(got.comparison("0.86").members)) == ("counts", None, 6)
    got = read(LEVELS.format("4"))
    assert got.numbers("Infection before onset", "Placebo", "Possible") == {"value": "2"}


@pytest.mark.parametrize("unit", ["/y", "/class", " per year"])
def test_an_effect_for_each_unit(read: Callable[..., Read], unit: str) -> None:
    got = read(f"Factor | HR | 95% CI | P\nAge | 1.02{unit} | 1.01–1.04 | 0.011\nMale sex | 0.8 | 0.55–1.15 | 0.22")
    assert got.numbers("Age", None) == {"hr": "1.02", "ci_low": "1.01", "ci_high": "1.04"}


def test_a_scale_named_for_effects_has_means(read: Callable[..., Read]) -> None:
    head = "Trait | Drug (n = 50) | Sham (n = 60) | P\n | Mean (SE) | Mean (SE) |\n"
    got = read(head + "Treatment effect expectation | 7.8 (0.2) | 9.0 (0.2) | 0.46", head=2)
    assert got.comparison("0.46").kind == "means"
