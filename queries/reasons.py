"""Why a P-value cannot be recomputed, in words for people."""

from __future__ import annotations

REASONS = {
    "no_values": "no values stand beside it",
    "no_dispersion": "no SD, SE or interval is printed",
    "rank_test_on_summaries": "a rank test needs the patients' values",
    "survival_test": "a log-rank test needs the patients' times",
    "adjusted_model": "it comes from an adjusted model",
    "arm_size_unknown": "the size of an arm is not printed",
    "paired_design": "the design is paired or matched",
    "crossover_design": "the design is crossover",
    "clustered_design": "the design is clustered",
    "statistic_unnamed": "the statistic beside it is not named",
    "dispersion_doubtful": "an SD of less than 2% of its mean may be an SE or on another scale",
    "reading_unsure": "the sentence does not name the arms or sizes clearly",
    "inputs_inconsistent": "the numbers beside it contradict each other, which is told apart",
    "transformed_scale": "the table says that values were transformed for the tests",
    "overall_test": "it stands beside several contrasts and tests them together",
    "rank_test_plausible": "the values are skewed and no test is named; a rank test cannot be redone",
    "unreadable_p": "the P-value cannot be read",
    "trend_test": "it is a test for trend",
    "interaction_test": "it is a test for interaction",
    "pairwise_unclear": "which arms it compares is not clear",
    "within_arm_change": "it tests a change within one arm",
    "multiple_responses": "the levels overlap (several answers a patient)",
    "event_counts": "the counts are events, not patients",
    "single_arm": "there is one arm only",
    "cited_study": "it is another study's",
    "not_a_comparison": "it compares no arms",
    "set_aside": "a reader has set the flag aside as a false alarm",
    "arms_unclear": "which arms it compares is not clear",
}
