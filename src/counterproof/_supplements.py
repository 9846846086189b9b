"""A paper with its supplements as one document to read."""

from __future__ import annotations

from collections.abc import Sequence

from counterproof._inputs import Source
from counterproof._limits import Limits
from counterproof.kb import bundle
from counterproof.kb.errors import UsageError


def joined(found: list[Source], supplements: Sequence[str], limits: Limits | None = None) -> list[Source]:
    """The one paper found with its supplements; without any, what was found.

    Raises UsageError where supplements go with more than one paper, or a file cannot be read.
    """
    if not supplements:
        return found
    if len(found) != 1:
        raise UsageError(f"supplements belong to one paper, but {len(found)} were given; add the papers one by one")
    most = (limits or Limits()).file_size
    files = (*found, *map(Source, supplements))
    try:
        data = [source.read(most) for source in files]
    except OSError as error:
        raise UsageError(f"{error.filename or supplements[0]}: cannot be opened ({error.strerror or error})") from error
    return [Source(bundle.path_of(found[0].path, supplements), bundle.pack(data))]
