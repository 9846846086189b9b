"""Every export is read by an independent program of its standard."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from pyld import jsonld

import counterproof
from counterproof.kb.dataset import Dataset
from counterproof.kb.errors import UsageError
from counterproof.kb.export import FORMATS, rows
from counterproof.kb.export.metafor import CONTINUOUS, DICHOTOMOUS, ESTIMATES
from counterproof.kb.export.reviews import DATA_ROWS, RESULTS
from counterproof.kb.export.web_annotations import CONTEXT, digest_uri


@pytest.fixture(scope="module")
def package(demo: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    assert demo.export("parquet", folder) == []
    return folder


def test_frictionless_accepts_the_data_package(package: Path) -> None:
    """Two things frictionless cannot do with Parquet: count its bytes, and tell a missing whole number from "nan"."""
    report = frictionless.Package(str(package / "datapackage.json")).validate()
    assert not report.errors
    assert len(report.tasks) > 20
    for task in report.tasks:
        found = [error for error in task.errors if error.type not in ("byte-count", "hash-count")]
        assert not [error.message for error in found if not (error.type == "type-error" and 'cell "nan"' in error.message)]


def test_the_package_describes_every_file_and_column(package: Path, demo: Dataset) -> None:
    described = json.loads((package / "datapackage.json").read_text("utf-8"))
    assert {resource["path"] for resource in described["resources"]} == {path.name for path in package.glob("*.parquet")}
    for resource in described["resources"]:
        data = (package / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        table = pq.read_table(package / resource["path"])
        assert table.column_names == [column["name"] for column in resource["schema"]["fields"]]
        assert table.num_rows == len(demo.table(resource["name"].replace("-", "_")))
        lists = {column.name for column in table.schema if pa.types.is_list(column.type)}
        assert all(column["description"] for column in resource["schema"]["fields"])
        assert {column["name"] for column in resource["schema"]["fields"] if column["type"] == "any"} == lists
        assert resource["title"]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_metafor_columns_hold_what_is_printed(demo: Dataset, tmp_path: Path) -> None:
    told = demo.export("metafor", tmp_path)
    assert any("printed percent contradicts the total" in line for line in told)
    counts, means, effects = (read_csv(tmp_path / f"{name}.csv") for name in ("dichotomous", "continuous", "estimates"))
    assert all(tuple(lines[0]) == names for lines, names in ((counts, DICHOTOMOUS), (effects, ESTIMATES)))
    assert not means
    assert CONTINUOUS[8:14] == ("unit", "m1i", "sd1i", "n1i", "m2i", "sd2i")
    for line in counts:
        assert int(line["ai"]) + int(line["bi"]) == int(line["n1i"])
        assert int(line["ci"]) + int(line["di"]) == int(line["n2i"])
    assert not [line for line in counts if line["level"] == "Robot"]
    (age,) = (line for line in effects if line["outcome"].startswith("Age"))
    assert float(age["yi"]) == pytest.approx(math.log(1.15), abs=1e-6)
    assert float(age["sei"]) == pytest.approx((math.log(1.84) - math.log(0.72)) / (2 * 1.959964), abs=1e-6)


def test_review_software_gets_its_columns(demo: Dataset, tmp_path: Path) -> None:
    demo.export("revman", tmp_path / "revman")
    demo.export("covidence", tmp_path / "covidence")
    rows = read_csv(tmp_path / "revman" / "data-rows.csv")
    assert tuple(rows[0]) == DATA_ROWS
    assert {row["Study"] for row in rows} == {"early-failure", "sysu-stage4"}
    results = read_csv(tmp_path / "covidence" / "results.csv")
    assert tuple(results[0]) == RESULTS
    (morbidity,) = (r for r in results if r["Outcome"] == "Morbidity" and r["Intervention"] == "Control group" and r["Events"])
    assert (morbidity["Events"], morbidity["N"], morbidity["Table"]) == ("34", "100", "Table 3")
    for name in ("revman", "covidence"):
        assert len(rispy.loads((tmp_path / name / "references.ris").read_text("utf-8"))) == 3


def test_references_are_read_back(trials: Dataset, tmp_path: Path) -> None:
    trials.export("ris", tmp_path / "papers.ris")
    trials.export("bibtex", tmp_path / "papers.bib")
    records = rispy.loads((tmp_path / "papers.ris").read_text("utf-8"))
    first = next(record for record in records if record["doi"] == "10.9999/bcg0_1")
    assert first["authors"] == ["A. B. Aronson", "C Second"]
    assert (first["type_of_reference"], first["year"], first["title"]) == ("JOUR", "1948", "BCG vaccination in Aronson")
    library = parse_string((tmp_path / "papers.bib").read_text("utf-8"))
    assert not library.failed_blocks
    assert len(library.entries) == len(records) == 22
    entry = library.entries_dict["Aronson1948"]
    assert entry.entry_type == "article"
    assert entry["journal"] == r"Trials \& Tribulations"
    assert entry["doi"] == "10.9999/bcg0_1"


def test_keys_stay_apart_where_names_have_other_letters(tmp_path: Path) -> None:
    author = "<contrib contrib-type='author'><name><surname>{name}</surname><given-names>X</given-names></name></contrib>"
    for number, name in enumerate(("王", "李", "Müller", "Mller {}\\")):
        (tmp_path / f"{number}.xml").write_text(
            f"<article><front><article-meta><title-group><article-title>Of {{braces}} and %</article-title></title-group><contrib-group>"
            f"{author.format(name=name)}</contrib-group><pub-date><year>2020</year></pub-date></article-meta></front><body><sec><title>Results"
            f"</title><p>Paper {number}.</p></sec></body></article>",
            "utf-8",
        )
    with counterproof.open() as data:
        data.add(tmp_path)
        data.export("bibtex", tmp_path / "papers.bib")
    library = parse_string((tmp_path / "papers.bib").read_text("utf-8"))
    assert not library.failed_blocks
    assert len({entry.key for entry in library.entries}) == 4
    assert library.entries[0]["title"] == r"{Of \{braces\} and \%}"


SELECTOR: dict[str, Any] = {
    "oneOf": [
        {"properties": {"type": {"const": "TextQuoteSelector"}, "exact": {"type": "string", "minLength": 1}, "prefix": {"type": "string"},
                        "suffix": {"type": "string"}}, "required": ["type", "exact"], "additionalProperties": False},
        {"properties": {"type": {"const": "TextPositionSelector"}, "start": {"type": "integer", "minimum": 0},
                        "end": {"type": "integer", "minimum": 1}}, "required": ["type", "start", "end"], "additionalProperties": False},
        {"properties": {"type": {"const": "FragmentSelector"}, "value": {"pattern": r"^page=\d+(&viewrect=[\d.]+(,[\d.]+){3})?$"},
                        "conformsTo": {"const": "http://tools.ietf.org/rfc/rfc8118"}}, "required": ["type", "value"],
         "additionalProperties": False},
        {"properties": {"type": {"const": "XPathSelector"}, "value": {"pattern": "^/"}}, "required": ["type", "value"],
         "additionalProperties": False},
    ]
}  # fmt: skip
ANNOTATION: dict[str, Any] = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": {"type": "string", "pattern": "^urn:uuid:"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["assessing", "classifying"]},
        "body": {"type": "array", "items": {"required": ["type", "value"], "properties": {
            "type": {"const": "TextualBody"}, "purpose": {"enum": ["assessing", "tagging", "classifying", "describing"]}}}},
        "target": {"required": ["source", "selector"], "properties": {
            "type": {"const": "SpecificResource"}, "source": {"pattern": "^ni:///sha-256;[A-Za-z0-9_-]{43}$"},
            "scope": {"pattern": "^https://doi.org/10"}, "selector": {"type": "array", "minItems": 2, "items": SELECTOR}}},
    },
    "additionalProperties": False,
}  # fmt: skip
"""The parts of the Web Annotation Data Model that are used, as its chapters 3 and 4 demand them."""

OA, ACTIVITY = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
_LINK = {"@type": "@id"}
TERMS: dict[str, Any] = {
    "id": "@id", "type": "@type", "oa": OA, "as": ACTIVITY, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/", "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{name: f"oa:{name}" for name in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector",
                                       "FragmentSelector", "XPathSelector", "assessing", "classifying", "describing", "tagging")},
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage", "Software": "as:Application",
    "body": {"@id": "oa:hasBody", **_LINK}, "target": {"@id": "oa:hasTarget", **_LINK}, "source": {"@id": "oa:hasSource", **_LINK},
    "selector": {"@id": "oa:hasSelector", **_LINK}, "scope": {"@id": "oa:hasScope", **_LINK},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "renderedVia": {"@id": "oa:renderedVia", **_LINK}, "conformsTo": {"@id": "dcterms:conformsTo", **_LINK},
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix", "value": "rdf:value", "format": "dc:format",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"}, "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"}, "first": {"@id": "as:first", **_LINK},
    "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"}, "items": {"@id": "as:items", "@container": "@list", **_LINK},
}  # fmt: skip
"""The vocabulary of the W3C's context document as far as it is used here, so that no test reaches for the network."""


