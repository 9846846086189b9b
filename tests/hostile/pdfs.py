"""PDF files that want to hurt their reader, each made in a few lines."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>"
SENTENCE = b"BT /F1 11 Tf 72 700 Td (Relapse was rarer with the drug than with placebo, 12.0% against 25.0%, P = 0.03.) Tj ET"


def assembled(objects: Iterable[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1, with a sound table of references."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, start))


def stream(content: bytes, words: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), words, content)


def page_of(content: bytes, words: bytes = b"", catalog: bytes = CATALOG, *more: bytes) -> bytes:
    """A PDF of one page with this content; further objects are numbered from 6."""
    return assembled([catalog, PAGES, PAGE, FONT, stream(content, words), *more])


def flate_bomb(megabytes: int = 1500) -> bytes:
    """A page whose content unpacks to more than memory holds, packed twice."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()
    return page_of(zlib.compress(once, 9), b"/Filter [/FlateDecode /FlateDecode]")


def glyph_flood(glyphs: int = 4_000_000) -> bytes:
    """Millions of characters on one page, in kilobytes."""
    lines = b"BT /F1 1 Tf 10 10 Td " + b"(%s) Tj 0 0.001 Td " % (b"1" * 1000) * (glyphs // 1000) + b"ET"
    return page_of(zlib.compress(lines, 9), b"/Filter /FlateDecode")


def path_flood(paths: int = 1_000_000) -> bytes:
    """A page of nothing but rules."""
    return page_of(zlib.compress(b"0 0 m 600 700 l S 1 1 9 9 re f " * paths + SENTENCE, 9), b"/Filter /FlateDecode")


def deep_page_tree(depth: int = 20_000) -> bytes:
    """A tree of pages in which each node has one child."""
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(2, depth)]
    return assembled([CATALOG, *nodes, PAGE])


