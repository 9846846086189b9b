"""What a page says of itself in its meta elements, and its reference list."""

from __future__ import annotations

import re

from lxml import etree

from counterproof.extract.html.inline import raw_text
from counterproof.extract.references import reference as identified
from counterproof.extract.repair import repair
from counterproof.kb.document import Metadata, Reference

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>;,]{1,200}[^\s\"<>;,.)]")
_PMCID = re.compile(r"\bPMC\d{4,9}\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DOI_NAMES = ("citation_doi", "prism.doi", "dc.identifier", "dc.identifier.doi", "bepress_citation_doi")
_DATE_NAMES = ("citation_publication_date", "citation_date", "citation_online_date", "dc.date", "prism.publicationdate")
_ADDRESS_NAMES = ("citation_pmcid", "og:url", "citation_fulltext_html_url")
_LINK_NAMES = (
    r"(?:PubMed(?: Abstract| Central)?|Google Scholar|Cross ?Ref|Publisher Full Text|(?:PMC )?[Ff]ree article|Full ?Text|View Article"
    r"|DOI|Article|CAS)"
)
_LINKS = re.compile(rf"(?:[\s\[|/·]{{1,6}}{_LINK_NAMES}\]?){{1,12}}[.\s]*$")


def metadata(root: etree._Element) -> Metadata:
    """Title, identifiers, year, journal and authors as the page's head has them (Highwire, Dublin Core or PRISM names)."""
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name, content = (element.get("name") or element.get("property") or "").lower(), (element.get("content") or "").strip()
        if name and content:
            meta.setdefault(name, []).append(content)

    def first(*names: str) -> str | None:
        return next((repair(meta[name][0]) for name in names if name in meta), None)

    dois = [hit[0] for name in _DOI_NAMES for value in meta.get(name, ()) if (hit := _DOI.search(value))]
    year = _YEAR.search(first(*_DATE_NAMES) or "")
    addresses = " ".join([*(value for name in _ADDRESS_NAMES for value in meta.get(name, ())), *_canonical(root)])
    pmcid = _PMCID.search(addresses)
    return Metadata(
        title=first("citation_title", "dc.title", "og:title") or _heading(root),
        doi=dois[0] if dois else None,
        pmcid=pmcid[0] if pmcid else None,
        year=int(year[0]) if year else None,
        journal=first("citation_journal_title", "prism.publicationname", "dc.source"),
        authors=tuple(repair(name) for name in meta.get("citation_author", meta.get("dc.creator", []))),
    )


def reference(item: etree._Element, position: int) -> Reference:
    """An entry of the reference list, labelled with its number."""
    text = repair(raw_text(item).replace("\n", " "))
    label = re.match(r"\[?(\d{1,3})[.\])]?\s+(?=[^\W\d])", text)
    if label:
        text = text[label.end() :]
    links = [a.get("href") or "" for a in item.iter("a")]
    return identified(label[1] if label else str(position), _LINKS.sub("", text).strip(), links)


def _canonical(root: etree._Element) -> list[str]:
    return [link.get("href") or "" for link in root.iter("link") if link.get("rel") == "canonical"]


def _heading(root: etree._Element) -> str | None:
    heading = next(root.iter("h1"), None)
    return (repair(raw_text(heading)) or None) if heading is not None else None
