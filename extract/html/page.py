"""From the bytes of a web page to the part of it that is the article."""

from __future__ import annotations

import re

from lxml import etree

from counterproof.extract.html.inline import UNREAD, local_name
from counterproof.kb.errors import DocumentError

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*+=\s*+[\"']?\s*+([\w-]{2,20})|<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([\w-]{2,20})", re.IGNORECASE
)
_BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|breadcrumbs?|menu|sidebar|cookies?|share|sharing|social|advert\w*|ads?|promo|related|recommend\w*"
    r"|metrics|altmetric|toolbar|skip\w*|banner|modal|popup|tooltip|login|signin|subscribe|newsletter|pagination|masthead|usa-\w+|toc|feedback"
    r"|permissions|copyright|license|article-tools|cited-by|citedby|similar-articles|table-of-contents|jump\w*|disclaimer)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ROLES = {"navigation", "banner", "complementary", "contentinfo", "search", "dialog", "menu", "menubar", "toolbar"}
_FURNITURE = {"nav", "aside", "form", "dialog"}
_DEEPEST = 240


def parse_page(data: bytes, path: str) -> etree._Element:
    """The ``html`` element of a page. Nothing is fetched and nothing runs: scripts are dropped unread."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root: etree._Element | None = etree.fromstring(decode(data).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(f"{path}: cannot be read as HTML ({error}); save the page again") from error
    if root is None:  # lxml's answer to a page of nothing but a document type
        raise DocumentError(f"{path}: is a web page without content; save the page again")
    if _deeper_than(root, _DEEPEST):
        raise DocumentError(f"{path}: its elements are nested more than {_DEEPEST} deep, which no article is; save the page again")
    for element in list(root.iter(*UNREAD - {"img", "math", "meta", "link"})):
        if isinstance(element.tag, str):
            _drop(element)
    return root


def decode(data: bytes) -> str:
    """The page's text: by byte order mark, else by what it declares, else UTF-8, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    declared = _CHARSET.search(data[:4096])
    names = [name.decode() for name in (declared.groups() if declared else ()) if name]
    for name in ("utf-8-sig", *names):
        try:
            return data.decode("cp1252" if name.lower() in ("iso-8859-1", "latin1", "latin-1") else name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def main_content(root: etree._Element) -> etree._Element:
    """The element that holds the article, with navigation, advertisement and other furniture taken out."""
    body = root.find("body")
    body = body if body is not None else root
    candidates = [
        e for e in body.iter("main", "article", "div", "section") if local_name(e) in ("main", "article") or e.get("role") == "main"
    ]
    whole = _prose(body)
    good = [e for e in candidates if _prose(e) >= 0.7 * whole]
    content = good[-1] if good and whole else body
    most = 0.2 * max(_prose(content), 1)
    for element in list(content.iter()):
        if element is not content and isinstance(element.tag, str) and _is_furniture(element, most):
            _drop(element)
    return content


def _is_furniture(element: etree._Element, most: float) -> bool:
    name = local_name(element)
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    suspect = (
        name in _FURNITURE
        or element.get("role") in _ROLES
        or (name in ("div", "section", "ul", "ol", "span", "p") and _BOILERPLATE.search(named) is not None)
    )
    if name == "footer" or (name == "header" and element.find(".//h1") is None):
        suspect = not any(local_name(a) in ("article", "figure", "section", "table") for a in element.iterancestors())
    return suspect and next(element.iter("table"), None) is None and _prose(element) < most


def _prose(element: etree._Element) -> int:
    """How much text stands in paragraphs and lists."""
    return sum(len(str(text)) for p in element.iter("p", "li", "td") for text in p.itertext())


def _drop(element: etree._Element) -> None:
    """Take an element out; the text behind it stays."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and previous is not None:
        previous.tail = (previous.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _deeper_than(root: etree._Element, limit: int) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False