def test_annotations_are_web_annotations(demo: Dataset, tmp_path: Path) -> None:
    demo.export("annotations", tmp_path / "annotations.jsonld")
    collection = json.loads((tmp_path / "annotations.jsonld").read_text("utf-8"))
    items = collection["first"]["items"]
    assert collection["@context"] == CONTEXT
    assert collection["total"] == len(items) == len({item["id"] for item in items}) >= len(demo.evidence)
    check = jsonschema.Draft202012Validator(ANNOTATION)
    for item in items:
        check.validate(item)
    (whole,) = jsonld.expand({**collection, "@context": TERMS})
    assert whole["@type"] == [ACTIVITY + "OrderedCollection"]
    annotations = whole[ACTIVITY + "first"][0][ACTIVITY + "items"][0]["@list"]
    assert len(annotations) == len(items)
    assert {meaning(key) for key in keys(items)} == keys(annotations)


def meaning(term: str) -> str:
    """What a term stands for in the vocabulary."""
    told = TERMS[term]
    name = told if isinstance(told, str) else told["@id"]
    prefix, _, rest = name.partition(":")
    return f"{TERMS[prefix]}{rest}"


def keys(thing: object) -> set[str]:
    """Every key at any depth, those of JSON-LD itself left out: a term without a meaning would be lost."""
    if isinstance(thing, list):
        return set().union(*map(keys, thing))
    if not isinstance(thing, dict):
        return set()
    own = {key for key in thing if not key.startswith("@") and key not in ("id", "type")}
    return own.union(*(keys(value) for value in thing.values()))


