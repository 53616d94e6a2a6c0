"""The promised quality of extraction, on the labelled pages (protocol: extract.md)."""

from typing import Any

import pytest

from leadboard.bench.extract import measure, naive, product
from tests.conftest import SHARED, need


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    for part in ("company_pages", "jsonld_pages", "form_pages"):
        need(part)
    return measure(SHARED, product)


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


def test_the_naive_reader_answers_the_same_questions(figures):
    floor = measure(SHARED, naive)

    assert set(floor) == set(figures)
    assert all(floor[name]["recall"] <= figures[name]["recall"] for name in ("phones", "emails", "people", "street"))