def looping_page_tree() -> bytes:
    """A node of the page tree that is its own child."""
    return assembled(
        [CATALOG, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", b"<< /Type /Pages /Kids [2 0 R] /Count 9 /Parent 2 0 R >>"]
    )


def looping_references() -> bytes:
    """Objects that stand for one another in a circle, where the content, its length and the resources should be."""
    loop = b"<< /Type /Page /Parent 2 0 R /MediaBox 6 0 R /Resources 6 0 R /Contents 6 0 R >>"
    return assembled([CATALOG, PAGES, loop, FONT, b"<< /Length 7 0 R >>\nstream\nBT ET\nendstream", b"7 0 R", b"6 0 R"])


def looping_forms() -> bytes:
    """Two drawings each of which draws the other twice."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
    page = PAGE.replace(b"/Font <<", b"/XObject << /X 6 0 R >> /Font <<")
    return assembled(
        [CATALOG, PAGES, page, FONT, stream(SENTENCE + b" /X Do"), stream(b"/X Do /X Do", form % 7), stream(b"/X Do /X Do", form % 6)]
    )


def form_doubling(depth: int = 40) -> bytes:
    """Drawings that each draw the next one twice: 2^depth sentences."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 4 0 R >> /XObject << /X %d 0 R >> >>"
    page = PAGE.replace(b"/Font <<", b"/XObject << /X 6 0 R >> /Font <<")
    inner = [stream(b"/X Do /X Do", form % n) for n in range(7, 7 + depth)]
    return assembled([CATALOG, PAGES, page, FONT, stream(b"/X Do"), *inner, stream(SENTENCE, form % 4)])


def looping_outline() -> bytes:
    """Bookmarks whose next one is the first."""
    catalog = CATALOG.replace(b">>", b"/Outlines 6 0 R >>")
    mark = b"<< /Title (Results) /Parent 6 0 R /Next 7 0 R /Prev 7 0 R /First 7 0 R /Last 7 0 R >>"
    return page_of(SENTENCE, b"", catalog, b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 9 >>", mark)


def broken_xref() -> bytes:
    """A table of references that points anywhere."""
    return page_of(SENTENCE).replace(b"\n00000000", b"\n99999999").replace(b"startxref\n", b"startxref\n9")


def looping_xref() -> bytes:
    """A table of references that names itself as the one before it."""
    whole = page_of(SENTENCE)
    start = whole.index(b"xref\n0")
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def huge_numbers() -> bytes:
    """Sizes and counts beyond every type."""
    page = PAGE.replace(b"612 792", b"1e308 99999999999999999999")
    return assembled([CATALOG, PAGES.replace(b"/Count 1", b"/Count 2147483647"), page, FONT, stream(SENTENCE, b"/DL 99999999999")])


def active_content(secret: str = "http://127.0.0.1:9/") -> bytes:
    """Scripts on opening, a launched program, a form sent away, a link, an embedded file."""
    link = secret.encode()
    names = b"/EmbeddedFiles << /Names [(a.exe) 8 0 R] >> /JavaScript << /Names [(x) 6 0 R] >>"
    catalog = CATALOG.replace(b">>", b"/OpenAction 6 0 R /Names << %s >> /AA << /WC 7 0 R >> >>" % names)
    script = b"<< /S /JavaScript /JS (app.launchURL\\('%s'\\); this.submitForm\\('%s'\\);) /Next 7 0 R >>" % (link, link)
    launch = b"<< /S /Launch /F (%s) /Next << /S /URI /URI (%s) >> >>" % (link, link)
    files = b"<< /Type /Filespec /FS /URL /F (%s) /EF << /F 9 0 R >> >>" % link
    return page_of(SENTENCE, b"", catalog, script, launch, files, stream(b"MZ" + bytes(99), b"/Type /EmbeddedFile"))


def external_content(secret: str = "http://127.0.0.1:9/page") -> bytes:
    """A page whose content is to be fetched from elsewhere."""
    return page_of(SENTENCE, b"/F << /FS /URL /F (%s) >> /FFilter /FlateDecode" % secret.encode())


def encrypted(user: str) -> bytes:
    """A page that needs this password (none where it is empty, as with papers that may not be printed)."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(user, ownerPassword="owner", canPrint=0, strength=128))
    canvas.drawString(72, 700, "Relapse was rarer with the drug than with placebo, 12.0% against 25.0%, P = 0.03.")
    canvas.save()
    return out.getvalue()


def many_pages(pages: int = 10_000) -> bytes:
    """More pages than any paper has."""
    kids = b" ".join(b"%d 0 R" % n for n in range(5, 5 + pages))
    page = PAGE.replace(b"5 0 R", b"3 0 R")
    return assembled([CATALOG, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages), stream(SENTENCE), FONT, *([page] * pages)])


def images(side: int = 60_000) -> bytes:
    """A picture of billions of points, in a few kilobytes."""
    page = PAGE.replace(b"/Font <<", b"/XObject << /X 6 0 R >> /Font <<")
    packed = zlib.compress(zlib.compress(bytes(side * 500), 9), 9)
    words = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray"
    words += b" /Filter [/FlateDecode /FlateDecode]"
    drawing = stream(packed, words % (side, side))
    return assembled([CATALOG, PAGES, page, FONT, stream(SENTENCE + b" q 612 0 0 792 0 0 cm /X Do Q"), drawing])


def deep_nesting(depth: int = 1_000_000) -> bytes:
    """Arrays within arrays, in a catalog and in a page's content."""
    return page_of(
        b"[" * depth + b"]" * depth + b" TJ " + SENTENCE, b"", CATALOG.replace(b">>", b"/X " + b"[" * depth + b"]" * depth + b" >>")
    )


def many_words(words: int = 50_000) -> bytes:
    """A page on which words stand at random, so that no line and no column is to be found."""
    places = ((n * 7919 % 6120 / 10, n * 104729 % 7920 / 10) for n in range(words))
    content = b"BT /F1 2 Tf " + b"".join(b"1 0 0 1 %.1f %.1f Tm (%d) Tj " % (x, y, n) for n, (x, y) in enumerate(places)) + b"ET"
    return page_of(zlib.compress(content), b"/Filter /FlateDecode")


def captions(number: int = 3_000) -> bytes:
    """Pages full of captions of tables."""
    lines = b"".join(b"1 0 0 1 %d %d Tm (Table %d. Outcomes by arm) Tj " % (20 + n % 4 * 140, 780 - n // 4, n) for n in range(number))
    return page_of(b"BT /F1 1 Tf " + lines + b"ET")


MAKERS: dict[str, Callable[[], bytes]] = {
    "flate-bomb.pdf": flate_bomb,
    "glyph-flood.pdf": glyph_flood,
    "path-flood.pdf": path_flood,
    "deep-page-tree.pdf": deep_page_tree,
    "looping-page-tree.pdf": looping_page_tree,
    "looping-references.pdf": looping_references,
    "looping-forms.pdf": looping_forms,
    "form-doubling.pdf": form_doubling,
    "looping-outline.pdf": looping_outline,
    "broken-xref.pdf": broken_xref,
    "looping-xref.pdf": looping_xref,
    "huge-numbers.pdf": huge_numbers,
    "active-content.pdf": active_content,
    "external-content.pdf": external_content,
    "encrypted.pdf": lambda: encrypted("secret"),
    "encrypted-without-password.pdf": lambda: encrypted(""),
    "ten-thousand-pages.pdf": many_pages,
    "huge-picture.pdf": images,
    "deep-nesting.pdf": deep_nesting,
    "words-at-random.pdf": many_words,
    "captions-everywhere.pdf": captions,
}
