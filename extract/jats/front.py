"""What a JATS article says of itself and of others: its metadata and its reference list."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from counterproof.extract.jats.inline import local_name, raw_text
from counterproof.extract.references import reference
from counterproof.extract.repair import repair
from counterproof.kb.document import Metadata, Reference

_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")
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


def references(article: etree._Element) -> list[Reference]:
    """The entries of all reference lists, in order."""
    return [_reference(ref) for ref in reference_elements(article)]


def reference_elements(article: etree._Element) -> list[etree._Element]:
    """The article's own ``ref`` elements, those of attached letters and reviews left out."""
    attached = ("sub-article", "response")
    return [ref for ref in article.iter("{*}ref") if not any(local_name(a) in attached for a in ref.iterancestors())]


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
    citation = next((e for e in ref.iter() if local_name(e) in _CITATIONS), ref)
    title = citation.find("{*}article-title")
    if title is None:
        title = citation.find("{*}chapter-title")
    label = ref.find("{*}label")
    if label is None:
        label = citation.find("{*}label")
    ids = {e.get("pub-id-type"): (e.text or "").strip() for e in citation.iter("{*}pub-id")}
    links = [link.get("{http://www.w3.org/1999/xlink}href") or "" for link in citation.iter("{*}ext-link", "{*}uri")]
    text = _citation_text(citation)
    seen = reference((_text(label) or "").strip("[]. "), text, links)
    year = re.match(r"\d{4}", _text(citation.find(".//{*}year")) or "")
    return replace(
        seen,
        doi=ids.get("doi") or seen.doi,
        title=_text(title) or seen.title,
        pmid=ids.get("pmid") or seen.pmid,
        year=int(year[0]) if year else seen.year,
    )


def _citation_text(citation: etree._Element) -> str:
    """A mixed citation as printed; one of bare elements with a comma between them."""
    for surname in citation.iter("{*}surname"):
        surname.tail = surname.tail or " "  # "SmithAB" is printed as "Smith AB"
    bare = not any((child.tail or "").strip() for child in citation)
    if not bare:
        return repair(raw_text(citation))
    pieces = [repair(" ".join(citation_piece.itertext())) for citation_piece in citation if local_name(citation_piece) not in ("", "label")]
    return ", ".join(filter(None, pieces))


def _text(element: etree._Element | None) -> str | None:
    return (repair(raw_text(element)) or None) if element is not None else None
