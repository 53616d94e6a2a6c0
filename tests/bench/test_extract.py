"""The promised quality of extraction, on the labelled pages (protocol: extract.md)."""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from leadboard.bench.extract import measure, product, run
from tests.conftest import SHARED, need


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    for part in ("company_pages", "jsonld_pages"):
        need(part)
    return measure(SHARED, product, forms=False)


@pytest.mark.parametrize(
    ("field", "least"),
    [
        ("phones", {"precision": 0.95, "recall": 0.93}),
        ("emails", {"recall": 0.98}),
        ("jsonld_organizations", {"precision": 0.97, "recall": 0.97}),
        ("company_name", {"precision": 0.8, "recall": 0.8}),
        ("people_with_title", {"precision": 0.9, "recall": 0.75}),
        ("people", {"precision": 0.75, "recall": 0.75}),
        ("street", {"precision": 0.88, "recall": 0.75}),
        ("zip", {"precision": 0.95, "recall": 0.88}),
    ],
)
def test_finds_what_was_promised(figures, field, least):
    assert {name: figures[field][name] for name, floor in least.items() if figures[field][name] < floor} == {}


def _pack(folder: Path, pages: dict[str, str], **tables: str) -> None:
    folder.mkdir(parents=True)
    with tarfile.open(folder / "pages.tar.gz", "w:gz") as archive:
        for name, html in pages.items():
            member = tarfile.TarInfo(name)
            member.size = len(html.encode())
            archive.addfile(member, io.BytesIO(html.encode()))
    for name, text in tables.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")


def test_both_readers_are_measured_by_the_same_labels(tmp_path):
    contact = "<title>Acme | Contact</title><p>Ann Green, CEO</p><p>Call (413) 732-8702 or 413 732 8703</p>"
    _pack(
        tmp_path / "data" / "company_pages",
        {"a.html": contact},
        pages_csv="page,site,title,bytes,entities\na.html,acme.com,,,\n",
        entities_csv="page,order,type,text\na.html,0,ORG,Acme Inc.\na.html,1,PER,Ann Green\na.html,2,FUNC,CEO\n"
        "a.html,3,TEL,(413) 732-8702\na.html,4,FAX,413-732-8704\n",
    )
    organization = {"@type": "Organization", "name": "Acme", "url": "https://acme.com/"}
    _pack(
        tmp_path / "data" / "jsonld_pages",
        {"b.html": f'<script type="application/ld+json">{json.dumps(organization)}</script>'},
        expected_jsonl=json.dumps({"page": "b.html", "site": "acme.com", "organizations": [organization]}),
    )
    _pack(
        tmp_path / "data" / "form_pages",
        {"c.html": "<form><input name=email><input type=password></form>"},
        forms_csv="page,url,form_index,form_type,field_types_json\nc.html,http://c.com/,0,login,{}\n",
    )

    figures = run(tmp_path)
    floor = figures.pop("floor")

    assert set(floor) == set(figures)
    assert figures["phones"] == {"precision": 0.5, "recall": 0.5, "right": 1, "missed": 1, "wrong": 1}
    assert figures["company_name"]["recall"] == figures["people_with_title"]["recall"] == 1.0
    assert figures["jsonld_organizations"]["recall"] == floor["jsonld_organizations"]["recall"] == 1.0
    assert figures["form_login"]["precision"] == 1.0
