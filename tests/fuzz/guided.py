"""A fuzzing process guided by the coverage of our code: ``python tests/fuzz/guided.py TARGET FOLDER SECONDS [SEED]``.

Whatever a property raises is kept once a place in FOLDER/found, and the search goes on. A crash, a hang or a memory bomb ends the
process, with the input in FOLDER; whoever started it starts it again.
"""

from __future__ import annotations

import random
import sys
import traceback
from pathlib import Path

import atheris  # pyright: ignore[reportMissingImports]

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(  # pyright: ignore[reportAttributeAccessIssue]
    include=["counterproof.extract", "counterproof.kb"], enable_loader_override=False
):
    from tests.fuzz.mutating import mutated
    from tests.fuzz.properties import TARGETS, place

LONGEST = 200_000
tried = 0


def main() -> None:
    """Fuzz one target."""
    target, folder, seconds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    check, found = TARGETS[target], folder / "found"
    found.mkdir(parents=True, exist_ok=True)
    corpus = folder / f"corpus-{target}"
    seeds = [path.read_bytes() for path in sorted(corpus.iterdir())][:200]
    counter = folder / f"tried-{target}-{seed}"

    def one(data: bytes) -> None:
        global tried
        tried += 1
        if tried % 50 == 0:
            counter.write_text(str(tried))
        try:
            check(data)
        except Exception as error:
            kept = found / f"{target}-{place(error)}"
            if not kept.exists() or kept.stat().st_size > len(data):
                kept.write_bytes(data)
                kept.with_suffix(".trace").write_text("".join(traceback.format_exception(error)))

    def change(data: bytes, most: int, number: int) -> bytes:
        choice = random.Random(number)
        if choice.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return mutated(data, choice, seeds)[:most]

    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=2500", "-verbosity=0", f"-seed={seed}",
               f"-artifact_prefix={folder}/{target}-{seed}-", "-print_final_stats=0", "-len_control=0"]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=change, enable_python_coverage=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
