"""Who is compared: arms in columns and in rows, their sizes, totals, times."""

from collections.abc import Callable

from tests.extract.tables.conftest import Read

Reader = Callable[..., Read]


def test_arms_and_sizes_of_the_head(read: Reader) -> None:
    got = read("Item | Drug (n = 40) | Placebo (n = 40) | P\nFever, n (%) | 9 (22.5) | 4 (10.0) | 0.13")
    assert got.sizes() == {"Drug": "40", "Placebo": "40"}
    assert got.numbers("Fever", "Drug") == {"count": "9", "percent": "22.5"}
    assert got.numbers("Fever", "Placebo") == {"count": "4", "percent": "10.0"}
    assert got.compared("0.13") == [("Drug", None), ("Placebo", None)]
    assert got.comparison("0.13").obstacle is None


def test_sizes_in_a_body_row_with_a_percent(read: Reader) -> None:
    got = read("Item | Open | Closed | P\nNumber (%) | 170 (64.9) | 92 (35.1) |\nAge, mean (SD) | 61 (9) | 60 (8) | 0.37")
    assert got.sizes() == {"Open": "170", "Closed": "92"}
    assert [got.bases(group) for group in got.groups("Age")] == [["170"], ["92"]]


def test_a_total_column_is_no_arm(read: Reader) -> None:
    got = read("Item | Total (n = 80) | A (n = 40) | B (n = 40) | P\nFever, n (%) | 13 (16.3) | 9 (22.5) | 4 (10.0) | 0.13")
    assert [arm.role for arm in got.extraction.arms] == ["total", "arm", "arm"]
    assert got.compared("0.13") == [("A", None), ("B", None)]


def test_counts_and_percents_in_columns_of_their_own(read: Reader) -> None:
    got = read("Item | Drug (n = 40)<< | Placebo (n = 38)<<\n | n | % | n | %\nFever | 9 | 22.5 | 4 | 10.5", head=2)
    assert got.numbers("Fever", "Drug") == {"count": "9", "percent": "22.5"}
    assert got.numbers("Fever", "Placebo") == {"count": "4", "percent": "10.5"}


def test_means_and_sds_in_columns_of_their_own(read: Reader) -> None:
    got = read("Item | Drug<< | Sham<< | t | p\n | M | SD | M | SD | |\nPages | 7.5 | 4.0 | 8.0 | 3.8 | 1.44 | .15", head=2)
    assert got.numbers("Pages", "Drug") == {"mean": "7.5", "sd": "4.0"}
    assert got.compared(".15") == [("Drug", None), ("Sham", None)]


def test_times_below_the_arms(read: Reader) -> None:
    got = read(
        "Item | Drug (n = 20)<< | Sham (n = 20)<<\n | Baseline | Week 12 | Baseline | Week 12\n"
        "Pain, mean (SD) | 60 (20) | 40 (18) | 61 (21) | 55 (19)",
        head=2,
    )
    assert got.numbers("Pain", "Drug", time="Week 12") == {"mean": "40", "sd": "18"}
    assert got.numbers("Pain", "Sham", time="Baseline") == {"mean": "61", "sd": "21"}


def test_arms_below_the_times_have_a_p_for_each_time(read: Reader) -> None:
    got = read(
        "Item | Week 4<<<< | Week 8<<<<\n | Drug (n = 20) | Sham (n = 20) | P | Drug (n = 20) | Sham (n = 20) | P\n"
        "Pain, mean (SD) | 60 (20) | 61 (21) | 0.88 | 40 (18) | 55 (19) | 0.014",
        head=2,
    )
    times = {m.aggregate: got.extraction.aggregates[m.aggregate].timepoint for m in got.comparison("0.014").members}
    assert set(times.values()) == {"Week 8"}
    assert len(times) == 2


def test_arms_in_rows_with_a_row_of_p_values(read: Reader) -> None:
    got = read(
        "Group | n | Before | After\nDrug group | 15 | 28.3 ± 6.6 | 9.0 ± 4.1\n"
        "Control group | 13 | 27.4 ± 4.0 | 21.5 ± 4.3\nP | | 0.679 | <0.001"
    )
    assert got.sizes() == {"Drug group": "15", "Control group": "13"}
    assert got.numbers("What was seen", "Drug group", time="After") == {"mean": "9.0", "sd": "4.1"}
    assert got.compared("<0.001") == [("Drug group", None), ("Control group", None)]


def test_arms_in_rows_below_each_variable(read: Reader) -> None:
    got = read(
        "Item | Drug arm (n = 30) | Sham arm (n = 32)\nAge, mean (SD) | 50 (9) | 51 (8)",
        then="Score | Visit 1 | Visit 2\nFatigue\n. Drug arm | 2.3 ± 0.8 | 3.1 ± 0.9\n. Sham arm | 2.6 ± 0.9 | 3.0 ± 1.0",
    )
    assert got.numbers("Fatigue", "Sham arm", time="Visit 2") == {"mean": "3.0", "sd": "1.0"}


def test_two_arms_with_the_same_size_stay_two(read: Reader) -> None:
    got = read("Item | A (n = 30) | B (n = 30) | P\nFever, n (%) | 3 (10.0) | 6 (20.0) | 0.28")
    assert [m.arm_order for m in got.comparison("0.28").members] == [0, 1]


def test_the_caption_sizes_a_table_without_arms(read: Reader) -> None:
    got = read("Item | No. of patients (%)\nKPS\n. 70-80 | 26 (11.4)\n. 90-100 | 202 (88.6)", caption="Features (n = 228)")
    group = next(group for group in got.groups("KPS") if group.level == "70-80")
    assert (group.arm, got.bases(group), group.partition) == (None, ["228"], True)


def test_a_size_of_another_table_or_of_the_text_lowers_confidence(read: Reader) -> None:
    got = read(
        "Item | Drug arm (n = 30) | Sham arm (n = 32)\nAge, mean (SD) | 50 (9) | 51 (8)",
        then="Item | Drug arm | Sham arm | P\nPain, mean (SD) | 41 (18) | 55 (19) | 0.004",
    )
    assert got.comparison("0.004").confidence < 0.8
    text = read(
        "Item | UG | TG | P\nJump, mean (SD) | 2.2 (0.2) | 2.3 (0.1) | 0.12", prose="They trained one (UG; n = 9) or both legs (TG; n = 9)."
    )
    assert text.sizes() == {"UG": "9", "TG": "9"}
    assert text.comparison("0.12").confidence < 0.8


def test_heads_in_the_middle_of_a_table_begin_a_new_panel(read: Reader) -> None:
    got = read(
        "Response | OR | 95% CI | p-value\nArm | 0.03 | 0.01 – 0.31 | 0.003\nEvents | OR | 95% CI | p-value\n"
        "Arm | 3.30 | 0.88 – 12.43 | 0.077"
    )
    assert got.comparison("0.077").kind == "effect"
    assert got.comparison("0.077").variable == "Events"
