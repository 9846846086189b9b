"""The same audit from the PDF and from the JATS of one article: how many verdicts agree, and which classes do not.

    uv run python benchmarks/pdf_against_jats.py ../shared/real/pairs [-v]

Of the P-values that are recomputed from the JATS: the share recomputed from the PDF with the same verdict (matched by the printed P and
the likest row or sentence). Of the flags from the PDF: the share that the JATS does not give.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import token_set_ratio

FLAGS = {"decision_error", "inconsistent", "misapplied_method", "other_method"}
ALIKE = 60.0
Finding = dict[str, Any]


def findings(paths: list[Path]) -> dict[str, list[Finding]]:
    """All findings of the audit, by the stem of the file."""
    command = [sys.executable, "-m", "counterproof.cli", "audit", "--all", "--format", "jsonl", "--fail-on", "never", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    by: dict[str, list[Finding]] = defaultdict(list)
    for line in done.stdout.splitlines():
        found = json.loads(line)
        if "summary" not in found:
            by[Path(found["document"]).stem].append(found)
    return by


def likest(one: Finding, others: list[Finding]) -> Finding | None:
    """The finding on the same printed P in the likest row or sentence."""
    same = [o for o in others if o["check"] == one["check"] and squeezed(o["reported"]) == squeezed(one["reported"])]
    scored = [(token_set_ratio(one["quote"], o["quote"]), n) for n, o in enumerate(same)]
    best = max(scored, default=(0.0, -1))
    return same[best[1]] if best[0] >= ALIKE else None


def squeezed(text: str) -> str:
    """A printed number without blanks and a leading zero."""
    return "".join(text.split()).lstrip("P=p").lstrip("0").replace("·", ".")


def main() -> None:
    """Print the figures and, with -v, each disagreement."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("-v", action="store_true")
    arg = ask.parse_args()
    pdfs = [p for p in sorted(arg.folder.glob("*.pdf")) if p.with_suffix(".xml").exists()]
    from_pdf, from_jats = findings(pdfs), findings([p.with_suffix(".xml") for p in pdfs])
    classes: Counter[str] = Counter()
    checked = agree = flags = own = 0
    for path in pdfs:
        here, there = from_pdf[path.stem], from_jats[path.stem]
        for one in there:
            if not one["recomputed"]:
                continue
            checked += 1
            other = likest(one, here)
            agree += other is not None and other["verdict"] == one["verdict"]
            if other is None or other["verdict"] != one["verdict"]:
                kind = "not found" if other is None else f"{one['verdict']} -> {other['verdict']} {other['reason'] or ''}".strip()
                classes[kind] += 1
                if arg.v:
                    print(path.stem, kind, one["table"], one["reported"], "|", one["quote"][:90].replace("\n", " "))
        for one in here:
            if one["verdict"] in FLAGS:
                flags += 1
                other = likest(one, [o for o in there if o["verdict"] in FLAGS])
                own += other is None
                if arg.v and other is None:
                    print(path.stem, "only from the PDF:", one["check"], one["table"], one["reported"], "|", one["quote"][:90])
    print(f"articles={len(pdfs)} checked_from_jats={checked} same_from_pdf={agree / max(1, checked):.3f} "
          f"flags_from_pdf={flags} own_flags={own / max(1, flags):.3f}")  # fmt: skip
    for kind, n in classes.most_common():
        print(f"  {n:4} {kind}")


if __name__ == "__main__":
    main()
