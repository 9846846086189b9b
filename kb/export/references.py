"""The papers of a store as BibTeX and as RIS.

RIS tags as reference managers share them (TY first, ER last, one value a line); RevMan reads the study's name from NS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

from counterproof.kb.export.rows import Row, rows, study_labels

_LATEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
          "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}  # fmt: skip


def write_bibtex(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """Write every paper as an entry."""
    path.write_text(bibtex(connection), "utf-8", newline="\n")
    return []


def write_ris(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """Write every paper as a record."""
    path.write_text(ris(connection), "utf-8", newline="\n")
    return []


def bibtex(connection: duckdb.DuckDBPyConnection) -> str:
    """The papers as BibTeX entries, keys made of the study's label."""
    labels, used = study_labels(connection), set[str]()
    entries = []
    for row in _papers(connection):
        key = re.sub(r"[^A-Za-z0-9-]+", "", labels[row["document_id"]])
        if not re.search("[A-Za-z]", key) or key.lower() in used:  # letters that BibTeX's keys cannot have are gone
            key = f"{key}-{row['document_id'][:12]}".lstrip("-")
        used.add(key.lower())
        entries.append(_entry(row, key))
    return "\n".join(entries)


def _entry(row: Row, key: str) -> str:
    fields = {
        "title": f"{{{_latex(row['title'])}}}" if row["title"] else "",
        "author": " and ".join(_author(name) for name in row["authors"] or []),
        "journal": _latex(row["journal"]),
        "year": str(row["year"] or ""),
        "doi": _bare(row["doi"]),
        "pmcid": _bare(row["pmcid"]),
        "note": f"SHA-256 {row['document_id']}",
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{'article' if row['journal'] else 'misc'}{{{key},\n{body}}}\n"


def _author(name: str) -> str:
    """A name as BibTeX parts it; a comma says which part is the family name."""
    return re.sub(r"\band\b", "{and}", _latex(name))


def _latex(text: str | None) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in _line(text))


def _bare(text: str | None) -> str:
    """An identifier, which is not escaped but may not break out of its braces."""
    return re.sub(r"[{}\\\s]", "", text or "")


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def ris(connection: duckdb.DuckDBPyConnection) -> str:
    """The papers as RIS records."""
    labels = study_labels(connection)
    lines = (f"{tag}  - {value}\n" for row in _papers(connection) for tag, value in _record(row, labels[row["document_id"]]))
    return "".join(lines)


def _record(row: Row, label: str) -> Iterator[tuple[str, str]]:
    yield "TY", "JOUR" if row["journal"] else "GEN"
    for author in row["authors"] or []:
        yield "AU", _line(author)
    single = {"TI": row["title"] or Path(row["path"]).stem, "JO": row["journal"], "PY": row["year"], "DO": row["doi"], "C2": row["pmcid"],
              "NS": label, "L1": row["path"]}  # fmt: skip
    yield from ((tag, _line(str(value))) for tag, value in single.items() if value)
    yield "ER", ""


def _papers(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """The papers that could be read, by path; the others have nothing to cite."""
    return rows(connection, "select * from documents where status <> 'failed' order by path")
