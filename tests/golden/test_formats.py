"""One paper in five formats: the invented trial of the corpus, set again as Word, JATS, PDF and plain text, gives the same numbers."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable
from html import escape
from pathlib import Path

import docx
import pytest
from lxml import etree
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

import counterproof
from counterproof.corpus.agreement import LABELS, compare, labelled, read_numbers
from counterproof.extract.pipeline import read
from counterproof.kb.contract import extraction_object

SOURCE = LABELS.parent / "planted" / "planted-trial.html"
Row = list[tuple[str, int]]
Part = tuple[str, str, list[Row]]
RULES = [("LINEABOVE", (0, 0), (-1, 0), 0.8, "black"), ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black")]


def parts() -> list[Part]:
    """The trial's elements in order: tag, text (a table's caption), and a table's rows as texts with the columns they span."""
    article = etree.HTML(SOURCE.read_text("utf-8")).find(".//article")
    assert article is not None
    found = []
    for element in article:
        rows = [[("".join(cell.itertext()), int(cell.get("colspan", "1"))) for cell in row] for row in element.iter("tr")]
        caption = element.find("caption")
        found.append((str(element.tag), "".join((element if caption is None else caption).itertext()).strip(), rows))
    return found


def as_word() -> bytes:
    document = docx.Document()
    for tag, text, rows in parts():
        if not rows:
            document.add_paragraph(text, style={"h1": "Title", "h2": "Heading 1"}.get(tag, "Normal"))
            continue
        document.add_paragraph(text, style="Caption")
        table = document.add_table(0, max(sum(span for _, span in row) for row in rows))
        for row in rows:
            cells, column = table.add_row().cells, 0
            for cell, span in row:
                cells[column].text = cell
                cells[column].merge(cells[column + span - 1])
                column += span
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_jats() -> bytes:
    front, body = "", ""
    for tag, text, rows in parts():
        words = escape(text)
        if tag == "h1":
            front = f"<article-meta><title-group><article-title>{words}</article-title></title-group></article-meta>"
        elif tag == "h2":
            body += f"{'</sec>' if body else ''}<sec><title>{words}</title>"
        elif not rows:
            body += f"<p>{words}</p>" if body else f"<sec><p>{words}</p>"
        else:
            label, caption = words.split(". ", 1)
            lines = ["".join(f'<td colspan="{span}">{escape(cell)}</td>' for cell, span in row) for row in rows]
            table = f"<thead><tr>{lines[0]}</tr></thead><tbody>{''.join(f'<tr>{line}</tr>' for line in lines[1:])}</tbody>"
            wrapped = f"<label>{label}</label><caption><p>{caption}</p></caption><table>{table}</table>"
            body += f"<table-wrap>{wrapped}</table-wrap>"
    return f"<article><front>{front}</front><body>{body}</sec></body></article>".encode()


def as_pdf() -> bytes:
    """Rules above and below the heads; the hyphen stands for the minus sign, which the fonts of every PDF reader lack."""
    styles, flow = getSampleStyleSheet(), []
    for tag, text, rows in parts():
        paragraph = Paragraph(text.replace("−", "-"), styles[{"h1": "Title", "h2": "Heading1"}.get(tag, "Normal")])
        if not rows:
            flow += [paragraph, Spacer(1, 6)]
            continue
        cells = [[cell.replace("\u2003", "   ").replace("−", "-") for cell, _ in row] for row in rows]
        width = max(map(len, cells))
        table = Table([row + [""] * (width - len(row)) for row in cells], hAlign="LEFT", style=RULES)
        flow.append(KeepTogether([paragraph, table, Spacer(1, 10)]))
    file = io.BytesIO()
    SimpleDocTemplate(file, invariant=1).build(flow)
    return file.getvalue()


def as_text() -> bytes:
    """As a text export leaves it: heads on lines of their own, cells parted by single spaces, indents kept."""
    lines = []
    for _, text, rows in parts():
        lines += [text, ""]
        if rows:
            heads = [piece for head, _ in rows[0] for piece in (head or "Characteristic").replace(" (n", " \n(n").split("\n")]
            lines += [*heads, ""]
        for row in rows[1:]:
            indent = "   " if row[0][0].startswith("\u2003") else ""
            lines += [indent + " ".join(cell.strip() for cell, _ in row if cell.strip()), ""]
    return "\n".join(lines).encode()


@pytest.mark.parametrize("setting", [as_word, as_jats, as_pdf, as_text])
def test_numbers_of_tables_and_p_values_are_the_same_in_every_format(setting: Callable[[], bytes]) -> None:
    result = compare(labelled(SOURCE.stem), read_numbers(extraction_object(read(setting(), SOURCE.stem))))
    lost = [n for n in (*result.missed, *(a for a, _ in result.other_kind)) if n.where.startswith("Table") or "p_value" in n.kinds]
    invented = [n for n in (*result.surplus, *(b for _, b in result.other_kind)) if n.where.startswith("Table") or "p_value" in n.kinds]
    assert not lost, "\n".join(map(str, lost))
    assert not invented, "\n".join(map(str, invented))
    assert not result.other_arm


def test_findings_are_the_same_in_every_format(tmp_path: Path) -> None:
    settings = {"docx": as_word, "xml": as_jats, "pdf": as_pdf, "txt": as_text, "html": SOURCE.read_bytes}
    for ending, setting in settings.items():
        (tmp_path / f"planted-trial.{ending}").write_bytes(setting())
    flags: dict[str, set[tuple[str | None, ...]]] = defaultdict(set)
    for flag in counterproof.audit(sorted(tmp_path.iterdir())).flags:
        flags[flag.document].add((flag.place.table, flag.check, flag.verdict, flag.reported))
    assert len(flags) == len(settings)
    assert all(found == next(iter(flags.values())) for found in flags.values()), dict(flags)
