"""JATS XML, the articles of PubMed Central and of publishers."""

from __future__ import annotations

from counterproof.extract.builder import DocumentBuilder
from counterproof.extract.jats.front import metadata, reference_elements, references
from counterproof.extract.jats.inline import local_name
from counterproof.extract.jats.walk import Walk
from counterproof.extract.markup.xml_input import declares_xml, parse_xml, root_name
from counterproof.kb.document import Document
from counterproof.kb.errors import DocumentError

_HTML_ROOTS = {"html", "head", "body", "svg"}


def accepts(data: bytes) -> bool:
    """Whether the bytes are XML other than HTML: an article, or anything that declares itself XML, which :func:`parse` then names."""
    root = root_name(data)
    return root is not None and root not in _HTML_ROOTS and ("article" in root or root == "oai-pmh" or declares_xml(data))


def parse(data: bytes, path: str) -> Document:
    """Read a JATS article (also one inside an OAI-PMH record or an article set).

    Raises :class:`DocumentError` for XML that is damaged, hostile or no article.
    """
    tree = parse_xml(data, path)
    root = tree.getroot()
    articles = [root] if local_name(root) == "article" else list(root.iter("{*}article"))
    article = next((a for a in articles if a.find("{*}front") is not None or a.find("{*}body") is not None), None)
    if article is None:
        raise DocumentError(f"{path}: XML of kind <{local_name(root)}>, not a JATS article; download the article as JATS (nXML)")
    builder = DocumentBuilder(data, path, "jats")
    if len(articles) > 1:
        builder.problems.append(f"the file holds {len(articles)} articles; only the first is read: save each as a file of its own")
        builder.status = "partial"
    builder.metadata = metadata(article)
    entries = reference_elements(article)
    builder.references = references(entries)
    Walk(builder, tree, article).article(entries)
    if article.find("{*}body") is None:
        builder.problems.append("the file has no body: only the title, the abstract and the references could be read")
        builder.status = "partial"
    return builder.build()
