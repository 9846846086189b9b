"""Sets the PDF rendition of the demo corpus: two columns of prose and two tables ruled as journals rule them.

Run from the checkout with ``uv run python corpus/render_m1_longterm.py``; the PDF is committed, so this is only needed to change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12.5, alignment=TA_JUSTIFY, spaceAfter=6)
HEAD = ParagraphStyle("head", fontName="Times-Bold", fontSize=11, leading=14, spaceBefore=6, spaceAfter=3)
TITLE = ParagraphStyle("title", fontName="Times-Bold", fontSize=15, leading=18, spaceAfter=8)
CAPTION = ParagraphStyle("caption", fontName="Times-Bold", fontSize=9, leading=11, spaceAfter=3)
NOTE = ParagraphStyle("note", fontName="Times-Roman", fontSize=8, leading=10, spaceBefore=2, spaceAfter=8)

CHARACTERISTICS = [
    ("Characteristic", "Results (N = 50)"),
    ("Age at start of treatment (years), median (range)", "59 (35–75)"),
    ("Gender, no. (%)", ""),
    ("  Male", "27 (54)"),
    ("Clinical tumor category, no. (%)", ""),
    ("  T2N0", "0 (0)"),
    ("  T2N1", "4 (8)"),
    ("  T3N0", "6 (12)"),
    ("  T3N1–2", "32 (64)"),
    ("  T4N0", "1 (2)"),
    ("  T4N1–2", "7 (14)"),
    ("Metastatic site, no. (%)", ""),
    ("  Liver", "42 (84)"),
    ("  Lung", "5 (10)"),
    ("  Lung and liver", "3 (6)"),
    ("Liver metastases, no. (%)", ""),
    ("  1–3", "36 (72)"),
    ("  >3", "9 (18)"),
    ("Chemotherapy: six cycles received, no. (%)", "42 (84)"),
    ("Sequence of surgery, no. (%)", ""),
    ("  Simultaneous resection", "25 (50.0)"),
    ("  Primary first", "10 (20)"),
    ("  Metastases first", "5 (10)"),
]
RECURRENCES = [
    ("Anatomic location", "Frequency", "Percentage"),
    ("Rectum (local)", "2", "5.6"),
    ("Liver", "10", "27.8"),
    ("Lung", "9", "25.0"),
    ("Liver and lung", "3", "8.3"),
    ("Liver, lung and lymph nodes", "2", "5.6"),
    ("Other", "4", "11.1"),
]


def ruled(rows: Sequence[tuple[str, ...]], widths: list[float]) -> Table:
    """A table with three horizontal rules; leading spaces of a label become an indent."""
    cells = [[Paragraph(t.lstrip(), _cell(t)) for t in row] for row in rows]
    table = Table(cells, colWidths=widths, hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("LINEABOVE", (0, 0), (-1, 0), 0.8, "black"),
                ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"),
                ("LINEBELOW", (0, -1), (-1, -1), 0.8, "black"),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ]
        )
    )
    return table


def _cell(text: str) -> ParagraphStyle:
    indent = 10 if text.startswith("  ") else 0
    return ParagraphStyle("cell", fontName="Times-Roman", fontSize=9, leading=11, leftIndent=indent)


def story() -> list[Flowable]:
    """The whole paper in order."""
    return [
        Paragraph("Long-term results of the Dutch M1 trial: a rendition of the reported figures", TITLE),
        Paragraph(
            "This document is a rendition. It retells in other words the figures of the long-term report of a phase II trial of "
            "short-course radiotherapy and systemic treatment in metastatic rectal cancer (Dutch trial register NTR2029), so "
            "that they can be read and recomputed without it.",
            BODY,
        ),
        NextPageTemplate("two"),
        FrameBreak(),
        Paragraph("Methods", HEAD),
        Paragraph(
            "In this single-arm trial 50 patients were treated between 2006 and 2010. Overall and recurrence-free survival are "
            "Kaplan-Meier estimates. Subgroups were compared with the log-rank test, and a P-value of ≤0.05 was regarded as "
            "significant. SPSS version 22 was used.",
            BODY,
        ),
        Paragraph("Results", HEAD),
        Paragraph(
            "All 50 patients were followed, for a median of 8.1 years (range 6.0 – 9.8 years); they are described in Table 1. "
            "Radical treatment of all tumor sites was possible in 36 patients. Of the 43 patients whose primary tumor was "
            "resected, 11 (25.6%) had a pathological complete response and 7 (16.3%) a near-complete one.",
            BODY,
        ),
        Paragraph(
            "Median overall survival was 3.8 years (range 0.5 – 9.4 years). After 2 years 74% (37 of 50 patients) were alive, "
            "after 5 years 38.0% (19 of 50 patients), and at the end of follow-up 32.0% (16 of 50 patients). Of these, 14 (28%) "
            "were free of disease. Median overall survival was 4.4 years with radical treatment and 2.8 years without (log-rank "
            "test P = 0.004).",
            BODY,
        ),
        Paragraph(
            "Disease recurred in 29 (80.6%) of the 36 patients treated radically (Table 2). After treatment of the recurrence 18 "
            "of 28 patients (64.3%) were again free of disease, and 14 of these 18 patients (77.8%) had a second recurrence. "
            "Median recurrence-free survival was 16.2 vs. 6.6 months in patients with and without pathological complete response "
            "(log-rank test P = 0.039).",
            BODY,
        ),
        Paragraph("Discussion", HEAD),
        Paragraph(
            "In our trial 21 of 29 (72.4%) recurrences came within one year, and 20 of 36 (55.6%) patients had them outside the liver.",
            BODY,
        ),
        FrameBreak(),
        Paragraph("Table 1. Patients and tumors", CAPTION),
        ruled(CHARACTERISTICS, [165, 75]),
        Spacer(1, 14),
        Paragraph("Table 2. Sites of recurrence after radical treatment (N = 36)", CAPTION),
        ruled(RECURRENCES, [120, 60, 60]),
        Paragraph("A patient is counted once.", NOTE),
    ]


def main() -> None:
    """Write the PDF beside the other demo documents."""
    width, height = A4
    gap, margin = 20, 50
    column = (width - 2 * margin - gap) / 2
    top = 120
    first = [
        Frame(margin, height - margin - top, width - 2 * margin, top, id="head", leftPadding=0, rightPadding=0),
        Frame(margin, margin, column, height - 2 * margin - top, id="left", leftPadding=0, rightPadding=0),
        Frame(margin + column + gap, margin, column, height - 2 * margin - top, id="right", leftPadding=0, rightPadding=0),
    ]
    path = Path(__file__).parent / "documents" / "m1-longterm.pdf"
    template = BaseDocTemplate(str(path), pagesize=A4, title="Long-term results of the Dutch M1 trial: a rendition", invariant=1)
    template.addPageTemplates([PageTemplate("first", first), PageTemplate("two", first[1:])])
    template.build(story())


if __name__ == "__main__":
    main()
