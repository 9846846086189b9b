"""Claims find the arm that a sentence names in its own way: by a code, as the control of two arms, by what it consists of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def counts(made: Any) -> list[tuple[str | None, str | None, str, str | None]]:
    """Outcome, arm, count and base of every claim that counts."""
    return [
        (what, arm, numbers["count"], made.base(i)) for i, (what, arm, numbers) in enumerate(made.claims) if "count" in numbers
    ]  # fmt: skip


def test_numbers_of_an_arms_name_are_no_claims(read: Callable[..., Any]) -> None:
    arms = (("Placebo group", 79), ("30 μg vaccine group", 83), ("60 µg vaccine group", 80))
    made = read(
        "The occurrence of fever was 5.1% (4/79), 3.6% (3/83) and 5.0% (4/80) in the placebo, 30 µg vaccine and 60 μg vaccine groups"
        " respectively (P = 0.88).", arms=arms,
    )  # fmt: skip
    fever = "occurrence of fever"
    assert counts(made) == [
        (fever, "Placebo group", "4", "79"), (fever, "30 μg vaccine group", "3", "83"), (fever, "60 µg vaccine group", "4", "80"),
    ]  # fmt: skip
    assert {e.number.text for e in made.told} == {"5.1", "4", "79", "3.6", "3", "83", "5.0", "80", "0.88"}


def test_control_is_the_arm_that_got_nothing(read: Callable[..., Any]) -> None:
    made = read("After one year, 45 patients in the intervention group and 58 patients in the control group had died. "
                "The control group was older.", arms=(("Diary", 326), ("No diary", 326)))  # fmt: skip
    assert [arm for _, arm, _, _ in counts(made)] == ["Diary", "No diary"]


def test_control_stays_apart_where_no_arm_is_untreated(read: Callable[..., Any]) -> None:
    made = read("After one year, 45 patients in the diary group and 58 patients in the control group had died. "
                "The control group was older.", arms=(("Diary", 326), ("Booklet", 326)))  # fmt: skip
    assert [arm for _, arm, _, _ in counts(made)] == ["Diary", "control"]


def test_groups_by_codes_have_their_own_bases(read: Callable[..., Any]) -> None:
    made = read(
        "Participants of IG1 got a letter and participants of IG3 a card.",
        "Most answered: 92% (94/102) participants of IG3 returned the form compared to 85% (91/107) in IG1 (P = 0.06).",
    )
    assert counts(made) == [("returned the form", "IG3", "94", "102"), ("returned the form", "IG1", "91", "107")]
    assert [(e.number.text, made.facts.arms[e.arm].label) for e in made.told if e.kind == "n"] == [("102", "IG3"), ("107", "IG1")]


def test_genes_and_vertebrae_are_no_groups(read: Callable[..., Any]) -> None:
    made = read("Patients with IL2 above 4 and IL6 above 9 were older.", "Lesions of L1 and of L2 were seen in 4 (10%) patients.")
    assert not made.facts.arms


def test_an_arm_may_consist_of_villages(read: Callable[..., Any]) -> None:
    made = read(
        "In control villages, 82% (331/403) of water samples tested positive for E. coli compared to 77% (310/404) of samples in"
        " intervention villages.", arms=(("Control", 403), ("Intervention", 404)),
    )  # fmt: skip
    assert counts(made) == [
        ("tested positive for E. coli", "Control", "331", "403"),
        ("tested positive for E. coli", "Intervention", "310", "404"),
    ]


PAIR = (("Drug", 105), ("Placebo", 104))


def arms(made: Any) -> list[tuple[str | None, str, str | None]]:
    """Outcome, first number and arm of every claim."""
    return [(what, next(iter(numbers.values())), arm) for what, arm, numbers in made.claims]


def test_pairs_go_on_in_the_order_of_the_first(read: Callable[..., Any]) -> None:
    made = read("Fever was more frequent in the drug group than in the placebo group (63% vs. 39%; P < 0.001), as was cough "
                "(28% vs. 11%; P = 0.002) and rash (5% vs. 2%; P = 0.21).", arms=PAIR)  # fmt: skip
    assert [(number, arm) for _, number, arm in arms(made)] == [
        ("63", "Drug"), ("39", "Placebo"), ("28", "Drug"), ("11", "Placebo"), ("5", "Drug"), ("2", "Placebo"),
    ]  # fmt: skip


def test_arms_listed_behind_several_lists(read: Callable[..., Any]) -> None:
    made = read("After one year, 31 and 35 patients had died, and 6 and 14 men had relapsed in the drug and placebo groups, respectively.",
                arms=PAIR)  # fmt: skip
    assert [one[:3] for one in counts(made)] == [("died", "Drug", "31"), ("died", "Placebo", "35"),
                                                 ("relapsed", "Drug", "6"), ("relapsed", "Placebo", "14")]  # fmt: skip


def test_a_sentence_about_one_arm(read: Callable[..., Any]) -> None:
    made = read("In the drug group, 12 patients (11%) had fever before and 4 (4%) after the visit.", arms=PAIR)
    assert {arm for _, _, arm in arms(made)} == {"Drug"}
    change = read(
        "In the placebo group, the score fell from 27.4 ± 4.0 to 21.5 ± 4.3 (P < 0.01) and 80.5 ± 8.3 to 70.6 ± 7.4 (P < 0.01).", arms=PAIR
    )
    assert "Drug" not in {arm for _, _, arm in arms(change)}


def test_an_arm_right_behind_its_number(read: Callable[..., Any]) -> None:
    made = read("Fever did not differ (7.4% drug versus 7.7% placebo; P = 0.687).", arms=PAIR)
    assert [(number, arm) for _, number, arm in arms(made)] == [("7.4", "Drug"), ("7.7", "Placebo")]


def test_an_arms_own_mean(read: Callable[..., Any]) -> None:
    made = read("Age differed, with the drug group having a mean of 63.1 (SD 1.5) versus the placebo group's mean of 61.8 (SD 1.2).",
                arms=PAIR)  # fmt: skip
    assert [(number, arm) for _, number, arm in arms(made)] == [("63.1", "Drug"), ("61.8", "Placebo")]
    listed = read("Survival was shorter in the drug arm versus the placebo arm with a median of 14.5 months versus 24.2 months.", arms=PAIR)
    assert [(number, arm) for _, number, arm in arms(listed)] == [("14.5", "Drug"), ("24.2", "Placebo")]


def test_parts_of_a_count_in_brackets(read: Callable[..., Any]) -> None:
    made = read("In total 9 subjects (5 in the drug group and 4 in the placebo group) withdrew from the study.", arms=PAIR)
    what = "withdrew from the study"
    assert [one[:3] for one in counts(made)][1:] == [(what, "Drug", "5"), (what, "Placebo", "4")]
    deaths = read("Eight deaths (7 in the drug arm; 1 in the placebo arm) were reported.", arms=PAIR)
    assert [(number, arm) for _, number, arm in arms(deaths)] == [("Eight", None), ("7", "Drug"), ("1", "Placebo")]


def test_measurements_at_arms_are_no_counts(read: Callable[..., Any]) -> None:
    made = read("The score was 12 in the drug group and 15 in the placebo group.", arms=PAIR)
    assert not counts(made)


def test_a_ratio_between_arms_belongs_to_none(read: Callable[..., Any]) -> None:
    made = read("Death was rarer in the drug than in the placebo group (OR = 0.48; 95% CI, 0.27–0.95; P = 0.02).", arms=PAIR)
    assert [arm for _, _, arm in arms(made)] == [None]


def test_numbers_in_words_above_a_hundred(read: Callable[..., Any]) -> None:
    made = read("One hundred fourteen patients died and two hundred and forty-two patients survived.")
    assert [e.number.value for e in made.told if e.kind == "count"] == [114, 242]


def test_means_in_the_style_of_psychology(read: Callable[..., Any]) -> None:
    made = read(
        "Patients in the drug group (M = 4.9, SD = 1.2) scored higher than those in the placebo group (M = 4.4, SD = 1.1).", arms=PAIR
    )
    assert [(number, arm) for _, number, arm in arms(made)] == [("4.9", "Drug"), ("4.4", "Placebo")]
    shared = read(
        "Patients in the drug group scored higher on recall than the placebo group (M = 4.9 vs. 4.4, t(207) = 4.11, P < 0.001).", arms=PAIR
    )
    assert [(n, arm) for _, n, arm in arms(shared) if n != "4.11"] == [("4.9", "Drug"), ("4.4", "Placebo")]


def test_counts_of_events_and_of_people_receiving_an_arm(read: Callable[..., Any]) -> None:
    made = read("There were 12 deaths in the drug group and 15 in the placebo group.", arms=PAIR)
    assert [one[:3] for one in counts(made)] == [("deaths", "Drug", "12"), ("deaths", "Placebo", "15")]
    treated = read("Deaths occurred in 12 patients receiving the drug and 15 receiving placebo.", arms=PAIR)
    assert [one[:3] for one in counts(treated)] == [("Deaths", "Drug", "12"), ("Deaths", "Placebo", "15")]
    total = read("A total of 27 patients died: 12 in the drug group and 15 in the placebo group.", arms=PAIR)
    assert [one[:3] for one in counts(total)][1:] == [("died", "Drug", "12"), ("died", "Placebo", "15")]


def test_two_sentences_in_one(read: Callable[..., Any]) -> None:
    made = read("Of the 40 patients in the drug group, 12 died; of the 42 in the placebo group, 15 died.", arms=PAIR)
    assert counts(made) == [("died", "Drug", "12", "40"), ("died", "Placebo", "15", "42")]


def test_what_is_said_of_each_group(read: Callable[..., Any]) -> None:
    made = read("Two patients in each group withdrew.", arms=PAIR)
    assert [one[:3] for one in counts(made)] == [("withdrew", "Drug", "Two"), ("withdrew", "Placebo", "Two")]
    assert not counts(read("Two patients in each group withdrew.", arms=(*PAIR, ("Vaccine", 30))))[1:]
