"""XML from strangers: parsed with no network, no external entities and libxml2's own limits, or refused in one line."""

from __future__ import annotations

import html
import re
from html.entities import html5

from lxml import etree

from counterproof.kb.errors import DocumentError

_PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{0,40});")
_NAMED = re.compile(rb"&(?!#|amp;|lt;|gt;|quot;|apos;)")
"""An entity that may not be defined, in a file of one byte a letter; few have one."""
_DECLARED = re.compile(rb"<!ENTITY\s+([A-Za-z][\w.-]*)\s")
_EXTERNAL = re.compile(rb"<!ENTITY\s+(?:%\s+)?[\w.:-]+\s+(?:SYSTEM|PUBLIC)\b")
_LIBRARY_HINT = re.compile(r", line \d+, column \d+|,? (?:use|try|see) (?:XML_PARSE_HUGE|xmlCtxt\w+)( option)?", re.IGNORECASE)
_PROLOG = re.compile(r"\s*(?:<\?[^>]*\?>|<!--.*?-->)", re.DOTALL)
_ROOT = re.compile(r"\s*<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")


def root_name(data: bytes) -> str | None:
    """The name of the document's element as its first bytes give it, without prefix, in lower case; None if it is no XML."""
    text = _decode_head(data[:65536]).lstrip("\ufeff \t\r\n")
    place = 0
    while step := _PROLOG.match(text, place):
        place = step.end()
    root = _ROOT.match(text, place)
    return root[1].lower() if root else None


def declares_xml(data: bytes) -> bool:
    """Whether an XML declaration or a document type stands first."""
    return _decode_head(data[:256]).lstrip("\ufeff \t\r\n").startswith(("<?xml", "<!DOCTYPE"))


def parse_xml(data: bytes, path: str) -> etree._ElementTree:
    """The tree of an XML file. HTML's named characters are known; any other undefined entity is an error, never dropped."""
    if data.find(b"<!ENTITY", 0, 65536) >= 0 and _EXTERNAL.search(data[:65536]):
        raise DocumentError(f"{path}: it declares an external entity, which is never loaded; remove the declaration and its uses")
    named = _NAMED.search(data) is not None
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        # White space before the XML declaration is a common damage that harms nothing.
        clean = data.lstrip(b" \t\r\n")
        root = etree.fromstring(_with_known_entities(clean) if named else clean, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"{path}: {_explain(error)}") from error
    except (ValueError, LookupError) as error:
        raise DocumentError(f"{path}: cannot be read as XML ({error}); export or download it again") from error
    tree = root.getroottree()
    sought = named or tree.docinfo.encoding not in ("UTF-8", "utf-8")
    loose = next(tree.iter(etree.Entity), None) if sought else None
    if loose is not None:
        name = str(loose.text or "").strip("&;")
        raise DocumentError(f"{path}: {_undefined(name)}")
    return tree


def _with_known_entities(data: bytes) -> bytes:
    """Named characters of HTML as numeric references, since no DTD is ever loaded that could define them."""
    declared = set(_DECLARED.findall(data[:65536]))

    def numeric(hit: re.Match[bytes]) -> bytes:
        name = hit[1]
        if name in declared or name.decode() in _PREDEFINED:
            return hit[0]
        characters = html5.get(name.decode() + ";")
        return "".join(f"&#{ord(c)};" for c in characters).encode() if characters else hit[0]

    pieces: list[bytes] = []
    for piece in data.split(b"<![CDATA["):
        verbatim, end, text = piece.partition(b"]]>") if pieces else (b"", b"", piece)
        pieces.append(verbatim + end + _ENTITY.sub(numeric, text))
    return b"<![CDATA[".join(pieces)


def _explain(error: etree.XMLSyntaxError) -> str:
    message = _LIBRARY_HINT.sub("", html.unescape((error.msg or "no XML").partition("\n")[0])).strip(" ,.")
    line = f" in line {error.lineno}" if error.lineno else ""
    if undefined := re.search(r"Entity '([^']+)' not defined", message):
        return _undefined(undefined[1]) + line
    if re.search(r"loop|amplification|depth|huge|too (?:long|big|large)|limit", message, re.IGNORECASE):
        return f"XML beyond the limits for size, nesting and entities is not read ({message}{line})"
    if re.search(r"encod|Input is not proper|invalid.{0,80}char|PCDATA invalid", message, re.IGNORECASE):
        return f"its bytes are not in the encoding that it declares ({message}{line}); save it as UTF-8 or download it again"
    return f"the XML is cut off or damaged ({message}{line}); download it again"


def _undefined(name: str) -> str:
    return f"the entity &{name}; is not defined; replace it in the file by the character that it stands for"


def _decode_head(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8", "replace")
