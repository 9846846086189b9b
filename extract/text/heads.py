"""Column heads that were printed over several lines: parted at the likeliest places into as many heads as there are columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from counterproof.extract.text.lines import Line
from counterproof.extract.text.values import peel
from counterproof.extract.text.words import SIZE, STUB

P_HEAD = re.compile(
    r"^(?:(?:adjusted |overall |unadjusted )?p(?:[- ]?values?)?(?:\s?[*†‡§a-e]|\s?for\b.*|[- ]trend|\s?\(.*)?|sig(?:nificance|\.)?)$",
    re.IGNORECASE,
)
_P_WORD = re.compile(r"(?:[Pp]|[Pp][- ]?[Vv]alues?[*†‡]?)$")
_CLOSES = re.compile(
    r"(?:[nN]\s?=\s?\d[\d,\u202f]*\s?\)?|\bP|[Pp][- ]?[Vv]alues?|\(%\)|%|95\s?%\s?CI\)?|\(SD\)|SD|\(range\)|\(IQR\))"
    r"(?:\s?[*†‡§a-e](?:,[a-e])*)?$"
)
_PREPOSITION = re.compile(r"^(?:of|to|from|for|and|or|vs\.?|versus|in|the|with|by|at|per|no\.|mean|median|\+|±|/|−|–|-|&)$", re.IGNORECASE)
_UNIT_HEAD = re.compile(r"(?:n|no\.?|%|mean|median|95|hr|or|rr|sd|ci|β|b|se|t|f|z|χ2|r|df)\b|[n%β]$", re.IGNORECASE)
_SUB_HEAD = re.compile(r"(?:n|no\.?)?\s?\(?%\)?|mean\s?(?:\(sd\)|± ?sd|\(±sd\))|(?:n|no\.?)|median \((?:iqr|range)\)", re.IGNORECASE)
_GOOD = 0.9


@dataclass(frozen=True, slots=True)
class Head:
    """A head at its place: ``column`` 0 is the stub."""

    text: str
    row: int
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of a table and how sure their places are (0 to 1)."""

    heads: tuple[Head, ...]
    depth: int
    confidence: float

    def of_column(self, column: int) -> str:
        """The lowest head of a column."""
        found = [h for h in self.heads if h.column <= column < h.column + h.columns]
        return max(found, key=lambda h: h.row).text if found else ""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    score: float


def is_head_line(line: Line) -> bool:
    """Whether the values that end a line are but parts of heads: sizes, numbered visits, years."""
    values = peel(line.text).values
    if not values or all(value.kind == "size" for value in values):
        return True
    words = line.text.split()
    numbered = len(words) > 3 and words[-1].isdigit() and Counter(words)[words[-2]] > 1
    return numbered or (all(re.fullmatch(r"(?:19|20)\d\d", w) for w in words) and len(words) > 1)


def told_heads(lines: Sequence[Line]) -> int:
    """How many heads end visibly: with an arm's size, or as a P-value's head."""
    sizes = sum(len(SIZE.findall(line.text)) for line in lines)
    return sizes + sum(bool(_P_WORD.match(word)) for line in lines for word in line.text.split())


def split_sections(lines: Sequence[Line], n_columns: int, indent: int) -> int:
    """How many of the lines above the first row with values are heads; the others are section rows.

    ``indent`` is that of the first row with values.
    """
    closing = [i for i, line in enumerate(lines) if _CLOSES.search(line.text) and (i + 1 == len(lines) or not line.soft)]
    if closing:
        return closing[-1] + 1
    for end in range(1, len(lines)):
        after = lines[end]
        if lines[end - 1].soft or not (after.opens or indent > after.indent) or not after.text[:1].isupper():
            continue
        if _well_parted(lines[:end], n_columns):
            return end
    return len(lines)


def _well_parted(lines: Sequence[Line], n_columns: int) -> bool:
    words = _words(lines)
    scores = sorted((w.score for w in words[1:]), reverse=True)
    return len(scores) >= n_columns and scores[n_columns - 1] >= _GOOD


