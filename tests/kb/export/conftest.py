"""Trials whose pooled effects are published: papers written around the figures of two classic meta-analyses.

Figures: Colditz GA et al., JAMA 1994;271:698-702 (BCG vaccine against tuberculosis), and Normand SL, Stat Med 1999;18:321-59 (days in
hospital after a stroke), as R's ``metadat`` has them (``dat.bcg``, ``dat.normand1999``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import counterproof
from counterproof.kb.dataset import Dataset

BCG = (
    ("Aronson", 1948, 4, 119, 11, 128), ("Ferguson", 1949, 6, 300, 29, 274), ("Rosenthal", 1960, 3, 228, 11, 209),
    ("Hart", 1977, 62, 13536, 248, 12619), ("Frimodt-Moller", 1973, 33, 5036, 47, 5761), ("Stein", 1953, 180, 1361, 372, 1079),
    ("Vandiviere", 1973, 8, 2537, 10, 619), ("Madras", 1980, 505, 87886, 499, 87892), ("Coetzee", 1968, 29, 7470, 45, 7232),
    ("Rosenthal", 1961, 17, 1699, 65, 1600), ("Comstock", 1974, 186, 50448, 141, 27197), ("Comstock", 1969, 5, 2493, 3, 2338),
    ("Comstock", 1976, 27, 16886, 29, 17825),
)  # fmt: skip
"""First author, year, tuberculosis and none among the vaccinated, tuberculosis and none among the controls."""

STROKE = (
    ("Edinburgh", 155, 55, 47, 156, 75, 64), ("Orpington", 31, 27, 7, 32, 29, 4), ("Moderate", 75, 64, 17, 71, 119, 29),
    ("Severe", 18, 66, 20, 18, 137, 48), ("Montreal", 8, 14, 8, 13, 18, 11), ("Transfer", 57, 19, 7, 52, 18, 4),
    ("Newcastle", 34, 52, 45, 33, 41, 34), ("Umea", 110, 21, 16, 183, 31, 27), ("Uppsala", 60, 30, 27, 52, 23, 20),
)  # fmt: skip
"""Place, then size, mean and SD in specialist care and in routine care."""

JATS = """<article><front><journal-meta><journal-title>Trials &amp; Tribulations</journal-title></journal-meta><article-meta>
<article-id pub-id-type="doi">10.9999/{key}_1</article-id><title-group><article-title>{title} in {place}</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>{place}</surname><given-names>A. B.</given-names></name></contrib>
<contrib contrib-type="author"><name><surname>Second</surname><given-names>C</given-names></name></contrib></contrib-group>
<pub-date><year>{year}</year></pub-date></article-meta></front>
<body><sec sec-type="results"><title>Results</title><p>Table 1 shows the outcome.</p><table-wrap><label>Table 1</label>
<caption><p>Outcome by arm</p></caption><table><thead><tr><th>Outcome</th><th>{one} (n = {n})</th><th>{two} (n = {m})</th></tr></thead>
<tbody><tr><td>{row}</td><td>{first}</td><td>{second}</td></tr></tbody></table></table-wrap></sec></body></article>"""


def count_papers() -> Iterator[str]:
    for number, (author, year, a, b, c, d) in enumerate(BCG):
        cells = [f"{x}/{x + y}" if number % 2 else f"{x} ({100 * x / (x + y):.2f})" for x, y in ((a, b), (c, d))]
        row = "Tuberculosis, n/N" if number % 2 else "Tuberculosis, n (%)"
        # every third paper prints its control first
        arms = [("BCG vaccine", a + b, cells[0]), ("Control", c + d, cells[1])][:: -1 if number % 3 == 2 else 1]
        (one, n, first), (two, m, second) = arms
        yield JATS.format(key=f"bcg{number}", title="BCG vaccination", place=author, year=year, one=one, two=two, n=n, m=m, row=row,
                          first=first, second=second)  # fmt: skip


def mean_papers() -> Iterator[str]:
    for number, (place, n, mean, sd, m, other, spread) in enumerate(STROKE):
        yield JATS.format(key=f"stroke{number}", title="Care after a stroke", place=place, year=1990 + number, one="Specialist care",
                          two="Routine care", n=n, m=m, row="Length of stay (days), mean (SD)", first=f"{mean} ({sd})",
                          second=f"{other} ({spread})")  # fmt: skip


@pytest.fixture(scope="session")
def trials(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    """The trials of both meta-analyses, read from papers."""
    folder = tmp_path_factory.mktemp("trials")
    for number, text in enumerate([*count_papers(), *mean_papers()]):
        Path(folder / f"trial{number:02}.xml").write_text(text, "utf-8")
    with counterproof.open() as data:
        assert not data.add(folder).failed
        yield data
