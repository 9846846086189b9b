"""Hides a module from the imports of a process that has no use for it.

Arrow loads pandas as soon as it is given a list, only to see that this is no frame: that costs a second and 50 MB.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder


def hide(name: str) -> None:
    """From now on this process finds no module of this name; everything else is left to the other finders."""
    sys.meta_path.insert(0, _Without(name))


class _Without(MetaPathFinder):
    def __init__(self, name: str) -> None:
        self.name = name

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        if fullname == self.name:
            raise ModuleNotFoundError(fullname, name=fullname)