def read_heads(lines: Sequence[Line], n_columns: int) -> Heads:
    """The heads in these lines for a stub and ``n_columns`` value columns."""
    lines = list(lines)
    under: list[str] = []
    if len(lines) > 1 and (parts := _sub_heads(lines[-1])) and len(parts) > 1:
        under, lines = parts, lines[:-1]
    upper, lower = _parted_levels(lines, n_columns) if not under else ([], lines)
    texts, confidence = _split(_words(lower), n_columns)
    if under:
        texts = _with_sub_heads(texts, under)
    if not upper:
        return Heads(tuple(Head(t, 0, c) for c, t in enumerate(texts) if t), 1 if any(texts) else 0, confidence)
    return _two_levels(upper, texts, confidence)


def _sub_heads(line: Line) -> list[str]:
    """The parts of a line that repeats sizes or units, one for each arm."""
    sizes = SIZE.findall(line.text)
    if len(sizes) > 1 and not SIZE.sub("", line.text).strip(" ,;"):
        return [s.strip() for s in sizes]
    hits = [hit for hit in _SUB_HEAD.finditer(line.text) if hit[0].strip()]
    if len(hits) > 1 and len({hit[0].strip() for hit in hits}) == 1 and not _SUB_HEAD.sub("", line.text).strip():
        return [hit[0].strip() for hit in hits]
    return []


def _with_sub_heads(texts: list[str], under: list[str]) -> list[str]:
    arms = [c for c in range(1, len(texts)) if not P_HEAD.match(texts[c])]
    for column, part in zip(arms, under, strict=False):
        texts[column] = f"{texts[column]} {part}".strip()
    return texts


def _parted_levels(lines: list[Line], n_columns: int) -> tuple[list[Line], list[Line]]:
    """The lines of spanning heads and those of the columns' own, where the latter suffice alone."""
    for cut in range(len(lines) - 1, 0, -1):
        reads_on = lines[cut].text[:1] == "(" or lines[cut].text[:1].islower()
        if reads_on or _soft(lines[cut - 1], lines[cut]) or _is_stub(lines[:cut]):
            continue
        words = _words(lines[cut:])
        scores = sorted((w.score for w in words[1:]), reverse=True)
        needed = n_columns if words[0].text and STUB.match(words[0].text) else n_columns - 1
        if needed > 0 and len(scores) >= needed and scores[needed - 1] >= _GOOD and n_columns > 1:
            return lines[:cut], lines[cut:]
    return [], lines


def _is_stub(lines: Sequence[Line]) -> bool:
    """Whether these lines are but the stub's head."""
    text = " ".join(line.text for line in lines)
    hit = STUB.match(text)
    return bool(hit) and not text[len(hit[0]) if hit else 0 :].strip(" .:")


def _two_levels(upper: Sequence[Line], texts: list[str], confidence: float) -> Heads:
    """Spanning heads over equal runs of columns: repeated lower heads tell how many columns each spans."""
    words = _words(upper)
    n_columns = len(texts) - 1
    parts: list[str] = []
    for word in words:
        if not parts or word.score >= _GOOD:
            parts.append(word.text)
        else:
            parts[-1] += f" {word.text}"
    heads = [Head(t, 1, c) for c, t in enumerate(texts) if t and c]
    stub = texts[0]
    if parts and not stub and STUB.match(parts[0]):
        stub, parts = parts[0], parts[1:]
    if len(parts) == 1 and not stub and n_columns > 1:
        return Heads(tuple(Head(t, 0, c) for c, t in enumerate([parts[0], *texts[1:]]) if t), 1, confidence)
    heads += [Head(stub, 0, 0, 1, 2)] if stub else []
    for columns in (n_columns, n_columns - 1):
        if parts and columns and columns % len(parts) == 0:
            span = columns // len(parts)
            heads += [Head(part, 0, 1 + i * span, span) for i, part in enumerate(parts)]
            periodic = all(texts[1 + c] == texts[1 + c % span] for c in range(columns))
            return Heads(tuple(heads), 2, confidence if periodic else 0.6 * confidence)
    heads.append(Head(" ".join(parts), 0, 1, max(1, n_columns)))
    return Heads(tuple(heads), 2, 0.4)


