"""What is read of a shard's documents is kept beside memory where it is much, and is given back as it came."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from counterproof import _spool
from counterproof._reading import Outcome
from counterproof._spool import Bodies, spool


def outcome(number: int, body: bytes) -> Outcome:
    return Outcome(f"{number}.xml", str(number), "ok" if body else "failed", body=body, sizes={"evidence": len(body)} if body else {})


@pytest.mark.parametrize("together", [1, 10, 1000])
def test_outcomes_come_back_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr(_spool, "AUDITED", together)
    given = [outcome(number, os.urandom(length)) for number, length in enumerate([3, 0, 9, 40, 5000, 0, 2])]
    with spool(tmp_path) as kept:
        for one in given:
            kept.place().write(b"of one that was killed half way")
            kept.place().write(one.body)
            kept.keep(replace(one, body=b""))
        assert [bytes(kept.body(number)) for number in range(len(given))] == [one.body for one in given]
        assert kept.heads == [replace(one, body=b"") for one in given]
        assert list(map(bytes, Bodies(kept, [0, 2]))) == [given[0].body, given[2].body]
        portions = list(kept.portions())
        assert [number for portion in portions for number in portion] == [0, 2, 3, 4, 6]
        assert all(len(portion) == 1 or sum(len(given[n].body) for n in portion) <= together for portion in portions)
        kept.place().write(given[0].body)
        kept.keep(replace(given[0], body=b""))
        assert bytes(kept.body(len(given))) == given[0].body
    assert not list(tmp_path.iterdir())