def test_an_annotation_points_to_the_printed_number(demo: Dataset, tmp_path: Path) -> None:
    demo.export("annotations", tmp_path / "annotations.jsonld")
    items = json.loads((tmp_path / "annotations.jsonld").read_text("utf-8"))["first"]["items"]
    papers = {digest_uri(paper.document_id): demo.text(paper.document_id) for paper in demo.papers}
    for item in items:
        text, (quote, position, *_) = papers[item["target"]["source"]], item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])


def test_a_text_never_becomes_a_formula(tmp_path: Path) -> None:
    texts = ["=cmd|' /C calc'!A0", "@SUM(1)", "+evil", "-evil", "\tx", "−2.7", "-2.7", "fine", 'a "quote", b']
    rows.write_csv(tmp_path / "out.csv", ["text"], [{"text": text} for text in texts])
    back = [line["text"] for line in read_csv(tmp_path / "out.csv")]
    assert back == ["'=cmd|' /C calc'!A0", "'@SUM(1)", "'+evil", "'-evil", "'\tx", "−2.7", "-2.7", "fine", 'a "quote", b']


@pytest.mark.parametrize(
    ("author", "family"),
    [("Doe, Jane", "Doe"), ("Jane van Doe", "Doe"), ("van Doe J", "van Doe"), ("Doe J.A.", "Doe"), ("Madonna", "Madonna")],
)
def test_surnames(author: str, family: str) -> None:
    assert rows.surname(author) == family


def test_unknown_formats_and_places_are_told(demo: Dataset, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no export is named word"):
        demo.export("word", tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot be written"):
        demo.export("metafor", tmp_path / "file" / "folder")


def test_the_command_writes_and_tells_what_is_left_out(tmp_path: Path) -> None:
    paper = Path(__file__).resolve().parents[3] / "corpus" / "documents" / "early-failure.txt"
    start = [sys.executable, "-m", "counterproof.cli"]
    subprocess.run([*start, "add", str(paper), "--store", "e.duckdb", "-q"], cwd=tmp_path, check=True, capture_output=True)
    done = subprocess.run([*start, "export", "ris", "--store", "e.duckdb"], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert len(rispy.load(io.StringIO(done.stdout))) == 1
    done = subprocess.run([*start, "export", "metafor", "--store", "e.duckdb", "-o", "out"], cwd=tmp_path, capture_output=True, text=True)
    assert "left out" in done.stderr
    assert (tmp_path / "out" / "dichotomous.csv").is_file()
    done = subprocess.run([*start, "export", "parquet", "--store", "e.duckdb"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert "name it with --output" in done.stderr
    assert set(FORMATS) == {"parquet", "metafor", "revman", "covidence", "annotations", "bibtex", "ris"}
