"""The audit told to people (text) and to programs (json, jsonl, csv)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from counterproof.kb.errors import UsageError
from counterproof.kb.finding import FLAGS, Finding
from counterproof.kb.sheets import guarded
from counterproof.queries.audit import AuditResult, Coverage
from counterproof.queries.causes import Cause, causes
from counterproof.queries.contract import FIELDS, finding_object
from counterproof.queries.reasons import REASONS

STYLES = {
    "decision_error": "bold red",
    "inconsistent": "red",
    "misapplied_method": "yellow",
    "other_method": "cyan",
    "consistent": "green",
    "error": "bold magenta",
}
NOTHING = "nothing could be checked, which does not mean that all is consistent"
DOUBTFUL = 0.8
"""Below this confidence of its reading a finding says to check the extraction first."""


def render(result: AuditResult, format: str = "text", *, show_all: bool = False, width: int = 100, color: bool = False) -> str:
    """The audit in one of the formats ``text``, ``json``, ``jsonl``, ``csv``.

    ``show_all`` adds the consistent and the not checkable findings to the flags. Raises ``UsageError`` for another format.
    """
    if format == "text":
        return _text(result, show_all, width, color)
    paths = {coverage.document: coverage.path for coverage in result.coverage}
    chosen = [f for f in result.findings if show_all or f.verdict in (*FLAGS, "error")]
    objects = [finding_object(f, paths.get(f.document, f.document)) for f in chosen]
    if format == "jsonl":
        return "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in [*objects, {"summary": result.summary}])
    if format == "json":
        return json.dumps({"findings": objects, "summary": result.summary}, ensure_ascii=False, indent=2) + "\n"
    if format == "csv":
        return _csv(objects)
    raise UsageError(f"no format is named {format}; choose text, json, jsonl or csv")


def _csv(objects: list[dict[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
    writer.writeheader()
    for item in objects:
        writer.writerow({k: json.dumps(v, ensure_ascii=False) if isinstance(v, list) else guarded(v) for k, v in item.items()})
    return out.getvalue()


def _text(result: AuditResult, show_all: bool, width: int, color: bool) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=color, no_color=not color, highlight=False, emoji=False, markup=False)
    for coverage in result.coverage:
        own = [f for f in result.findings if f.document == coverage.document]
        _print_paper(console, coverage, own, show_all)
    if len(result.coverage) != 1:
        _print_all(console, result)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _print_paper(console: Console, coverage: Coverage, findings: list[Finding], show_all: bool) -> None:
    console.print(Text(coverage.path, style="bold"), soft_wrap=True)
    if coverage.title:
        console.print(Padding(Text(coverage.title), (0, 0, 0, 2)))
    for label, words in _overview(coverage, findings):
        _print_hanging(console, f"  {label:<9}", words)
    told = [Cause(f) for f in findings] if show_all else causes(findings)
    for number, cause in enumerate(told, 1):
        _print_finding(console, number, cause.finding)
        if cause.note:
            _print_hanging(console, "      ", cause.note)
        if cause.explains:
            places = ", ".join(f"{where(f)} (P {f.reported})" for f in cause.explains)
            _print_hanging(console, "      ", f"Told here and not again below: {places}.")
    console.print()


def _overview(coverage: Coverage, findings: list[Finding]) -> Iterator[tuple[str, str]]:
    """What was read, what was checked, why the rest was not: label and words."""
    if coverage.status == "failed":
        told = "; ".join(coverage.problems).removeprefix(f"{coverage.path}: ")
        yield "failed", told or "could not be read"
        return
    arms = f"; arms: {', '.join(coverage.arms[:4])}{' …' if len(coverage.arms) > 4 else ''}" if coverage.arms else ""
    yield "read", f"{_count(coverage.tables, 'table')}{arms}; {_count(coverage.p_found, 'P-value')}"
    if coverage.problems:
        yield "problems", "; ".join(coverage.problems[:3]) + (" …" if len(coverage.problems) > 3 else "")
    for words in coverage.corrected:
        yield "amended", words
    if coverage.p_found:
        why = ", ".join(f"{n} × {REASONS.get(reason, reason.replace('_', ' '))}" for reason, n in coverage.not_checked.items())
        yield "checked", f"{coverage.p_checked} of {coverage.p_found} P-values" + (f"; not checked: {why}" if why else "")
    aside = sum(f.reason == "set_aside" for f in findings)
    if aside:
        yield "aside", f"{_count(aside, 'flag')} set aside by readers as false alarms; --all shows them"
    other = sum(f.verdict == "consistent" and f.comparison is None for f in findings)
    flags = [f for f in findings if f.verdict in FLAGS]
    if not coverage.p_checked and not other and not flags:
        yield "verdict", NOTHING
    elif not flags:
        yield "verdict", f"no inconsistency among the {_count(coverage.p_checked, 'P-value')} and {_count(other, 'other number')} checked"
    else:
        yield "verdict", _verdicts(flags)


def _verdicts(flags: Iterable[Finding]) -> str:
    words = {
        "decision_error": "decision error",
        "inconsistent": "inconsistent number",
        "misapplied_method": "misapplied method",
        "other_method": "other method than declared",
    }
    counts: dict[str, int] = {}
    for flag in flags:
        counts[flag.verdict] = counts.get(flag.verdict, 0) + 1
    return ", ".join(_count(counts[v], words[v]) for v in words if v in counts)


def _print_finding(console: Console, number: int, finding: Finding) -> None:
    head = Text(finding.verdict.replace("_", " "), style=STYLES.get(finding.verdict, ""))
    head.append(f"  {where(finding)}")
    notes = [finding.check]
    if finding.changes_conclusion:
        notes.append("changes the conclusion")
    if finding.chance is not None and finding.verdict == "consistent":
        notes.append(f"{finding.chance:.0%} of printed P-values of this form would pass")
    head.append(f"  [{'; '.join(notes)}]", style="dim")
    _print_hanging(console, f"  {number:>2}  ", head)
    if finding.confidence < DOUBTFUL and finding.verdict in FLAGS:
        _print_hanging(console, "      ", "check the extraction first: the reading of these numbers is not sure")
    _print_hanging(console, "      ", finding.message)
    if finding.place.quote:
        _print_hanging(console, "      ", f"“{_shortened(finding.place.quote)}”")


def where(finding: Finding) -> str:
    """The place in words: the table with the row's label (else its number, heads counted), the section, the page."""
    place = finding.place
    parts = [place.table] if place.table else [place.section] if place.section else []
    if place.table and place.row is not None:
        label = place.quote.partition(" | ")[0].strip()
        parts.append(f"“{_shortened(label, 50)}”" if label else f"row {place.row + 1}")
    if place.box:
        parts.append(f"page {place.box.page}")
    if place.file and place.file not in (place.table or ""):
        parts.append(place.file)
    return ", ".join(parts) or "text"


def _shortened(quote: str, most: int = 200) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def _print_hanging(console: Console, label: str, words: str | Text) -> None:
    """A paragraph whose further lines are indented to its first."""
    lines = (Text(words) if isinstance(words, str) else words).wrap(console, max(20, console.width - len(label)))
    for position, line in enumerate(lines):
        console.print(Text(label if not position else " " * len(label)) + line)


def _print_all(console: Console, result: AuditResult) -> None:
    summary = result.summary
    failed = f", {summary['failed']} failed" if summary["failed"] else ""
    console.print(Text(f"{_count(summary['documents'], 'document')}{failed}", style="bold"))
    _print_hanging(console, "  checked  ", f"{summary['p_values_checked']} of {_count(summary['p_values_found'], 'P-value')}")
    looked = summary["p_values_checked"] or any(f.verdict in ("consistent", *FLAGS) for f in result.findings)
    clean = "no inconsistency among the numbers checked" if looked else NOTHING
    _print_hanging(console, "  verdict  ", _verdicts(result.flags) or clean)


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 or what.endswith("declared") else f"{n} {what}s"
