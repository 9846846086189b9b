"""The corpus that ships with counterproof: what there is, and its documents as evidence."""

from __future__ import annotations

import builtins
import hashlib
import tomllib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from counterproof.kb.errors import CounterproofError, UsageError

if TYPE_CHECKING:
    from counterproof.kb.dataset import Dataset


class CorpusDocument(BaseModel):
    """A document of a data set: its file, the SHA-256 of its bytes, its file of hand labels, and the paper it renders."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    labels: Path | None = None
    renders: str = ""


class Card(BaseModel):
    """What a data set is: name, title, description, revision, licence, how it was made, how to cite it, and its documents.

    >>> card("rectal-demo").licence
    'MIT'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    description: str
    revision: str
    licence: str
    made: str
    citation: str
    documents: tuple[CorpusDocument, ...]

    @property
    def checksum(self) -> str:
        """SHA-256 of the documents' own checksums, one a line: two data sets of one checksum have the same documents.

        >>> card("rectal-demo").checksum[:8]
        '6ca67331'
        """
        return hashlib.sha256("".join(f"{document.sha256}\n" for document in self.documents).encode()).hexdigest()

    def __str__(self) -> str:
        lines = [f"{self.title} (revision {self.revision})", self.description, f"Documents: {len(self.documents)}"]
        lines += [f"  {document.path.name}: {document.renders}" for document in self.documents]
        return "\n".join([*lines, f"Licence: {self.licence}", f"Made: {self.made}", f"Checksum: {self.checksum}", f"Cite: {self.citation}"])


def list() -> builtins.list[Card]:
    """The cards of the data sets, by name.

    >>> [card.name for card in list()]
    ['rectal-demo']
    """
    manifest = tomllib.loads((_corpus() / "manifest.toml").read_text("utf-8"))
    return [_card(name, entry) for name, entry in sorted(manifest.get("datasets", {}).items())]


def card(name: str, *, revision: str | None = None) -> Card:
    """The card of one data set.

    >>> card("rectal-demo").revision
    '1'

    Raises UsageError where no data set has this name, or it is shipped in another revision.
    """
    found = {one.name: one for one in list()}
    if name not in found:
        raise UsageError(f"no data set is named {name}; there are: {', '.join(found)}")
    if revision is not None and found[name].revision != revision:
        raise UsageError(f"the data set {name} is shipped in revision {found[name].revision}, not {revision}")
    return found[name]


def path(name: str) -> Path:
    """The folder of a data set's documents, after their checksums were verified."""
    documents = verified(card(name)).documents
    return documents[0].path.parent if documents else _corpus()


def load(name: str, *, revision: str | None = None) -> Dataset:
    """The documents of a data set, read into a new store in memory and checked.

    >>> demo = load("rectal-demo", revision="1")
    >>> len(demo.papers), demo.findings.where(verdict="inconsistent").first().verdict
    (3, 'inconsistent')

    Raises UsageError as :func:`card` does, and CounterproofError where a file is not the one that was shipped.
    """
    import counterproof

    chosen = verified(card(name, revision=revision))
    data = counterproof.open()
    data.add([str(document.path) for document in chosen.documents])
    data.check()
    return data


def verified(card: Card) -> Card:
    """The card, if each file has the checksum that the manifest gives."""
    for document in card.documents:
        try:
            found = hashlib.sha256(document.path.read_bytes()).hexdigest()
        except OSError as error:
            raise CounterproofError(f"{document.path}: missing from the data set {card.name}; install counterproof again") from error
        if found != document.sha256:
            raise CounterproofError(f"{document.path}: not the file that was shipped (checksum {found}); install counterproof again")
    return card


def _corpus() -> Path:
    return Path(str(resources.files("counterproof.corpus")))


def _card(name: str, entry: dict[str, Any]) -> Card:
    """The card of a manifest's entry, its files named from the corpus folder; a field that no card has is an error."""
    folder = _corpus()
    documents = []
    for one in entry.get("documents", ()):
        files = {"path": folder / one["file"], "labels": folder / one["labels"] if one.get("labels") else None}
        documents.append({key: value for key, value in one.items() if key not in ("file", "labels")} | files)
    return Card.model_validate({**entry, "name": name, "documents": documents})
