"""Inputs to begin with: the invented trial of the corpus in every format, small files of each kind, and cells and sentences."""

from __future__ import annotations

from pathlib import Path

from counterproof.extract.pipeline import read
from tests.golden.test_formats import SOURCE, as_jats, as_pdf, as_text, as_word
from tests.hostile import pdfs

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "real" / "jats"
SMALL_XML = b"""<?xml version="1.0"?><article><front><article-meta><title-group><article-title>A trial</article-title></title-group>
</article-meta></front><body><sec sec-type="results"><title>Results</title><p>Relapse was rarer (12 [24.5%] vs. 20 [40%]; HR 0.58, 95% CI
0.35-0.97; P = 0.03).<xref ref-type="bibr" rid="b1">1</xref></p><table-wrap id="t1"><label>Table 1</label><caption><p>Outcomes, median
(IQR) or n (%)</p></caption><table><thead><tr><th/><th colspan="2">Drug<break/>(n = 20)</th><th>P</th></tr></thead><tbody><tr><td
rowspan="2">Age</td><td>3.4 &#177; 1.2</td><td>5 (3-7)</td><td>&lt;0.001<sup>a</sup></td></tr></tbody></table><table-wrap-foot><fn><label>a
</label><p>t-test</p></fn></table-wrap-foot></table-wrap></sec></body><back><ref-list><ref id="b1"><label>1</label><mixed-citation>Doe J
(2001) A study.</mixed-citation></ref></ref-list></back></article>"""
FIGURES = (
    "0.034", "<0.001", "P = 0.03, P for trend = .01 and p<0·05", "12 (24.5%)", "3.4 ± 1.2 (n = 20)", "1.23 (95% CI 0.98–1.55)",
    "1,234/5,678 [21.7]",
    "2.1 × 10⁻⁵", "−4.5 to 3", "0,05 (0,01–1,2)", "NS", "0.30ᵃ*", "12–14", "€1,200.50 per 10 000", "t(23) = 2.45; χ²(1, N=33) = 4.5",
    "10⁻⁵", "1022/2734",
)  # fmt: skip


def documents() -> list[bytes]:
    """Files of every format, small ones first; a few real papers where they are at hand."""
    made = [SMALL_XML, pdfs.page_of(pdfs.SENTENCE), as_text(), as_jats(), SOURCE.read_bytes(), as_word(), as_pdf()]
    small = [path.read_bytes() for path in REAL.glob("*.xml") if path.stat().st_size < 65_000] if REAL.exists() else []
    return made + small[:6]


def figures() -> list[bytes]:
    """Numbers as printed: short ones, and the cells and sentences of the invented trial."""
    document = read(SOURCE.read_bytes(), "seed").document
    cells = {cell.text for table in document.tables for cell in table.cells}
    return [text.encode() for text in (*FIGURES, *sorted(cells), *(block.text for block in document.blocks if block.kind == "paragraph"))]
