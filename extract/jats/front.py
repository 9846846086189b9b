"""What a JATS article says of itself and of others: its metadata and its reference list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from lxml import etree

from counterproof.extract.jats.inline import first_child, local_name, raw_text
from counterproof.extract.references import Known, reference
from counterproof.extract.repair import repair
from counterproof.kb.document import Metadata, Reference

_CITATIONS = ("{*}mixed-citation", "{*}element-citation", "{*}nlm-citation", "{*}citation")
_ATTACHED = ("{*}sub-article", "{*}response")
_TOLD = ("{*}pub-id", "{*}ext-link", "{*}uri", "{*}year")
_TEXTS = etree.XPath("descendant::text()", smart_strings=False)
_ADDRESS = "{http://www.w3.org/1999/xlink}href"
_YEAR = re.compile(r"\d{4}")
_LATE_DATES = {"pmc-release", "accepted", "received", "retracted", "corrected", "rev-recd"}


def metadata(article: etree._Element) -> Metadata:
    """Title, identifiers, year of first publication, journal and authors, as far as the front matter has them."""
    meta = article.find("{*}front/{*}article-meta")
    if meta is None:
        return Metadata()
    ids = {e.get("pub-id-type"): (e.text or "").strip() for e in meta.iterfind("{*}article-id")}
    pmc = ids.get("pmcid") or ids.get("pmc")
    return Metadata(
        title=_text(meta.find("{*}title-group/{*}article-title")),
        doi=ids.get("doi") or None,
        pmcid=f"PMC{re.sub(r'[^0-9]', '', pmc)}" if pmc else None,
        year=_year(meta),
        journal=_text(article.find("{*}front/{*}journal-meta//{*}journal-title")),
        authors=_authors(meta),
    )


def references(elements: Iterable[etree._Element]) -> list[Reference]:
    """The entries of these ``ref`` elements, in order."""
    return [_reference(ref) for ref in elements]


def reference_elements(article: etree._Element) -> list[etree._Element]:
    """The ``ref`` elements of all reference lists, those of attached letters and reviews left out."""
    every = list(article.iter("{*}ref"))
    if next(article.iter(*_ATTACHED), None) is None:
        return every
    return [ref for ref in every if next(ref.iterancestors(*_ATTACHED), None) is None]


def _year(meta: etree._Element) -> int | None:
    years = []
    for date in meta.iterfind("{*}pub-date"):
        year = (date.findtext("{*}year") or "").strip()
        if (date.get("pub-type") or date.get("date-type")) not in _LATE_DATES and re.fullmatch(r"\d{4}", year):
            years.append(int(year))
    return min(years, default=None)


def _authors(meta: etree._Element) -> tuple[str, ...]:
    names = []
    for contributor in meta.iterfind("{*}contrib-group/{*}contrib"):
        if contributor.get("contrib-type", "author") != "author":
            continue
        name = contributor.find(".//{*}name")
        if name is not None:
            names.append(repair(" ".join(filter(None, (name.findtext("{*}given-names"), name.findtext("{*}surname"))))))
        elif (collective := _text(contributor.find(".//{*}collab"))) is not None:
            names.append(collective)
    return tuple(filter(None, names))


def _reference(ref: etree._Element) -> Reference:
    citation = next(ref.iter(*_CITATIONS), ref)
    pieces = [(local_name(piece), piece) for piece in citation]
    first = dict(reversed(pieces))
    title = first.get("article-title")
    if title is None:
        title = first.get("chapter-title")
    label = first_child(ref, "label")
    if label is None:
        label = first.get("label")
    ids: dict[str | None, str] = {}
    links: list[str] = []
    years: list[etree._Element] = []
    for told in citation.iter(*_TOLD):
        match local_name(told):
            case "pub-id":
                ids[told.get("pub-id-type")] = (told.text or "").strip()
            case "year":
                years.append(told)
            case _:
                links.append(told.get(_ADDRESS) or "")
    text = _citation_text(citation, pieces)
    year = _YEAR.match(_text(years[0]) or "") if years else None
    known = Known(ids.get("doi"), _text(title), ids.get("pmid"), int(year[0]) if year else None)
    return reference((_text(label) or "").strip("[]. "), text, links, known)


def _citation_text(citation: etree._Element, pieces: Iterable[tuple[str, etree._Element]]) -> str:
    """A mixed citation as printed; one of bare elements with a comma between them."""
    if any(piece.tail and not piece.tail.isspace() for _, piece in pieces):
        for surname in citation.iter("{*}surname"):
            surname.tail = surname.tail or " "  # "SmithAB" is printed as "Smith AB"
        return repair(raw_text(citation))
    texts = [repair(_words(piece)) for name, piece in pieces if name not in ("", "label")]
    return ", ".join(filter(None, texts))


def _words(element: etree._Element) -> str:
    return " ".join(cast("list[str]", _TEXTS(element))) if len(element) else element.text or ""


def _text(element: etree._Element | None) -> str | None:
    return (repair(raw_text(element)) or None) if element is not None else None
