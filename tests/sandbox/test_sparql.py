"""The part of SPARQL that the demo world's Wikidata understands."""

import pytest

from leadboard.sandbox.sparql import LABEL, PREFIXES, Graph, Malformed, Term, answer


def thing(name: str) -> Term:
    return Term("uri", PREFIXES["wd"] + name)


def said(value: str) -> Term:
    return Term("literal", value, "en")


def direct(name: str) -> str:
    return PREFIXES["wdt"] + name


GRAPH = Graph(
    [
        (thing("Q1"), direct("P31"), thing("Q20")),
        (thing("Q2"), direct("P31"), thing("Q21")),
        (thing("Q3"), direct("P31"), thing("Q30")),
        (thing("Q20"), direct("P279"), thing("Q21")),
        (thing("Q21"), direct("P279"), thing("Q22")),
        (thing("Q1"), LABEL, said("Helix")),
        (thing("Q2"), LABEL, said("Forge")),
        (thing("Q1"), direct("P856"), Term("uri", "https://helix.example")),
        (thing("Q1"), direct("P856"), Term("uri", "https://helix-labs.example")),
        (thing("Q2"), direct("P576"), Term("literal", "2020")),
    ]
)


def found(body: str, what: str = "?c", page: str = "") -> list[tuple[str, ...]]:
    rows = answer(f"SELECT {what} WHERE {{ {body} }} {page}", GRAPH).json["results"]["bindings"]  # type: ignore[index]
    return [tuple(each["value"].rpartition("/")[2] for each in row.values()) for row in rows]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("?c wdt:P31 wd:Q21 .", ["Q2"]),
        ("?c wdt:P31/wdt:P279* wd:Q22 .", ["Q1", "Q2"]),
        ("?c wdt:P31/wdt:P279? wd:Q21", ["Q1", "Q2"]),
        ("?c wdt:P576|wdt:P856 ?x . FILTER NOT EXISTS { ?c wdt:P576 ?gone }", ["Q1", "Q1"]),
        ("?c wdt:P31 wd:Q21 ; wdt:P576 ?gone .", ["Q2"]),
        ('VALUES ?name { "Helix"@en "Nobody"@en } ?c rdfs:label ?name .', ["Q1"]),
        ('{ ?c rdfs:label "Forge"@en } UNION { VALUES ?of { <https://helix.example> } ?c wdt:P856 ?of }', ["Q2", "Q1"]),
        ("{ SELECT DISTINCT ?c WHERE { ?c wdt:P856 ?site } LIMIT 5 } ?c wdt:P31 wd:Q20", ["Q1"]),
        ('?c rdfs:label "Forge" .', []),
    ],
)
def test_a_question_finds_what_the_graph_says(body, expected):
    assert [row[0] for row in found(body)] == expected


def test_what_is_optional_is_missing_where_nothing_is_said():
    rows = found("?c wdt:P31/wdt:P279* wd:Q22 . OPTIONAL { ?c wdt:P856 ?site }", "?c ?site", "ORDER BY ?c")
    assert rows == [("Q1", "helix.example"), ("Q1", "helix-labs.example"), ("Q2",)]


def test_a_page_is_cut_from_the_order():
    assert found("?c wdt:P31 ?of", page="ORDER BY ?c LIMIT 1 OFFSET 1") == [("Q2",)]


def test_the_label_service_names_a_thing_by_its_label_or_else_its_id():
    label = 'SERVICE wikibase:label { bd:serviceParam wikibase:language "en". }'
    assert found(f"?c wdt:P31 ?of . {label}", "?cLabel", "ORDER BY ?cLabel") == [("Forge",), ("Helix",), ("Q3",)]


@pytest.mark.parametrize(("body", "expected"), [("", True), ("?c wdt:P576 ?x", True), ("?c wdt:P999 ?x", False)])
def test_a_question_of_yes_or_no_is_answered(body, expected):
    assert answer(f"ASK {{ {body} }}", GRAPH).json == {"head": {}, "boolean": expected}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT ?c WHERE { ?c wdt:P31 }",
        "SELECT ?c WHERE { ?c wdt:P31 wd:Q1",
        "SELECT ?c WHERE { ?c foo:P31 wd:Q1 }",
        "SELECT ?c WHERE { ?c wdt:P31 wd:Q1 } GROUP BY ?c",
        'SELECT ?c WHERE { ?c rdfs:label "open',
        "SELECT ?c WHERE { FILTER(?c > 2) }",
    ],
)
def test_a_question_that_is_none_is_malformed(query):
    with pytest.raises(Malformed):
        answer(query, GRAPH)
