"""XML, HTML and plain text that want to hurt their reader."""

from __future__ import annotations

from collections.abc import Callable

SECRET = "hostile-secret-7f3a"
SENTENCE = "Relapse was rarer with the drug than with placebo (12/20 [60.0%] vs. 5/20 [25.0%]; P = 0.03)."
SCRIPT = "<script>alert('owned')</script>"
ESCAPES = "\x1b[2J\x1b]0;owned\x07\x9b31m"


def article(body: str = f"<p>{SENTENCE}</p>", head: str = "", title: str = "A trial") -> str:
    """A JATS article with this body."""
    front = f"<front><article-meta><title-group><article-title>{title}</article-title></title-group></article-meta></front>"
    return f"<?xml version='1.0'?>{head}<article>{front}<body><sec sec-type='results'><title>Results</title>{body}</sec></body></article>"


def table(rows: str, caption: str = "Outcomes by arm") -> str:
    """A JATS table of these rows."""
    return f"<table-wrap><label>Table 1</label><caption><p>{caption}</p></caption><table><tbody>{rows}</tbody></table></table-wrap>"


def rows(*lines: tuple[str, ...]) -> str:
    """Rows of cells."""
    return "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)


def billion_laughs(depth: int = 12) -> str:
    names = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'ha '}'>" for n in range(depth))
    return article(f"<p>&e{depth - 1};</p>", f"<!DOCTYPE article [{names}]>")


def quadratic_blow_up(size: int = 200_000) -> str:
    return article("<p>" + "&e;" * size + "</p>", f"<!DOCTYPE article [<!ENTITY e '{'a ' * size}'>]>")


def looping_entity() -> str:
    return article("<p>&a;</p>", "<!DOCTYPE article [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>")


def external_entity(address: str) -> str:
    return article("<p>Read: &x;</p>", f"<!DOCTYPE article [<!ENTITY x SYSTEM '{address}'>]>")


def external_subset(address: str) -> str:
    return article(head=f"<!DOCTYPE article SYSTEM '{address}'>")


def parameter_entity(address: str) -> str:
    return article(head=f"<!DOCTYPE article [<!ENTITY % p SYSTEM '{address}'> %p;]>")


def hidden_external_entity(address: str) -> str:
    """The declaration stands where a look at the first bytes does not reach."""
    return article("<p>&x;</p>", f"<!DOCTYPE article [<!--{' ' * 100_000}--><!ENTITY x SYSTEM '{address}'>]>")


def xinclude(address: str) -> str:
    include = f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{address}' parse='text'/>"
    return article(f"<p>{SENTENCE}{include}</p>", f"<?xml-stylesheet href='{address}' type='text/xsl'?>")


def deep(depth: int = 200_000, name: str = "sec") -> str:
    return article(f"<{name}>" * depth + SENTENCE + f"</{name}>" * depth)


def nested(depth: int, name: str) -> str:
    """Nested as deep as the parser allows."""
    return article(f"<{name}>" * depth + SENTENCE + f"</{name}>" * depth)


def wide_table(columns: int = 10_000, lines: int = 20) -> str:
    return article(table(rows(*[tuple(f"{n % 97}.{line} ({n % 89}%)" for n in range(columns)) for line in range(lines)])))


def long_table(lines: int = 50_000) -> str:
    return article(table(rows(*[(f"Item {n}", f"{n} ({n % 100}.0%)", f"{n % 7} (3.5)", "0.034") for n in range(lines)])))


def many_tables(number: int = 5_000) -> str:
    return article(table(rows(("Item", "Drug (n = 20)", "Placebo (n = 20)", "P"), ("Relapse", "4 (20)", "10 (50)", "0.096"))) * number)


def absurd_spans() -> str:
    cell = "<td rowspan='1000000000' colspan='1000000000'>1 (5%)</td>"
    most = "<td rowspan='9999' colspan='9999'>2 (10%)</td>"
    return article(table(f"<tr>{cell * 50}</tr><tr>{most * 50}</tr>" * 50))


