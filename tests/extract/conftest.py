"""Fixtures that the tests of extraction share."""

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Tried = Callable[[str | re.Pattern[str], Callable[[str], None], int], None]
"""An expression, what must hold of a text in which it finds something, and how many such texts to make."""


@pytest.fixture(scope="session")
def tried() -> Tried:
    def try_texts(expression: str | re.Pattern[str], check: Callable[[str], None], n: int) -> None:
        slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.large_base_example, HealthCheck.data_too_large]
        some = settings(max_examples=n, derandomize=True, deadline=None, database=None, suppress_health_check=slow)
        some(given(st.from_regex(expression))(check))()

    return try_texts
