"""Reports that need the store beside the findings: the HTML page, the letter, SARIF."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from counterproof import __version__
from counterproof.queries.audit import AuditResult

if TYPE_CHECKING:
    from counterproof._auditing import Choice
    from counterproof.kb.store import Store

FORMATS = ("html", "sarif", "letter")


def document_report(format: str, result: AuditResult, store: Store, choice: Choice) -> str:
    """The audit in one of ``FORMATS``; the store is the one that was audited."""
    if format == "html":
        from counterproof.queries.html.page import Run, report

        return report(result, store.connection, Run(__version__, now(), _settings(choice)), show_all=choice.show_all)
    if format == "sarif":
        from counterproof.queries.sarif import sarif

        return sarif(result, version=__version__, time=now(), show_all=choice.show_all)
    from counterproof.queries.letter import letter

    return letter(result, store.connection, version=__version__, time=now())


def now() -> datetime:
    """The time in UTC; that of SOURCE_DATE_EPOCH where it is set, so that a report can be made again to the byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)


def _settings(choice: Choice) -> dict[str, str]:
    """What was chosen, by name."""
    return {
        "Checks": ", ".join(choice.select) or "all",
        "Checks left out": ", ".join(choice.ignore) or "none",
        "Findings left out as known": str(choice.baseline) if choice.baseline else "none",
        "Corrections": str(choice.corrections_file) if choice.corrections_file else "none",
    }
