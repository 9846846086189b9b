"""Word files that want to hurt their reader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SENTENCE = "Relapse was rarer with the drug than with placebo, 12.0% against 25.0%, P = 0.03."
PARAGRAPH = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
TYPES = (
    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels' "
    "ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType='application/xml'/>"
    "<Override PartName='/word/document.xml' "
    "ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/>"
    "</Types>"
)


def relations(*entries: str) -> str:
    """A part of relationships."""
    return f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{''.join(entries)}</Relationships>"


def relation(kind: str, target: str, mode: str = "Internal", number: int = 1) -> str:
    """One relationship."""
    return f"<Relationship Id='rId{number}' Type='{OFFICE}/{kind}' Target='{target}' TargetMode='{mode}'/>"


def package(body: str = PARAGRAPH, parts: Mapping[str, str | bytes] | None = None, head: str = "") -> bytes:
    """A Word file with this body and further parts."""
    all_parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(relation("officeDocument", "word/document.xml")),
        "word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>",
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in all_parts.items():
            file.writestr(name, content)
    return out.getvalue()


def bomb(megabytes: int = 1000) -> bytes:
    """A document that is megabytes of blanks, packed a thousandfold."""
    return package(f"<w:p><w:r><w:t>{' ' * (megabytes << 20)}</w:t></w:r></w:p>")


def lying_bomb(megabytes: int = 300) -> bytes:
    """A bomb whose directory says that it is small."""
    data = bytearray(bomb(megabytes))
    real = zipfile.ZipFile(io.BytesIO(bytes(data))).getinfo("word/document.xml").file_size
    return bytes(data.replace(real.to_bytes(4, "little"), (5000).to_bytes(4, "little")))


def picture_bomb(megabytes: int = 600) -> bytes:
    """A picture that swells; the text is sound."""
    return package(parts={"word/media/image1.png": bytes(megabytes << 20)})


def nested_bomb() -> bytes:
    """Packages within packages."""
    inner = bomb(200)
    for level in range(5):
        inner = package(parts={f"word/embeddings/file{level}-{n}.docx": inner for n in range(3)})
    return inner


def many_parts(number: int = 60_000) -> bytes:
    """More parts than any file has."""
    return package(parts={f"word/media/{n}.xml": "<a/>" for n in range(number)})


def path_tricks() -> bytes:
    """Parts whose names lead out of the package."""
    names = ("../../../tmp/owned.xml", "/etc/owned.xml", "word/..\\..\\owned.xml", "word/\x00owned.xml", "C:\\owned.xml")
    return package(
        parts={**dict.fromkeys(names, "<owned/>"), "word/_rels/document.xml.rels": relations(relation("styles", "../../../../etc/passwd"))}
    )


def external_relations(address: str = "http://127.0.0.1:9/") -> bytes:
    """A template, a picture, notes and styles that stand elsewhere."""
    kinds = ("attachedTemplate", "image", "footnotes", "styles", "subDocument", "oleObject", "hyperlink", "numbering", "settings")
    entries = [relation(kind, address, "External", n) for n, kind in enumerate(kinds, 1)]
    return package(parts={"word/_rels/document.xml.rels": relations(*entries)})


def external_entity(address: str = "file:///etc/passwd") -> bytes:
    """An entity that stands elsewhere, in the document itself."""
    return package(f"<w:p><w:r><w:t>&x;{SENTENCE}</w:t></w:r></w:p>", head=f"<!DOCTYPE d [<!ENTITY x SYSTEM '{address}'>]>")


def laughs() -> bytes:
    """Billion laughs in Word."""
    names = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'ha '}'>" for n in range(12))
    return package("<w:p><w:r><w:t>&e11;</w:t></w:r></w:p>", head=f"<!DOCTYPE d [{names}]>")


def deep(depth: int = 100_000) -> bytes:
    """Content controls within content controls."""
    return package("<w:sdt><w:sdtContent>" * depth + PARAGRAPH + "</w:sdtContent></w:sdt>" * depth)


def nested_tables(depth: int = 40) -> bytes:
    """Tables within cells."""
    return package("<w:tbl><w:tr><w:tc>" * depth + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * depth)


def wide_table(columns: int = 10_000) -> bytes:
    """Thousands of columns, each of which spans as many."""
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='999999999'/><w:vMerge/></w:tcPr><w:p><w:r><w:t>1 (5%)</w:t></w:r></w:p></w:tc>"
    return package(f"{PARAGRAPH}<w:tbl>{f'<w:tr>{cell * columns}</w:tr>' * 5}</w:tbl>")


def many_runs(number: int = 300_000) -> bytes:
    """Each letter on its own."""
    return package(f"<w:p>{'<w:r><w:t>1 </w:t></w:r>' * number}</w:p>{PARAGRAPH}")


def many_changes(number: int = 60_000) -> bytes:
    """Tracked changes in one another's place."""
    return package(
        f"<w:p>{'<w:ins><w:r><w:t>a </w:t></w:r></w:ins><w:del><w:r><w:delText>b</w:delText></w:r></w:del>' * number}</w:p>{PARAGRAPH}"
    )


def merged_down(lines: int = 4_000) -> bytes:
    """Cells that go on over thousands of rows."""
    cell = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    return package(f"{PARAGRAPH}<w:tbl>{f'<w:tr>{cell * 20}</w:tr>' * lines}</w:tbl>")


MAKERS: dict[str, Callable[[], bytes]] = {
    "zip-bomb.docx": bomb,
    "lying-zip-bomb.docx": lying_bomb,
    "picture-bomb.docx": picture_bomb,
    "nested-bombs.docx": nested_bomb,
    "sixty-thousand-parts.docx": many_parts,
    "path-tricks.docx": path_tricks,
    "external-relations.docx": external_relations,
    "external-entity.docx": external_entity,
    "billion-laughs.docx": laughs,
    "deep-nesting.docx": deep,
    "nested-tables.docx": nested_tables,
    "ten-thousand-columns.docx": wide_table,
    "letter-by-letter.docx": many_runs,
    "many-changes.docx": many_changes,
    "merged-down.docx": merged_down,
}
