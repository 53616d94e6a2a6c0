import json
import random
from dataclasses import replace
from statistics import mean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadboard.domain.services import Pace, Task
from leadboard.domain.waterfall.forecast import forecast
from leadboard.domain.waterfall.next_step import Asked, Step, next_for_person
from leadboard.domain.waterfall.path import Path, path_of_company, path_of_person
from leadboard.domain.waterfall.rates import NO_HISTORY, History, PastCall
from leadboard.domain.waterfall.record import CompanyRecord, PersonRecord
from leadboard.domain.waterfall.roles import SITE, Role

from .sheet import ORDER, SERVICES

KIND = "AU/small/healthcare"
PACES = {name: service.pace for name, service in SERVICES.items()}
ADA = PersonRecord(
    first_name="Ada", last_name="Holm", company="Brightwell", domain="b.example", linkedin="in/ada", title="CTO"
)
PREMIUM = Step(Role.PREMIUM, "premium", Task.PERSON, 160_000)


def log(service: str, calls: int, hits: int, useful: int, task: Task = Task.PERSON) -> list[PastCall]:
    return [PastCall(str(n), service, task, KIND, n < hits, n < useful, 1_000 * (n < hits), 2.0) for n in range(calls)]


KNOWN = History.of(
    [
        *log("person_data", 4_000, 3_200, 800),
        *log("finder_1", 4_000, 2_000, 2_000),
        *log("finder_2", 4_000, 1_200, 1_200),
        *log("finder_3", 4_000, 400, 400),
        *log("premium", 4_000, 2_000, 2_000),
    ]
)
CHANCES = {"person_data": (0.8, 0.2), "finder_1": (0.5, 0.5), "finder_2": (0.3, 0.3), "finder_3": (0.1, 0.1)}


def people(number: int) -> list[Path]:
    return [path_of_person(ADA, KIND, ORDER, SERVICES)] * number


def foretold(paths, history=KNOWN, **options):
    return forecast(paths, history, together=4, paces=PACES, **options)


def played(path: Path, chance: random.Random) -> tuple[int, bool]:
    """What a record costs, and whether its address is found, when the services answer by chance."""
    cost = 0
    for step in path.steps:
        hit, useful = CHANCES[step.service]
        drawn = chance.random()
        cost += step.micros * (drawn < hit)
        if drawn < useful:
            return cost, True
    return cost, False


def test_the_path_of_a_person_is_all_that_may_be_asked():
    assert [step.service for step in people(1)[0].steps] == ["person_data", "finder_1", "finder_2", "finder_3"]


@given(
    st.builds(
        PersonRecord,
        **{name: st.sampled_from(["", name]) for name in ("first_name", "last_name", "company", "linkedin", "email")},
    ),
    st.dictionaries(st.sampled_from(["person_data", "finder_1", "finder_2"]), st.booleans()),
    st.booleans(),
)
def test_a_path_is_the_way_of_a_record_that_nobody_knows(record, window, twice):
    order = {**ORDER, Role.EMAIL_FINDER: ("finder_1", "person_data", "finder_2")} if twice else ORDER
    asked, walked = Asked(window=window), []
    while (following := next_for_person(record, order, SERVICES, asked)).step:
        walked.append(following.step)
        asked = replace(asked, now={**asked.now, following.step.service: False})

    path = path_of_person(record, KIND, order, SERVICES, Asked(window=window))

    assert path.steps == tuple(walked)
    assert [passed.service for passed in path.spared] == [
        each.service for each in following.passed if each.service in window
    ]


def test_the_path_of_a_company_ends_at_its_website():
    path = path_of_company(CompanyRecord(name="B", domain="b.example"), KIND, ORDER, SERVICES)

    assert [step.service for step in path.steps] == ["company_data", SITE.name]
    assert not path.person


def test_a_forecast_is_what_many_batches_come_to():
    said = foretold(people(100))
    chance = random.Random(7)
    batches = [[played(path, chance) for path in people(100)] for _ in range(400)]
    costs = [sum(cost for cost, _ in batch) for batch in batches]
    inside = sum(said.low <= cost <= said.high for cost in costs) / len(costs)

    assert said.micros == pytest.approx(mean(costs), rel=0.02)
    assert said.hits == pytest.approx(mean(sum(found for _, found in batch) for batch in batches), rel=0.02)
    assert 0.75 < inside < 0.92
    assert (said.high - said.low) / (2 * 1.2816) == pytest.approx(stdev(costs), rel=0.25)


