"""Says what to do where a checkout has text files in the place of its symbolic links."""

from __future__ import annotations

from pathlib import Path

for _name in ("extract", "kb", "queries", "corpus"):
    if (Path(__file__).parent / _name).is_file():
        raise ImportError(
            f"src/counterproof/{_name} should be a symbolic link, but this checkout has a text file in its place: on Windows switch "
            "developer mode on, run `git config core.symlinks true` and `git checkout -- src/counterproof`; or install the wheel"
        )
