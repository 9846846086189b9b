"""The whole hostile corpus: a name and what makes the file."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile import markup, packages, pdfs

MAKERS: dict[str, Callable[[], bytes]] = {**pdfs.MAKERS, **markup.XML, **markup.HTML, **markup.TEXT, **packages.MAKERS}
