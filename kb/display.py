"""How findings, tables and rows show themselves in a notebook: HTML in which every text of a paper is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

SHOWN_ROWS, SHOWN_LETTERS = 20, 300
"""Rows of a selection and letters of a cell that a notebook shows."""

SURE = 0.8
"""Below this a finding says to check the extraction first."""

FLAGS = frozenset({"decision_error", "inconsistent", "misapplied_method", "other_method"})
_COLORS = {"consistent": "#1a7f37", "not_checkable": "#6e7781", "undecided": "#6e7781"}


@dataclass(frozen=True, slots=True)
class Card:
    """What a notebook shows of a finding; a method is its name, its role and what it allows."""

    check: str
    verdict: str
    message: str
    quote: str
    printed: str
    where: str
    inputs: Sequence[str]
    methods: Sequence[tuple[str, str, str]]
    confidence: float


def finding(card: Card) -> str:
    """A finding: verdict, message, the quote with the printed number marked, inputs, methods; what is far from usual is folded."""
    color = "#b3261e" if card.verdict in FLAGS else _COLORS.get(card.verdict, "#6e7781")
    verdict = _text(card.verdict.replace("_", " "))
    head = f'<strong style="color:{color}">{verdict}</strong> <code>{_text(card.check)}</code> {_text(card.where)}'
    doubt = "<p>The reading of this place is not sure: check the extraction first.</p>" if card.confidence < SURE else ""
    body = f"<p>{head}</p><p>{_text(card.message)}</p>{doubt}<blockquote>{_marked(card.quote, card.printed)}</blockquote>"
    inputs = "".join(f"<li>{_text(one)}</li>" for one in card.inputs)
    body += f"<details><summary>{len(card.inputs)} inputs</summary><ul>{inputs}</ul></details>" if inputs else ""
    usual = [one for one in card.methods if one[1] in ("declared", "standard")]
    others = [one for one in card.methods if one not in usual]
    body += _methods(usual) if usual else ""
    body += f"<details><summary>{len(others)} other attempts</summary>{_methods(others)}</details>" if others else ""
    return f'<div class="counterproof" style="border-left:4px solid {color};padding-left:1em">{body}</div>'


def _methods(methods: Iterable[tuple[str, str, str]]) -> str:
    return grid([["method", "role", "allows"], *([name.replace("_", " "), role, allowed] for name, role, allowed in methods)], 1)


def source(before: str, exact: str, after: str, where: str, image: str | None) -> str:
    """A place in a paper: the words around the number, where it stands, and a crop of the page (base64 of a PNG)."""
    words = f"<blockquote>…{_text(before)}<mark>{_text(exact)}</mark>{_text(after)}…</blockquote><p>{_text(where)}</p>"
    shown = f'<img alt="The page with the number boxed" src="data:image/png;base64,{escape(image)}">' if image else ""
    return f'<div class="counterproof">{words}{shown}</div>'


def table(label: str, caption: str, rows: Sequence[Sequence[str]], header_rows: int) -> str:
    """A table as it was read."""
    return f'<div class="counterproof">{grid(rows, header_rows, f"{label} {caption}".strip())}</div>'


def selection(columns: Sequence[str], rows: Sequence[Sequence[Any]], total: int) -> str:
    """The first rows of a selection, and how many there are."""
    more = f"{total:,} row{'s' * (total != 1)}" + (f", the first {len(rows)} shown" if total > len(rows) else "")
    texts = [["" if value is None else str(value) for value in row] for row in rows]
    return f'<div class="counterproof">{grid([list(columns), *texts], 1)}<p>{more}</p></div>'


def grid(rows: Sequence[Sequence[str]], header_rows: int, caption: str = "") -> str:
    """Rows of texts as an HTML table."""
    head = "".join(_row(row, "th") for row in rows[:header_rows])
    body = "".join(_row(row, "td") for row in rows[header_rows:])
    title = f"<caption>{_text(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead>{head}</thead><tbody>{body}</tbody></table>"


def interval(low: float, high: float) -> str:
    """What a method allows, in as few digits as tell it."""
    return f"{low:.4g}" if f"{low:.4g}" == f"{high:.4g}" else f"{low:.4g} to {high:.4g}"


def _row(cells: Sequence[str], tag: str) -> str:
    return "<tr>" + "".join(f'<{tag} style="text-align:left">{_text(cell)}</{tag}>' for cell in cells) + "</tr>"


def _marked(quote: str, printed: str) -> str:
    before, found, after = quote.partition(printed) if printed else (quote, "", "")
    return f"{_text(before)}<mark>{_text(found)}</mark>{_text(after)}" if found else _text(quote)


def _text(text: str) -> str:
    """A text that no reader takes for markup, nor a notebook for mathematics."""
    short = text if len(text) <= SHOWN_LETTERS * 4 else text[: SHOWN_LETTERS * 4] + "…"
    return escape(short).replace("$", "&#36;")