def test_people_and_companies_are_counted_apart():
    company = path_of_company(CompanyRecord(name="B", domain="b.example"), KIND, ORDER, SERVICES)
    said, alone = foretold([*people(10), company, company]), foretold(people(10))

    assert (said.records, said.people) == (12, 10)
    assert said.addresses == pytest.approx(alone.hits)
    assert alone.addresses < said.hits < alone.addresses + 2


def test_thin_history_makes_the_range_wider():
    thin = History.of([*log("person_data", 4, 3, 1), *log("finder_1", 4, 2, 2)])

    wide, narrow = foretold(people(500), thin), foretold(people(500))

    assert wide.high - wide.low > 3 * (narrow.high - narrow.low)


def test_what_a_forecast_rests_on_is_said():
    assert foretold(people(3)).sentence == "From 16,000 past calls."
    assert foretold(people(3), NO_HISTORY).sentence.startswith("Nothing was asked yet, so this is a guess.")
    thin = History.of(log("finder_1", 1, 1, 1))
    assert (
        foretold(people(3), thin).sentence == "From 1 past call. 3 of 4 services were not asked yet, and are guessed."
    )


def test_a_second_run_is_forecast_to_cost_nothing_and_says_what_it_spares():
    window = Asked(window={"person_data": True, "finder_1": True, "finder_2": False, "finder_3": False})
    said = foretold([path_of_person(ADA, KIND, ORDER, SERVICES, window)] * 10)

    assert (said.calls, said.micros, said.low, said.high, said.most, said.seconds) == (0, 0, 0, 0, 0, 0)
    assert (said.spared_calls, said.spared_micros) == (40, 50_000)
    assert said.sentence == "Nothing has to be asked."


def test_premium_calls_are_counted_up_to_their_cap():
    without, with_it = foretold(people(100)), foretold(people(100), premium_step=PREMIUM)
    premium = next(each for each in with_it.services if each.service == "premium")

    assert premium.calls == pytest.approx(15)
    assert premium.micros == pytest.approx(15 * 160_000 * 0.5, rel=0.01)
    assert with_it.most - without.most == 15 * 160_000
    assert not any(each.service == "premium" for each in foretold(people(6), premium_step=PREMIUM).services)


def test_a_service_that_takes_money_for_every_answer_costs_that_much():
    step = Step(Role.COMPANY_DATA, "company_data", Task.COMPANY, 35_000, always=True)
    said = foretold([Path(KIND, (step,), person=False)] * 8)

    assert (said.micros, said.most) == (8 * 35_000, 8 * 35_000)
    assert said.low == said.high == 8 * 35_000


def test_a_slow_service_holds_everybody_up():
    slow = {**PACES, "person_data": Pace(1, 10.0)}
    paths = people(10)

    assert forecast(paths, KNOWN, together=4, paces=slow).seconds == pytest.approx(100)
    assert foretold(paths).seconds < 20


def test_a_forecast_is_stored_as_json():
    data = json.loads(json.dumps(foretold(people(3)).to_data()))

    assert data["records"] == 3
    assert data["services"][0]["service"] == "person_data"


_STEPS = st.lists(
    st.builds(
        Step,
        st.just(Role.EMAIL_FINDER),
        st.sampled_from(["a", "b", "c"]),
        st.just(Task.PERSON),
        st.integers(0, 50_000),
        st.booleans(),
    ),
    max_size=4,
    unique_by=lambda step: step.service,
)
_LOG = st.lists(
    st.builds(
        PastCall,
        st.just("1"),
        st.sampled_from(["a", "b", "c"]),
        st.just(Task.PERSON),
        st.sampled_from([KIND, "NO/?/?"]),
        st.booleans(),
        st.just(False),
        st.just(0),
    ),
    max_size=30,
)


@settings(max_examples=60)
@given(st.lists(st.tuples(_STEPS, st.integers(1, 40)), max_size=4), _LOG)
def test_a_forecast_is_within_its_own_bounds(plans, past):
    paths = [Path(KIND, tuple(steps)) for steps, number in plans for _ in range(number)]
    said = forecast(paths, History.of(past), together=4, paces=dict.fromkeys("abc", Pace(5)))

    assert 0 <= said.low <= said.micros <= said.high <= said.most
    assert 0 <= said.hits <= said.records
    assert sum(each.micros for each in said.services) == pytest.approx(said.micros, abs=len(said.services))
