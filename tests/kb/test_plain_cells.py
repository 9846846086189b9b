"""The commonest cells, read at one glance, are read as the full reader reads them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterproof.kb import cells, plain_cells

_WHOLE = "(0|[1-9][0-9]{0,5})"
_NUMBER = rf"([<>≤≥] ?)?[-−–]?({_WHOLE}([.][0-9]{{1,6}})?|[.][0-9]{{1,6}})( ?%)?"
_FORMS = (
    rf"{_NUMBER}", rf"{_NUMBER}[ \n]?[(]{_NUMBER}[)]", rf"{_NUMBER} ?± ?{_NUMBER}", rf"{_WHOLE}/{_WHOLE}( ?[(]{_NUMBER}[)])?",
    rf"{_NUMBER}[ \n]?[(\[]{_NUMBER}(,|;|-|–|−| to| –| -| −) ?{_NUMBER}[)\]]",
    rf"[(\[]?{_NUMBER}(,|-|–|−| to| –| -| −) ?{_NUMBER}[)\]]?",
)  # fmt: skip
_CELLS = st.one_of(*(st.from_regex(re.compile(form, re.ASCII), fullmatch=True) for form in _FORMS))


@given(_CELLS)
def test_a_plain_cell_is_read_as_any_other(text: str) -> None:
    found = plain_cells.read_plain(text)
    assert found is None or found == cells.read_any(text)


@pytest.mark.parametrize(
    "text", ["12", "−0.5", ".98", "14 (35.0%)", "5.1 ± 0.4", "1.2 (0.8–1.9)", "1.2 [−0.8 to 1.9]", "12/40 (30)", "3–7", "(−1.5 to 2)"]
)
def test_common_cells_are_plain(text: str) -> None:
    assert plain_cells.read_plain(text)


@pytest.mark.parametrize("text", ["", "097", "1,234", "12*", "5 mg", "10⁹", "2.5 (IQR 1–3)", "1/2/2010", "P = 0.04", "6,7 ± 1,8"])
def test_cells_that_need_care_are_not(text: str) -> None:
    assert plain_cells.read_plain(text) is None
