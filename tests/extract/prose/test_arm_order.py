"""Numbers behind a list of arms follow in the order of the list."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]
ARMS = (("Surgery alone (n = 89)", 89), ("UFT/LV (n = 88)", 88))


@pytest.mark.parametrize(
    "text",
    [
        "The median survival in the UFT/LV and surgery alone groups were 1.45 years and 0.70 years, respectively.",
        "Median survival of the UFT/LV and surgery alone groups was 1.45 and 0.70 years.",
        "Median survival was 1.45 years in the UFT/LV group and 0.70 years in the surgery alone group.",
    ],
)
def test_each_number_goes_to_its_own_arm(read: Read, text: str) -> None:
    found = {numbers["median"]: arm for _, arm, numbers in read(text, arms=ARMS).claims if arm}
    assert found.get("1.45", "UFT/LV").startswith("UFT/LV")
    assert found.get("0.70", "Surgery").startswith("Surgery")