def long_numbers(digits: int = 10_000) -> str:
    number = "1234567890" * (digits // 10)
    cells = rows(("Item", "Drug (n = 20)", "Placebo", "P"), (number, f"{number} ({number}%)", f"0.{number} ± {number}", f"&lt;0.{number}"))
    said = (
        f"<p>P = 0.{number}; {number}/{number} ({number}%); HR {number}.{number} (95% CI {number} to {number}); {number[:99]},{number}.</p>"
    )
    return article(said + table(cells) + f"<p>{SENTENCE}</p>")


def long_cell(characters: int = 1_000_000) -> str:
    words = ("12 (24.5%) vs. 3.4 ± 1.2, " * (characters // 26 + 1))[:characters]
    return article(table(rows(("Item", "Drug", "P"), ("Relapse", words, "0.034"), (words, "1", "0.5"))) + f"<p>{SENTENCE}</p>")


def many_p_values(number: int = 100_000) -> str:
    return article("<p>" + "; ".join(f"item {n} (P = 0.{n % 1000:03d})" for n in range(number)) + ".</p>")


def one_sentence(characters: int = 3_000_000) -> str:
    return article("<p>" + ("relapse was rarer with the drug than with placebo and " * (characters // 54)) + SENTENCE + "</p>")


def same_character(letter: str, characters: int = 1_000_000) -> str:
    return article(
        f"<p>{letter * characters}</p>" + table(rows(("Item", "P"), (letter * characters, letter * 1000))) + f"<p>{SENTENCE}</p>"
    )


def much_text(megabytes: int) -> bytes:
    """A sound article of so many megabytes."""
    paragraph = f"<p>{SENTENCE}</p>".encode()
    before, after = article("\0").encode().split(b"\0")
    return before + paragraph * (megabytes * 1_000_000 // len(paragraph)) + after


def page(body: str) -> str:
    """A web page with this body."""
    return f"<!DOCTYPE html><html><head><title>A trial</title></head><body><article><h1>A trial</h1>{body}</article></body></html>"


def active_page(address: str = "http://127.0.0.1:9/") -> str:
    """Scripts in every place where a page may have some, around a table that is flagged."""
    bad = f"{SCRIPT}<img src=x onerror=alert('owned')><svg onload=alert('owned')><script>alert('owned')</script></svg>"
    text = (
        "&lt;script&gt;alert('owned')&lt;/script&gt; &lt;img src=x onerror=alert('owned')&gt; \"onmouseover=alert('owned') {{7*7}} ${7*7}"
    )
    link = f"<a href=\"javascript:alert('owned')\" onclick=\"alert('owned')\">here</a><a href='{address}'>there</a>"
    style = f"<style>@import url({address}); body {{ background: url({address}) }}</style><link rel=stylesheet href='{address}'>"
    frame = f"<base href='{address}'><iframe src='{address}'></iframe><object data='{address}'></object>"
    frame += f"<meta http-equiv=refresh content='0;{address}'>"
    cells = (
        f"<tr><th>Outcome {text}</th><th>Drug {text} (n = 20)</th><th>Placebo (n = 20)</th><th>P value</th></tr>"
        f"<tr><td>Relapse {text}, n (%)</td><td>4 (20.0)</td><td>10 (50.0)</td><td>0.41</td></tr>"
        f"<tr><td>Death {text}, n (%)</td><td>4 (35.0)</td><td>10 (50.0)</td><td>0.096</td></tr>"
    )
    cells = cells.replace("</tr>", "</tr></thead><tbody>", 1)
    grid = f"<table><caption>Table 1. Outcomes {text} {bad}</caption><thead>{cells}</tbody></table>"
    methods = f"<h2>Methods {text}</h2><p>Proportions were compared with Fisher's exact test. {text} {bad}</p>"
    return page(f"{style}{frame}{methods}<h2>Results</h2><p>{text} {link} {bad} {SENTENCE}</p>{grid}")


def strange_letters() -> str:
    """Controls of terminals, other directions, characters of no width, and lone surrogates as a page writes them."""
    text = f"{ESCAPES}\u202e\u2066\u200b\ufeff&#xD800;&#x1b;[2J&#0;&#x7f;"
    cells = (
        f"<tr><th>Outcome{text}</th><th>Drug (n = 20)</th><th>Placebo (n = 20)</th><th>P value</th></tr><tr><td>Relapse{text}, n (%)</td>"
    )
    grid = f"<table><caption>Table 1. {text}</caption>{cells}<td>4 (20.0)</td><td>10 (50.0)</td><td>0.41</td></tr></table>"
    return (
        page(f"<h2>Results</h2><p>{text}{SENTENCE}</p>{grid}")
        .replace("<h1>A trial", f"<h1>A trial{text}")
        .replace("<title>", f"<title>{text}")
    )


def formulas_of_sheets() -> str:
    """Cells that a spreadsheet would run."""
    names = ("=cmd|'/C calc'!A0", "+1+cmd", "@SUM(1)", "-2+3+cmd|' /C calc'!A0", "\t=1", '=HYPERLINK("http://127.0.0.1:9/")')
    lines = [(name.replace('"', "&quot;") + ", n (%)", "4 (20.0)", "10 (50.0)", "0.41") for name in names]
    return article(table(rows(("Outcome", "=Drug (n = 20)", "@Placebo (n = 20)", "P value"), *lines)))


def as_utf8(made: str) -> bytes:
    return made.encode("utf-8", "surrogatepass")


XML: dict[str, Callable[[], bytes]] = {
    "billion-laughs.xml": lambda: as_utf8(billion_laughs()),
    "quadratic-blow-up.xml": lambda: as_utf8(quadratic_blow_up()),
    "looping-entity.xml": lambda: as_utf8(looping_entity()),
    "external-entity-file.xml": lambda: as_utf8(external_entity("file:///etc/passwd")),
    "external-entity-http.xml": lambda: as_utf8(external_entity("http://127.0.0.1:9/x")),
    "external-entity-far.xml": lambda: as_utf8(hidden_external_entity("file:///etc/passwd")),
    "external-subset-file.xml": lambda: as_utf8(external_subset("file:///etc/passwd")),
    "external-subset-http.xml": lambda: as_utf8(external_subset("http://127.0.0.1:9/x.dtd")),
    "parameter-entity.xml": lambda: as_utf8(parameter_entity("http://127.0.0.1:9/x.dtd")),
    "xinclude.xml": lambda: as_utf8(xinclude("file:///etc/passwd")),
    "deep-nesting.xml": lambda: as_utf8(deep()),
    "nested-sections.xml": lambda: as_utf8(nested(240, "sec")),
    "nested-italics.xml": lambda: as_utf8(nested(240, "italic")),
    "nested-tables.xml": lambda: as_utf8(nested(60, "td><table><tr")),
    "declared-falsely.xml": lambda: article(f"<p>{SENTENCE} \u00b1 \u03b2</p>").encode("utf-16").replace(b"\xff\xfe", b""),
    "declared-utf-8-is-latin.xml": lambda: article(f"<p>{SENTENCE} \u00b1 \u00e9</p>").encode("latin-1"),
    "declared-utf-7.xml": lambda: article(f"<p>{SENTENCE}</p>").replace("'1.0'", "'1.0' encoding='utf-7'").encode(),
    "declared-nonsense.xml": lambda: article(f"<p>{SENTENCE}</p>").replace("'1.0'", "'1.0' encoding='klingon'").encode(),
    "nul-bytes.xml": lambda: as_utf8(article(f"<p>{SENTENCE}\0\0</p>")),
    "ten-thousand-columns.xml": lambda: as_utf8(wide_table()),
    "fifty-thousand-rows.xml": lambda: as_utf8(long_table()),
    "five-thousand-tables.xml": lambda: as_utf8(many_tables()),
    "absurd-spans.xml": lambda: as_utf8(absurd_spans()),
    "ten-thousand-digits.xml": lambda: as_utf8(long_numbers()),
    "megabyte-cell.xml": lambda: as_utf8(long_cell()),
    "hundred-thousand-p-values.xml": lambda: as_utf8(many_p_values()),
    "one-endless-sentence.xml": lambda: as_utf8(one_sentence()),
    "all-digits.xml": lambda: as_utf8(same_character("1")),
    "all-brackets.xml": lambda: as_utf8(same_character("(")),
    "all-dashes.xml": lambda: as_utf8(same_character("- ")),
    "all-letters.xml": lambda: as_utf8(same_character("a")),
    "all-numbers.xml": lambda: as_utf8(same_character("1, ")),
    "hundred-megabytes.xml": lambda: much_text(100),
    "formulas-of-sheets.xml": lambda: as_utf8(formulas_of_sheets()),
}

HTML: dict[str, Callable[[], bytes]] = {
    "active-page.html": lambda: as_utf8(active_page()),
    "strange-letters.html": lambda: as_utf8(strange_letters()),
    "deep-page.html": lambda: as_utf8(page("<div>" * 100_000 + SENTENCE)),
    "nested-lists.html": lambda: as_utf8(page("<ul><li>" * 110 + SENTENCE)),
    "unclosed-tables.html": lambda: as_utf8(page("<table><tr><td>1 (5%)" * 20_000)),
    "wide-page-table.html": lambda: as_utf8(page(f"<table><caption>Table 1. A</caption><tr>{'<td>1 (5%)</td>' * 10_000}</tr></table>")),
    "many-attributes.html": lambda: as_utf8(page(f"<p {' '.join(f'a{n}={n}' for n in range(200_000))}>{SENTENCE}</p>")),
    "endless-comment.html": lambda: as_utf8(page(f"<p>{SENTENCE}</p><!--" + "- " * 1_000_000)),
    "many-divs.html": lambda: as_utf8(page(f"<div class='table-wrap'><p>{SENTENCE}</p></div>" * 30_000)),
    "declared-falsely.html": lambda: page(f"<meta charset='utf-16'><p>{SENTENCE}</p>").encode("latin-1"),
}

TEXT: dict[str, Callable[[], bytes]] = {
    "all-one-line.txt": lambda: (f"Results\n\n{SENTENCE} " + "relapse 12 (24.5%) P = 0.03 " * 100_000).encode(),
    "all-line-ends.txt": lambda: f"Results\n\n{SENTENCE}{chr(10) * 2_000_000}{SENTENCE}".encode(),
    "many-captions.txt": lambda: "".join(f"Table {n}. Outcomes\n\nItem {n}   1 (5%)   0.03\n\n" for n in range(20_000)).encode(),
    "all-numbers.txt": lambda: ("Table 1. Outcomes\n\n" + ("1 2 3 4 5 6 7 8 9\n" * 100_000)).encode(),
    "all-hyphens.txt": lambda: (f"Results\n\n{SENTENCE}\n" + "re-\n" * 300_000).encode(),
    "form-feeds.txt": lambda: (f"Results\n\n{SENTENCE}\f" * 20_000).encode(),
    "half-binary.txt": lambda: f"Results\n\n{SENTENCE}\n".encode() + bytes(range(256)) * 1000,
    "escapes.txt": lambda: f"A trial {ESCAPES}\n\nResults\n\n{SENTENCE} {ESCAPES}\n".encode(),
}