def _split(words: list[_Word], n_columns: int) -> tuple[list[str], float]:
    """The words parted into a stub head (which may be missing) and the columns' heads."""
    if not words:
        return [""] * (n_columns + 1), 0.3
    words = _closed_by_sizes(words)
    order = sorted(range(1, len(words)), key=lambda i: (-words[i].score, i))
    has_stub = len(order) >= n_columns and (
        bool(STUB.match(words[0].text))
        or n_columns == 0
        or words[order[n_columns - 1]].score >= (_GOOD if any(SIZE.fullmatch(w.text) for w in words) else 0)
    )
    n_cuts = n_columns if has_stub else n_columns - 1
    cuts = sorted(order[: max(0, n_cuts)])
    texts = [" ".join(w.text for w in words[a:b]) for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    texts = texts if has_stub else ["", *texts]
    worst = min((words[c].score for c in cuts), default=1.0)
    confidence = 0.95 if worst >= _GOOD else 0.7 if worst >= 0 else 0.4
    if len(texts) < n_columns + 1:
        confidence = 0.3
    return (texts + [""] * n_columns)[: n_columns + 1], confidence


def _closed_by_sizes(words: list[_Word]) -> list[_Word]:
    """Where several heads end in their arm's size, none begins between one size and the next but directly behind it."""
    closed = [i for i, word in enumerate(words) if SIZE.fullmatch(word.text)]
    if len(closed) < 2:
        return words
    stub = STUB.match(" ".join(word.text for word in words[:5]))
    n_stub = len(stub[0].split()) if stub else 0
    free = {i + 1 for i in closed} | {n_stub} | set(range(closed[-1] + 1, len(words)))
    return [word if i in free else _Word(word.text, -9.0) for i, word in enumerate(words)]


def _words(lines: Sequence[Line]) -> list[_Word]:
    """The heads' words, each with how likely a new head begins at it."""
    telling = any(line.soft for line in lines)
    words: list[_Word] = []
    depth = 0
    stub = STUB.match(lines[0].text) if lines else None
    n_stub = len(stub[0].split()) if stub else 0
    starts = Counter(w for line in lines for w in line.text.split() if w[:1].isupper())
    for i, line in enumerate(lines):
        # "(n = 7)" counts as one word.
        tokens = SIZE.sub(lambda hit: hit[0].replace(" ", "\u00a0"), line.text).split(" ")
        for j, token in enumerate(tokens):
            above = words[-1].text if words else ""
            score = _likely(token, above, depth, starts)
            if j == 0 and i:
                score += _at_break(lines[i - 1], line, telling)
            if words and len(words) <= n_stub:
                score += 1 if len(words) == n_stub else -4
            if j and SIZE.fullmatch(above.replace("\u00a0", " ")):
                score += 1
            words.append(_Word(token, score))
            depth += token.count("(") - token.count(")")
    return [_Word(w.text.replace("\u00a0", " "), w.score) for w in words]


def _soft(above: Line, line: Line) -> bool:
    """Whether a line goes on in the next; across a blank line only where that reads on."""
    return above.soft and (not line.opens or line.text[:1].islower() or line.text[:1] == "(")


def _at_break(above: Line, line: Line, telling: bool) -> float:
    if _soft(above, line):
        return -4.0
    return (3.0 if telling else 0.4) + (0.6 if line.opens else 0.0) + (0.5 if line.text[:1].isupper() else 0.0)


def _likely(token: str, above: str, depth: int, starts: Counter[str]) -> float:
    if depth > 0:
        return -6.0
    score = 0.0
    if token[0] in "([/+–-&±%=":
        score -= 3
    elif token[0].isupper():
        score += 1
    elif token[0].isdigit():
        score -= 0.5
    elif not _UNIT_HEAD.match(token):
        score -= 2.5
    if _P_WORD.match(token) or _P_WORD.match(above):
        score += 2.5 if not token.startswith("(") and token.lower() not in ("for", "value", "values") else -3
    if above and _PREPOSITION.search(above):
        score -= 3
    if above.endswith(")"):
        score += 1
    if starts[token] > 1:
        score += 0.8
    return score
