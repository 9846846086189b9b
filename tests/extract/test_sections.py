"""From headings to the parts of a paper."""

import pytest

from counterproof.extract.sections import part_of


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Results", "results"),
        ("3. RESULTS", "results"),
        ("III. Results and discussion", "results"),
        ("Main results and the role of chance", "results"),
        ("Findings:", "results"),
        ("2.1. Statistical analysis", "methods"),
        ("Materials and Methods", "methods"),
        ("Patients and methods", "methods"),
        ("Methods/Design", "methods"),
        ("Trial design", "methods"),
        ("Study design, size, duration", "methods"),
        ("Participants", "methods"),
        ("Sample size calculation", "methods"),
        ("Introduction", "introduction"),
        ("1 Background", "introduction"),
        ("Aims and objectives", "introduction"),
        ("Discussion", "discussion"),
        ("Conclusions", "discussion"),
        ("5. Limitations", "discussion"),
        ("Comment", "discussion"),
        ("Abstract", "abstract"),
        ("References", "references"),
        ("Competing interests", "back"),
        ("Authors’ contributions", "back"),
        ("Availability of data and materials", "back"),
        ("Ethics approval and consent to participate", "back"),
        ("Ethical considerations", "back"),
        ("Case presentation", "results"),
        ("Limitations of the study", "discussion"),
        ("Study limitations", "discussion"),
        ("Analyses", "methods"),
        ("Patients", "methods"),
        ("Patients characteristics at baseline", None),
        ("Baseline characteristics", None),
        ("Outcomes", None),
        ("Interaction", None),
        ("", None),
    ],
)
def test_headings_name_parts(heading: str, part: str | None) -> None:
    assert part_of(heading) == part


def test_the_type_decides_where_the_heading_says_nothing() -> None:
    assert part_of("What we saw", "results") == "results"
    assert part_of("Patients", "materials|methods") == "methods"
    assert part_of("Discussion", "results") == "discussion"
    assert part_of("What we saw", "subsection") is None
