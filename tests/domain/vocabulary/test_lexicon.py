import pytest

from leadboard.domain.vocabulary import industries, objections, pains, roles, tones, triggers
from leadboard.domain.vocabulary.lexicon import Lexicon
from leadboard.domain.vocabulary.roles import role_of
from leadboard.domain.vocabulary.sizes import size_name
from leadboard.domain.words import word_set

TRADES = Lexicon({"roof": ("roof repair", "roofing"), "repair": ("repair",), "art": ("art",)})


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Roofing and ROOF REPAIRS", [("roof", "Roofing"), ("roof", "ROOF REPAIRS")]),
        ("We repair a roof", [("repair", "repair")]),
        ("smart", []),
        ("roof-repair", [("roof", "roof-repair")]),
        ("", []),
    ],
)
def test_phrases_are_found_by_whole_words_and_the_longest_first(text: str, hits: list):
    found = list(TRADES.hits(text))

    assert [(hit.key, hit.phrase) for hit in found] == hits
    assert all(text[hit.start : hit.end] == hit.phrase for hit in found)


def test_the_industries_are_those_of_the_skills_sheet():
    assert set(industries.INDUSTRY_BY_KEY) == word_set(
        "technology saas ecommerce retail healthcare finance real_estate professional_services manufacturing "
        "construction hospitality education nonprofit legal automotive food_beverage media_entertainment travel "
        "energy agriculture logistics government b2b_general b2c_general"
    )


def test_every_table_refers_only_to_what_is_there():
    assert {key.partition("/")[0] for key in industries.SCHEMA_TYPES.values()} <= set(industries.INDUSTRY_BY_KEY)
    for key in industries.SCHEMA_TYPES.values():
        name, _, trade = key.partition("/")
        assert trade in industries.INDUSTRY_BY_KEY[name].trades or not trade, key
    assert all(pain.sectors <= set(industries.INDUSTRY_BY_KEY) for pain in pains.PAINS)
    assert {"family", "price"} <= set(objections.OBJECTIONS)
    assert set(tones.TONES) == word_set("professional friendly bold creative technical casual")
    assert all(trigger.relevance in ("high", "medium", "low") for trigger in triggers.TRIGGERS)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Chief Executive Officer", "leadership"),
        ("Founder & CTO", "leadership"),
        ("Marketing Director", "marketing"),
        ("Director", "leadership"),
        ("Head of Sales", "sales"),
        ("Operations Manager", "operations"),
        ("CTO", "technology"),
        ("Attorney", "practice"),
        ("Astronaut", None),
        ("", None),
    ],
)
def test_a_title_belongs_to_an_area_of_work(title: str, role: str | None):
    found = role_of(title)

    assert (found.key if found else None) == role
    assert roles.ROLES


@pytest.mark.parametrize(
    ("people", "name"),
    [
        (1, "solo"),
        (5, "micro, 2–5"),
        (6, "small, 6–20"),
        (50, "medium, 21–50"),
        (51, "large, 51–200"),
        (201, "enterprise, 201 or more"),
    ],
)
def test_a_number_of_people_has_a_name(people: int, name: str):
    assert size_name(people) == name
