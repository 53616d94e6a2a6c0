import pytest

from leadboard.domain.services import Task
from leadboard.domain.waterfall.roles import DEFAULT_ORDER, SITE, TASKS, Role, chosen, only
from leadboard.errors import Refused
from leadboard.providers.registry import SERVICES

BY_NAME = {service.name: service for service in (*SERVICES, SITE)}
PLACES = [(role, name) for role, names in DEFAULT_ORDER.items() for name in names]


def test_every_part_is_played():
    assert set(DEFAULT_ORDER) == set(Role) == set(TASKS)
    assert all(DEFAULT_ORDER.values())


@pytest.mark.parametrize(("role", "name"), PLACES)
def test_every_service_of_the_order_exists_and_does_what_its_part_asks(role, name):
    assert BY_NAME[name].offer(TASKS[role])


@pytest.mark.parametrize(("role", "name"), PLACES)
def test_who_is_asked_gives_what_its_part_is_for(role, name):
    offer = BY_NAME[name].offer(TASKS[role])

    assert offer
    match offer.task:
        case Task.PERSON:
            assert "email" in offer.gives
        case Task.COMPANY:
            assert offer.gives & {"industry", "headcount", "description"}


def test_no_service_of_a_registry_has_the_name_of_our_own_reading():
    assert SITE.name not in {service.name for service in SERVICES}


def test_without_a_key_the_next_finder_is_the_first():
    order = only(DEFAULT_ORDER, {"prospeo", "leadmagic", "website"})

    assert order[Role.EMAIL_FINDER] == ("prospeo", "leadmagic")
    assert order[Role.PERSON_DATA] == ()
    assert order[Role.COMPANY_DATA] == ("leadmagic",)


def test_a_person_may_order_the_services_of_a_part():
    assert chosen(Role.EMAIL_FINDER, ["leadmagic", "hunter"], BY_NAME) == ("leadmagic", "hunter")


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["hunter", "hunter"], "Hunter stands in the order twice. Leave one of them out."),
        (["wikidata"], "Wikidata does not do this: e-mail finder. Leave it out of the order."),
        (["nobody"], "There is no service “nobody”."),
    ],
)
def test_an_order_that_cannot_be_is_refused(names, sentence):
    with pytest.raises(Refused) as refused:
        chosen(Role.EMAIL_FINDER, names, BY_NAME)

    assert refused.value.sentence == sentence
