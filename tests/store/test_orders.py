"""The order in which services are asked: of the kind of lead, of every kind, or as the product has it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadboard.domain.waterfall.roles import DEFAULT_ORDER, Role
from leadboard.domain.waterfall.segments import EVERY, widening
from leadboard.store import db, orders
from leadboard.store.orders import Chosen, order_of

FINDER = Role.EMAIL_FINDER


async def test_without_a_choice_the_default_counts_for_every_kind_of_lead(any_database, team):
    async with db.read(team.id) as tx:
        for role in Role:
            assert await order_of(tx, role) == await order_of(tx, role, "US/biotech") == DEFAULT_ORDER[role]


async def test_the_order_of_a_kind_of_lead_goes_before_that_of_every_kind(any_database, team):
    async with db.begin(team.id) as tx:
        await orders.put(tx, FINDER, EVERY, ("prospeo", "hunter"), "Ada")
        await orders.put(tx, FINDER, "US", ("findymail",), "Grace")
    async with db.read(team.id) as tx:
        assert await order_of(tx, FINDER, "US") == await order_of(tx, FINDER, "US/small") == ("findymail",)
        assert await order_of(tx, FINDER, "NO") == await order_of(tx, FINDER) == ("prospeo", "hunter")
        assert await order_of(tx, Role.PREMIUM, "US") == DEFAULT_ORDER[Role.PREMIUM]
        assert await orders.chosen(tx) == {
            (FINDER, ""): Chosen(("prospeo", "hunter"), "Ada"),
            (FINDER, "US"): Chosen(("findymail",), "Grace"),
        }


async def test_a_later_choice_takes_the_place_of_the_one_before(any_database, team):
    for services in (("hunter",), ("prospeo", "hunter")):
        async with db.begin(team.id) as tx:
            await orders.put(tx, FINDER, "", services, "Ada")
    async with db.read(team.id) as tx:
        assert await order_of(tx, FINDER) == ("prospeo", "hunter")


async def test_an_order_is_forgotten_alone(any_database, team, other_team):
    for each in (team, other_team):
        async with db.begin(each.id) as tx:
            await orders.put(tx, FINDER, "", ("prospeo",), "Ada")
            await orders.put(tx, FINDER, "US", ("hunter",), "Ada")
    async with db.begin(team.id) as tx:
        await orders.reset(tx, FINDER, "")
    async with db.read(team.id) as tx:
        assert (await order_of(tx, FINDER), await order_of(tx, FINDER, "US")) == (DEFAULT_ORDER[FINDER], ("hunter",))
    async with db.read(other_team.id) as tx:
        assert await order_of(tx, FINDER) == ("prospeo",)


SEGMENTS = ("", "US", "US/small", "US/small/biotech", "NO")
SERVICES = st.permutations(DEFAULT_ORDER[FINDER]).flatmap(lambda names: st.just(tuple(names)))
CHOICES = st.dictionaries(st.tuples(st.sampled_from(Role), st.sampled_from(SEGMENTS)), SERVICES, max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=CHOICES)
async def test_whatever_is_chosen_the_nearest_choice_counts(database, team, choices):
    async with db.begin(team.id) as tx:
        for role, segment in await orders.chosen(tx):
            await orders.reset(tx, role, segment)
        for (role, segment), services in choices.items():
            await orders.put(tx, role, segment, services, "Ada")
    async with db.read(team.id) as tx:
        for role in Role:
            for segment in SEGMENTS:
                choice = (choices[role, kind] for kind in widening(segment) if (role, kind) in choices)
                assert await order_of(tx, role, segment) == next(choice, DEFAULT_ORDER[role])
