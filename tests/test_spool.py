"""What is read of a shard's documents is kept beside memory where it is much, and is given back as it came."""

from __future__ import annotations

import errno
import io
import os
from dataclasses import replace
from pathlib import Path

import pytest

from counterproof import _spool
from counterproof._children import Worker
from counterproof._inputs import Source
from counterproof._limits import Limits
from counterproof._reading import Outcome, read_one
from counterproof._spool import Bodies, spool
from counterproof.kb.errors import StoreError

PAPER = b"Methods\nFisher's test was used.\n\nResults\nRelapse was seen in 4 of 20 patients (P = 0.03).\n"


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


def test_bodies_of_any_size_come_back_and_small_ones_hold_no_file_open(tmp_path: Path) -> None:
    given = [outcome(number, os.urandom(length)) for number, length in enumerate([10, _spool.MAPPED + 5, 20, _spool.MAPPED])]
    with spool(tmp_path) as kept:
        for one in given:
            kept.place().write(one.body)
            kept.keep(replace(one, body=b""))
        bodies = [kept.body(number) for number in range(len(given))]
        assert [type(body) is bytes for body in bodies] == [True, False, True, True]
        assert [bytes(body) for body in bodies] == [one.body for one in given]


def test_a_full_disk_is_no_fault_of_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be kept ends the run with a clear error; the document does not become one that failed."""

    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: Full())
    worker = Worker(Limits())
    try:
        with spool(tmp_path) as kept, pytest.raises(StoreError, match="the disk is full"):
            read_one(Source("a.txt", PAPER), "rows", frozenset(), worker, kept.place)
        assert read_one(Source("a.txt", PAPER), "rows", frozenset(), worker).status == "ok"
    finally:
        worker.close()
        worker.join()
