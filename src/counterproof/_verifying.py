"""The command ``verify``: an evidence store held against the shards that it was loaded from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from counterproof._library import open_evidence
from counterproof.kb import canonical
from counterproof.kb.errors import StoreError
from counterproof.kb.sharded import open_shards
from counterproof.kb.shards import Manifest, Shards
from counterproof.kb.store import Store, store_errors

DIFFERS = 1


@dataclass(slots=True)
class Verified:
    """What a store has, by number, and what is the matter with it or its shards, a line each."""

    store: str
    digest: str = ""
    documents: int = 0
    shards: int = 0
    compared: int = 0
    problems: list[str] = field(default_factory=list)


def verify(path: Path, folder: Path, *, format: str, wait: float) -> int:
    """Run the command; the exit code: 0 where nothing is the matter, else 1."""
    found = verified(path, folder, wait=wait)
    if format == "json":
        print(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        print(f"{path}: {found.documents} documents, {found.compared} of them compared with {found.shards} shards")
        print(f"digest {found.digest}")
        for problem in found.problems:
            print(f"problem: {problem}")
    return DIFFERS if found.problems else 0


def verified(path: Path, folder: Path, *, wait: float = 0.0) -> Verified:
    """Check the shards' files, then each document's rows in the store against those in its shard; the digest of all rows."""
    found = Verified(str(path))
    with open_evidence(path, read_only=True, wait=wait) as store, store_errors(path):
        sound = _check_shards(store, Shards(folder), found)
        contents = canonical.digests(store.connection)
        found.digest, found.documents = canonical.total(contents), len(contents)
        if sound:
            _compare(store, folder, sound, found)
    return found


def _check_shards(store: Store, shards: Shards, found: Verified) -> list[str]:
    """The shards of the store whose files are as they were written."""
    recorded = dict(store.connection.execute("select name, digest from facts.shards order by name").fetchall())
    there, sound = set(shards.names()), []
    found.shards = len(recorded)
    for name in recorded.keys() - there:
        found.problems.append(f"{shards.folder / name}: the shard is gone; its documents cannot be compared")
    for name in there - recorded.keys():
        found.problems.append(f"{shards.folder / name}: not loaded yet; `counterproof add` with the same papers loads it")
    for name in sorted(recorded.keys() & there):
        try:
            manifest: Manifest = shards.check(name)
        except StoreError as error:
            found.problems.append(str(error))
            continue
        if manifest.digest == recorded[name]:
            sound.append(name)
        else:
            found.problems.append(f"{shards.folder / name}: another shard than the one that was loaded")
    found.problems.sort()
    return sound


def _compare(store: Store, folder: Path, sound: list[str], found: Verified) -> None:
    """Compare the documents whose current reading in the store came from one of these shards."""
    came = store.connection.execute(
        """select distinct r.document_id from facts.current_readings as r join facts.shards as s
        on r.reading_id >= s.first_reading_id and r.reading_id < s.first_reading_id + s.n_readings
        where s.name in (select unnest(?::varchar[]))""",
        [sound],
    ).fetchall()
    here = canonical.digests(store.connection, audits=False)
    with open_shards(folder, sound) as other:
        there = canonical.digests(other.connection, audits=False)
    for (document,) in sorted(came):
        found.compared += 1
        if here[document] != there.get(document):
            found.problems.append(f"document {document}: the store's rows are not those of its shard")
