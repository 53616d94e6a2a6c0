import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadboard.domain.services import Offer, Task
from leadboard.domain.waterfall.ordering import EXPLORED, explored, propose, replay
from leadboard.domain.waterfall.rates import History, PastCall
from leadboard.domain.waterfall.roles import Role

FINDER = Role.EMAIL_FINDER
KIND = "AU/small/healthcare"
PRICES = {"dear": 39_000, "cheap": 10_000, "free": 0}
OFFERS = {name: Offer(Task.PERSON, micros=price) for name, price in PRICES.items()}
SHARES = {"dear": 0.6, "cheap": 0.5, "free": 0.3}


def log(order, records=400, shares=SHARES, offers=OFFERS, seed=7, segment=KIND):
    """The calls of a waterfall in this order, the services answering by chance."""
    chance, calls = random.Random(seed), []
    for record in range(records):
        for name in order:
            hit = chance.random() < shares[name]
            offer = offers[name]
            paid = offer.micros if hit or offer.always else 0
            calls.append(PastCall(f"{seed}-{record}", name, Task.PERSON, segment, hit, hit, paid))
            if hit:
                break
    return calls


def test_the_cheaper_finder_is_proposed_to_go_first_with_what_it_would_have_saved():
    past = log(["dear", "cheap"])
    proposal = propose(FINDER, KIND, ["dear", "cheap"], OFFERS, past)

    assert proposal
    assert proposal.order == ("cheap", "dear")
    assert proposal.replay.paid == sum(call.micros for call in past)
    assert 0 < proposal.replay.saving < proposal.replay.paid
    assert proposal.replay.would_find == pytest.approx(proposal.replay.found, rel=0.05)


def test_the_saving_is_about_what_the_order_really_saves():
    proposal = propose(FINDER, KIND, ["dear", "cheap"], OFFERS, log(["dear", "cheap"], 3_000))
    really = sum(call.micros for call in log(["cheap", "dear"], 3_000, seed=8))

    assert proposal
    assert proposal.replay.would_pay == pytest.approx(really, rel=0.1)


def test_a_free_service_goes_first_when_it_finds_anything():
    proposal = propose(FINDER, KIND, ["dear", "cheap", "free"], OFFERS, log(["dear", "cheap", "free"], 2_000))

    assert proposal
    assert proposal.order == ("free", "cheap", "dear")


def test_a_service_that_never_finds_anything_goes_last_even_when_it_is_free():
    shares = {**SHARES, "free": 0.0}
    proposal = propose(
        FINDER, KIND, ["free", "dear", "cheap"], OFFERS, log(["free", "dear", "cheap"], 1_000, shares=shares)
    )

    assert proposal
    assert proposal.order == ("cheap", "dear", "free")


def test_who_finds_more_for_the_same_price_goes_first_where_every_answer_is_paid():
    offers = {name: Offer(Task.PERSON, micros=10_000, always=True) for name in ("dear", "cheap")}
    shares = {"dear": 0.2, "cheap": 0.7}
    proposal = propose(FINDER, KIND, ["dear", "cheap"], offers, log(["dear", "cheap"], shares=shares, offers=offers))

    assert proposal
    assert proposal.order == ("cheap", "dear")


@pytest.mark.parametrize("records", [0, 10, 45])
def test_nothing_is_proposed_on_thin_evidence(records):
    assert propose(FINDER, KIND, ["dear", "cheap"], OFFERS, log(["dear", "cheap"], records)) is None


def test_nothing_is_proposed_on_few_records_however_often_both_were_asked():
    shares = {"dear": 0.1, "cheap": 0.9}

    assert propose(FINDER, KIND, ["dear", "cheap"], OFFERS, log(["dear", "cheap"], 45, shares)) is None
    assert propose(FINDER, KIND, ["dear", "cheap"], OFFERS, log(["dear", "cheap"], 90, shares))


def test_nothing_is_proposed_that_saves_no_money():
    offers = {name: Offer(Task.PERSON, micros=10_000) for name in ("dear", "cheap")}
    shares = {"dear": 0.3, "cheap": 0.6}
    past = log(["dear", "cheap"], 2_000, shares, offers)

    assert propose(FINDER, KIND, ["dear", "cheap"], offers, past) is None


def test_nothing_is_proposed_from_calls_about_other_kinds_of_leads():
    past = log(["dear", "cheap"], segment="NO/large/saas")

    assert propose(FINDER, KIND, ["dear", "cheap"], OFFERS, past) is None
    assert propose(FINDER, "", ["dear", "cheap"], OFFERS, past)


def test_nothing_is_proposed_when_the_order_is_right():
    assert propose(FINDER, KIND, ["cheap", "dear"], OFFERS, log(["cheap", "dear"])) is None


def test_a_service_that_was_hardly_asked_keeps_its_place():
    past = [*log(["dear", "cheap"]), PastCall("7-1", "free", Task.PERSON, KIND, True, True, 0)]
    proposal = propose(FINDER, KIND, ["dear", "free", "cheap"], OFFERS, past)

    assert proposal
    assert proposal.order == ("cheap", "free", "dear")
    assert [each.placed for each in proposal.services] == [True, False, True]


def test_a_proposal_is_stored_as_json():
    proposal = propose(FINDER, KIND, ["dear", "cheap"], OFFERS, log(["dear", "cheap"]))

    assert proposal
    assert json.loads(json.dumps(proposal.to_data()))["saving"] == proposal.replay.saving


@settings(max_examples=40)
@given(st.permutations(list(PRICES)), st.integers(1, 60), st.integers(0, 5))
def test_replaying_the_order_that_was_asked_gives_what_was_paid(order, records, seed):
    past = log(order, records, seed=seed)
    told = replay(order, OFFERS, FINDER, KIND, History.of(past), past)

    assert told.would_pay == told.paid
    assert told.would_find == told.found
    assert told.known == 1


def test_who_was_not_asked_about_a_record_that_nobody_knew_could_not_be():
    missed = [PastCall(str(n), "dear", Task.PERSON, KIND, False, False, 0) for n in range(60)]
    told = replay(["cheap", "dear"], OFFERS, FINDER, KIND, History.of(missed), missed)

    assert (told.would_pay, told.would_find, told.known) == (0, 0, 1)


HISTORY = History.of(log(["dear", "cheap"]))


def test_few_records_explore_and_the_same_numbers_give_the_same_order():
    order = ("dear", "cheap")
    chance = random.Random(7)
    draws = [(chance.random(), chance.random(), chance.random()) for _ in range(2_000)]
    orders = [explored(order, OFFERS, FINDER, KIND, HISTORY, draw) for draw in draws]

    assert orders == [explored(order, OFFERS, FINDER, KIND, HISTORY, draw) for draw in draws]
    assert 0 < sum(each != order for each in orders) / len(orders) <= EXPLORED * 1.5
    assert all(sorted(each) == sorted(order) for each in orders)


def test_a_lucky_draw_tries_a_service_that_is_not_the_best():
    assert explored(("dear", "cheap"), OFFERS, FINDER, "NO/?/?", History(), (0.0, 1.0, 0.0)) == ("dear", "cheap")
    assert explored(("cheap", "dear"), OFFERS, FINDER, "NO/?/?", History(), (0.0, 0.0, 1.0)) == ("dear", "cheap")
    assert explored(("cheap", "dear"), OFFERS, FINDER, "NO/?/?", History(), (EXPLORED, 0.0, 1.0)) == ("cheap", "dear")
