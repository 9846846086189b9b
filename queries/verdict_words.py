"""What an audit says of a whole paper, in sentences that the reports and the letter share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from counterproof.kb.finding import FLAGS, Finding
from counterproof.queries.audit import Coverage
from counterproof.queries.causes import causes
from counterproof.queries.reasons import REASONS

NOTHING = "Nothing in this paper could be checked, which does not mean that all is consistent."
CLAIMS = {
    "decision_error": ("P-value that lies across the level of significance from what the printed numbers allow",
                       "P-values that lie across the level of significance from what the printed numbers allow"),
    "inconsistent": ("inconsistency between printed numbers", "inconsistencies between printed numbers"),
    "misapplied_method": ("P-value that only a misapplied method gives", "P-values that only a misapplied method gives"),
    "other_method": ("result that another method than the expected one gives", "results that other methods than the expected ones give"),
}  # fmt: skip
"""What a flag claims, for one and for several."""

CLAIM_OF_ONE = {
    "decision_error": "Decision error: across the level of significance from what the printed numbers allow",
    "inconsistent": "Inconsistent with the printed numbers",
    "misapplied_method": "Misapplied method: only a method that does not suit such data gives it",
    "other_method": "Other method than the expected one",
    "error": "The check itself failed",
}


def verdict_sentence(coverage: Coverage, findings: Iterable[Finding]) -> str:
    """The verdict of one paper in one sentence; silence about what could not be checked never passes for consistency."""
    if coverage.status == "failed":
        return "This file could not be read, so nothing in it was checked."
    findings = list(findings)
    told = [cause for cause in causes(findings) if cause.finding.verdict in FLAGS]
    flags = [
        f for cause in told if not cause.slip for f in (cause.finding, *cause.explains) if f.check != "attribution" or not cause.explains
    ]
    counts: Counter[str] = Counter(f.verdict for f in flags)
    slips, others = sum(cause.slip for cause in told), other_numbers(findings)
    if told:
        said = [f"{counts[v]} {CLAIMS[v][counts[v] > 1]}" for v in CLAIMS if counts[v]]
        said += [counted(slips, "slip") + " of rounding"] * bool(slips)
        together = f", told together as {counted(len(told), 'finding')}" if len(told) < len(flags) + slips else ""
        return f"Found: {'; '.join(said)}{together}."
    if not coverage.p_checked and not others:
        return NOTHING
    looked = [counted(coverage.p_checked, "P-value")] * bool(coverage.p_checked) + [counted(others, "other number")] * bool(others)
    return f"No inconsistency was found among the {' and '.join(looked)} that could be checked."


def coverage_sentence(coverage: Coverage) -> str:
    """How many P-values were found and how many of them checked."""
    if coverage.status == "failed":
        return "; ".join(coverage.problems).removeprefix(f"{coverage.path}: ") or "The file could not be read."
    if not coverage.p_found:
        return f"No P-value was found in its text and {counted(coverage.tables, 'table')}."
    return f"{coverage.p_checked} of the {counted(coverage.p_found, 'P-value')} found could be checked."


def reasons(coverage: Coverage) -> list[tuple[int, str]]:
    """Why P-values were not checked: how many, and the reason in words."""
    return [(n, REASONS.get(reason, reason.replace("_", " "))) for reason, n in coverage.not_checked.items()]


def other_numbers(findings: Iterable[Finding]) -> int:
    """How many numbers other than P-values were checked and found consistent."""
    return sum(f.verdict == "consistent" and f.comparison is None for f in findings)


def chance_sentence(chance: float) -> str:
    """How surprising a flag is: what would have become of P-values that have nothing to do with these numbers."""
    share = round(100 * chance)
    told = "fewer than 1" if share < 1 else "more than 99" if share > 99 else f"about {share}"
    return f"Of 100 P-values printed in this form by other papers, {told} would have been attainable from these numbers."


def counted(n: int, what: str) -> str:
    """A number with its noun."""
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
