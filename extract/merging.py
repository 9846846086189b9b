"""Main text and supplements as one document, each part with its file's name, so that mentions are compared over all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from counterproof.extract.builder import BLOCK_GAP
from counterproof.kb import bundle
from counterproof.kb.document import Block, BlockKind, Cell, Document, File, Locator, Status, Table
from counterproof.kb.errors import DocumentError

Parse = Callable[[bytes, str], Document]


def parse(data: bytes, path: str, parts: tuple[bytes, ...], parse_one: Parse) -> Document:
    """The document of a bundle: metadata and references are the main text's; a supplement that cannot be read is a problem told.

    Raises ``DocumentError`` where the main text cannot be read.
    """
    names = bundle.names_of(path, len(parts))
    merged = parse_one(parts[0], names[0])
    problems = list(merged.problems)
    files = [_file(names[0], parts[0], merged, 0)]
    status: Status = merged.status
    for name, part in zip(names[1:], parts[1:], strict=True):
        try:
            supplement = parse_one(part, name)
        except DocumentError as error:
            problems.append(str(error) if str(error).startswith(name) else f"{name}: {error}")
            status = "partial"
            continue
        problems += [f"{name}: {problem}" for problem in supplement.problems]
        status = "partial" if supplement.status != "ok" else status
        merged = _joined(merged, supplement, name)
        files.append(_file(name, part, supplement, len(merged.text) - len(supplement.text)))
    return replace(
        merged, id=hashlib.sha256(data).hexdigest(), path=path, problems=tuple(problems), status=status, files=tuple(files)
    )  # fmt: skip


def _file(name: str, data: bytes, document: Document, start: int) -> File:
    digest = hashlib.sha256(data).hexdigest()
    return File(name, digest, len(data), document.format, document.n_pages, start, start + len(document.text))


def _joined(main: Document, supplement: Document, name: str) -> Document:
    """The main document with a supplement behind it; a label that both print for a table gets the supplement's name."""
    text = main.text if main.text.endswith(BLOCK_GAP) else main.text + BLOCK_GAP
    by, tables = len(text), len(main.tables)
    taken = {table.label for table in main.tables if table.label}
    return replace(
        main,
        text=text + supplement.text,
        blocks=(*main.blocks, *(_moved_block(block, by, tables) for block in supplement.blocks)),
        tables=(*main.tables, *(_moved_table(table, by, tables, name if table.label in taken else None) for table in supplement.tables)),
        references=main.references or supplement.references,
    )


def _moved_block(block: Block, by: int, tables: int) -> Block:
    kind: BlockKind = "heading" if block.kind == "title" else block.kind
    return block._replace(kind=kind, locator=_moved(block.locator, by), table=None if block.table is None else block.table + tables)


def _moved_table(table: Table, by: int, tables: int, name: str | None) -> Table:
    cells = tuple(_moved_cell(cell, by) for cell in table.cells)
    label = f"{table.label} ({name})" if name else table.label
    return replace(table, index=table.index + tables, label=label, cells=cells, locator=_moved(table.locator, by))


def _moved_cell(cell: Cell, by: int) -> Cell:
    return cell._replace(locator=_moved(cell.locator, by))


def _moved(locator: Locator, by: int) -> Locator:
    return locator._replace(start=locator.start + by, end=locator.end + by)
