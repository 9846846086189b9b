"""XML that is damaged, hostile or no article: one clear line each."""

import pytest

from counterproof.extract import jats
from counterproof.kb.errors import DocumentError

ARTICLE = "<article><front/><body><p>{}</p></body></article>"


def refusal(data: bytes) -> str:
    assert jats.accepts(data)
    with pytest.raises(DocumentError) as refused:
        jats.parse(data, "paper.xml")
    message = str(refused.value)
    assert message.startswith("paper.xml: ")
    assert "\n" not in message
    return message


def test_named_characters_of_html_are_known() -> None:
    text = jats.parse(ARTICLE.format("5 &plusmn; 2 &le; 8 &amp; &#177; <![CDATA[&plusmn;]]>").encode(), "paper.xml").text
    assert text.strip() == "5 ± 2 ≤ 8 & ± &plusmn;"


def test_the_papers_own_entities_are_used() -> None:
    data = "<!DOCTYPE article [<!ENTITY plusmn 'plus or minus'>]>" + ARTICLE.format("5 &plusmn; 2")
    assert jats.parse(data.encode(), "paper.xml").text.strip() == "5 plus or minus 2"


@pytest.mark.parametrize("doctype", ["", "<!DOCTYPE article SYSTEM 'JATS-archivearticle1.dtd'>"])
def test_an_undefined_entity_is_named(doctype: str) -> None:
    assert "&nonsense; is not defined" in refusal((doctype + ARTICLE.format("5 &nonsense; 2")).encode())


def test_entities_that_grow_without_bound_are_refused() -> None:
    layers = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12))
    assert "limits" in refusal(f"<!DOCTYPE article [<!ENTITY a0 'ha'>{layers}]>{ARTICLE.format('&a11;')}".encode())


@pytest.mark.parametrize("entity", ["<!ENTITY x SYSTEM 'file:///etc/hostname'>", "<!ENTITY % x PUBLIC '-' 'http://127.0.0.1/x.dtd'> %x;"])
def test_external_entities_are_never_loaded(entity: str) -> None:
    assert "external entity" in refusal(f"<!DOCTYPE article [{entity}]>{ARTICLE.format('&x;')}".encode())


def test_depth_has_a_limit_that_no_reader_hits_first() -> None:
    assert "nesting" in refusal(("<article><body>" + "<sec>" * 5000 + "</sec>" * 5000 + "</body></article>").encode())
    for tag in ("sec", "list", "boxed-text", "bold"):
        outer = "p" if tag == "bold" else "sec"
        nested = f"<{tag}>" * 240 + "5" + f"</{tag}>" * 240
        jats.parse(f"<article><body><{outer}>{nested}</{outer}></body></article>".encode(), "paper.xml")


def test_a_wrong_encoding_is_said() -> None:
    assert "encoding" in refusal(('<?xml version="1.0" encoding="UTF-8"?>' + ARTICLE.format("café")).encode("latin-1"))
    assert "encoding" in refusal(('<?xml version="1.0" encoding="klingon"?>' + ARTICLE.format("cafe")).encode())


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-16", "UTF-8-sig"])
def test_declared_encodings_are_read(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    data = f'<?xml version="1.0" encoding="{declared}"?>{ARTICLE.format("café ± 5")}'.encode(encoding)
    assert jats.accepts(data)
    assert jats.parse(data, "paper.xml").text.strip() == "café ± 5"


@pytest.mark.parametrize("cut", [3, 12, 30])
def test_a_truncated_file_is_said_to_be_one(cut: int) -> None:
    assert "download it again" in refusal(ARTICLE.format("All walked home.").encode()[:-cut])


@pytest.mark.parametrize("data", [b"<?xml version='1.0'?><TEI><text/></TEI>", b"<!DOCTYPE rss><rss/>", b"<article/>"])
def test_other_xml_is_no_article(data: bytes) -> None:
    assert "not a JATS article" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><html><body/></html>",
        b"<?xml version='1.0'?>\n<html xmlns='x'/>",
        b"plain text < 5",
        b"%PDF-1.7",
        b"",
        b"<5 years",
        b"<b>5</b> years",
    ],
)
def test_html_and_text_are_left_to_others(data: bytes) -> None:
    assert not jats.accepts(data)


def test_white_space_before_the_declaration_does_no_harm() -> None:
    data = b'\n  <?xml version="1.0"?>' + ARTICLE.format("Fine.").encode()
    assert jats.accepts(data)
    assert jats.parse(data, "paper.xml").text.strip() == "Fine."


def test_an_article_inside_a_record_is_read() -> None:
    data = "<?xml version='1.0'?><OAI-PMH xmlns='http://oai'><record><article xmlns='http://jats'><front/><body><p>Fine.</p></body></article></record></OAI-PMH>"
    assert jats.parse(data.encode(), "paper.xml").text.strip() == "Fine."


def test_an_article_without_a_body_is_partial() -> None:
    document = jats.parse(b"<article><front><article-meta/></front></article>", "paper.xml")
    assert (document.status, len(document.problems)) == ("partial", 1)
