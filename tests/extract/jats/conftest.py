"""Small JATS articles for tests, in the project's own words."""

from collections.abc import Callable

import pytest

from counterproof.extract import jats
from counterproof.kb.document import Document, Table

FRONT = """<front><journal-meta><journal-title-group><journal-title>Annals of Invented Trials</journal-title></journal-title-group>
</journal-meta><article-meta><article-id pub-id-type="doi">10.5555/invented.1</article-id><article-id pub-id-type="pmc">123</article-id>
<title-group><article-title>Walking after <italic>knee</italic> surgery</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Mori</surname><given-names>Ada</given-names></name></contrib>
<contrib contrib-type="author"><collab>The Walkers</collab></contrib>
<contrib contrib-type="editor"><name><surname>Nobody</surname><given-names>N</given-names></name></contrib></contrib-group>
<pub-date pub-type="ppub"><year>2019</year></pub-date><pub-date pub-type="epub"><year>2018</year></pub-date>
<pub-date pub-type="pmc-release"><year>2011</year></pub-date>
<abstract><sec><title>Results</title><p>Forty of 80 walked.</p></sec></abstract></article-meta></front>"""


def _read(body: str, *, front: str = FRONT, back: str = "", floats: str = "") -> Document:
    floats = f"<floats-group>{floats}</floats-group>" if floats else ""
    space = 'xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return jats.parse(f"<article {space}>{front}<body>{body}</body><back>{back}</back>{floats}</article>".encode(), "article.xml")


@pytest.fixture
def read() -> Callable[..., Document]:
    """The document of an article with a body, and back matter and floats if given."""
    return _read


@pytest.fixture
def paragraph() -> Callable[[str], str]:
    """The text of a paragraph with some content."""

    def text_of(inner: str) -> str:
        return next(b.text for b in _read(f"<p>{inner}</p>").blocks if b.kind == "paragraph" and b.part == "body")

    return text_of


@pytest.fixture
def table() -> Callable[..., Table]:
    """The table with some rows, and head rows, notes and caption if given."""

    def table_of(rows: str, *, head: str = "", foot: str = "", caption: str = "<label>Table 1</label>") -> Table:
        head = f"<thead>{head}</thead>" if head else ""
        foot = f"<table-wrap-foot>{foot}</table-wrap-foot>" if foot else ""
        return _read(f"<table-wrap id='t1'>{caption}<table>{head}<tbody>{rows}</tbody></table>{foot}</table-wrap>").tables[0]

    return table_of


@pytest.fixture
def row() -> Callable[..., str]:
    """A table row of plain cells."""

    def row_of(*cells: str) -> str:
        return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"

    return row_of
