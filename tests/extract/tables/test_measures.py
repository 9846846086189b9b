"""What heads and labels name: the thing, and the statistics that its numbers are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterproof.extract.tables.headings import is_time, read_heading
from counterproof.extract.tables.measures import _TERMS, measures_of, name_and_measures, terms
from counterproof.extract.tables.units import unit_of


@pytest.mark.parametrize(
    ("label", "name", "measures"),
    [
        ("Age in years, mean ± SD", "Age in years", (("mean", "sd"),)),
        ("Female sex (no. ; %)", "Female sex", (("count", "percent"),)),
        ("Age (yr; SD)", "Age (yr)", (("sd",),)),
        ("Time on ward [median, interquartile]", "Time on ward", (("median", "q1", "q3"),)),
        ("Stay (median, range)", "Stay", (("median", "min", "max"),)),
        ("Cured n (%)", "Cured", (("count", "percent"),)),
        ("Sex – no. (%)", "Sex", (("count", "percent"),)),
        ("Pain score, range 0-100 mm", "Pain score, range 0-100 mm", ()),
        ("Surgery: median length [min](IQR)", "Surgery: median length [min]", (("median", "q1", "q3"),)),
        ("Nodes found, mean (SD)", "Nodes found", (("mean", "sd"),)),
        ("No", "No", ()),
    ],
)
def test_row_labels_are_parted_from_their_statistics(label: str, name: str, measures: tuple[tuple[str, ...], ...]) -> None:
    naming = name_and_measures(label, head=False)
    assert (naming.name, naming.measures) == (name, measures)


@pytest.mark.parametrize(
    ("head", "measures"),
    [
        ("n", (("count",),)),
        ("No. of patients (%)", (("count", "percent"),)),
        ("M", (("mean",),)),
        ("M (%) ± SD", (("mean", "sd"),)),
        ("HR (95% CI)", (("hr", "ci_low", "ci_high"),)),
        ("B (95% CI)", (("coefficient", "ci_low", "ci_high"),)),
        ("F (df)", (("statistic", "df"),)),
        ("Lower bound", (("ci_low",),)),
        ("Geometric mean (CV%)", (("mean", "value"),)),
    ],
)
def test_heads_name_statistics(head: str, measures: tuple[tuple[str, ...], ...]) -> None:
    assert name_and_measures(head, head=True).measures == measures


def test_a_note_may_name_several_measures() -> None:
    note = "Data are mean and range for age, mean (standard deviation) or number (proportion) for the rest"
    assert measures_of(note) == (("mean", "min", "max"), ("mean", "sd"), ("count", "percent"))


def test_a_head_gives_name_and_size() -> None:
    heading = read_heading("Active arm (n = 1,410), n (%)")
    assert heading.size is not None
    assert (heading.name, heading.size.value, heading.measures) == ("Active arm", 1410, (("count", "percent"),))


@pytest.mark.parametrize("head", ["P", "p value", "P-value (t-test)", "p- value", "P for trend", "Sig.", "Adjusted P", "Pvalue"])
def test_heads_of_p_values(head: str) -> None:
    assert read_heading(head).p


@pytest.mark.parametrize("label", ["P1", "PCS", "Group (P)", "Placebo", "Parity", "PONV"])
def test_what_only_looks_like_p(label: str) -> None:
    assert not read_heading(label, head=False).p
    assert not read_heading(label).p or label == "P1"


@pytest.mark.parametrize("text", ["Baseline", "Week 12", "3 months", "12th week", "After treatment", "6-month follow-up", "Cycle 1/Day 1"])
def test_times(text: str) -> None:
    assert is_time(text)


def test_a_range_of_years_on_a_row_is_a_class_not_a_time() -> None:
    assert read_heading("30–50 years", head=False).time is None


@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    assert read_heading(text).text == text
    assert isinstance(read_heading(text, head=False).measures, tuple)


@pytest.mark.parametrize(
    ("label", "unit"),
    [("Weight (kg)", "kg"), ("Age in years, mean ± SD", "years"), ("Stay, days", "days"), ("BMI (kg/m²)", "kg/m²"), ("Sex (male)", None)],
)
def test_units(label: str, unit: str | None) -> None:
    assert unit_of(label) == unit


ANY_TERM = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _TERMS.items()), re.IGNORECASE)


@pytest.mark.parametrize("pattern", _TERMS.values())
@given(data=st.data())
def test_no_term_is_passed_over(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE)))
    assert terms(text) == tuple(hit.lastgroup for hit in ANY_TERM.finditer(text))


@pytest.mark.parametrize(
    ("label", "name", "measure"),
    [
        ("Sex N (% male)", "Sex (male)", ("count", "percent")),
        ("Sex, n (% female)", "Sex (female)", ("count", "percent")),
        ("Sex (n, % male)", "Sex (male)", ("count", "percent")),
        ("Gender (% male)", "Gender (male)", ("percent",)),
        ("Sex (female %)", "Sex (female)", ("percent",)),
        ("n (% men)", "men", ("count", "percent")),
    ],
)
def test_a_percent_may_name_its_level_in_the_bracket(label: str, name: str, measure: tuple[str, ...]) -> None:
    found = name_and_measures(label, head=False)
    assert (found.name, found.measures, found.explicit) == (name, (measure,), True)


def test_a_percent_of_what_is_predicted_is_no_share_of_people() -> None:
    assert name_and_measures("FEV1 (% predicted)", head=False).measures == ()


@pytest.mark.parametrize("label", ["Age, years (% male)", "Age (% women)"])
def test_a_share_of_a_sex_behind_something_measured_makes_it_no_count(label: str) -> None:
    assert not name_and_measures(label, head=False).measures


def test_a_share_of_yes_may_be_of_anything() -> None:
    assert name_and_measures("Smoking (% yes)", head=False).measures == (("percent",),)
