import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.services import Task
from leadboard.domain.waterfall.rates import EXPECTED, LEANS, NO_HISTORY, History, PastCall
from leadboard.domain.waterfall.roles import Role

FINDER = Role.EMAIL_FINDER
SMALL = "AU/small/healthcare"


def calls(number: int, useful: int, segment: str = SMALL, service: str = "hunter", task: Task = Task.PERSON):
    return [
        PastCall(f"{segment}{n}", service, task, segment, n < useful, n < useful, 24_500 * (n < useful), 2.0)
        for n in range(number)
    ]


def test_without_history_the_guess_of_the_part_stands_in():
    rate = NO_HISTORY.useful_rate("hunter", FINDER, SMALL)

    assert rate.mean == pytest.approx(EXPECTED[FINDER])
    assert rate.calls == 0


def test_every_part_has_a_guess():
    assert set(EXPECTED) == set(Role)


def test_with_many_calls_the_rate_is_theirs():
    rate = History.of(calls(2_000, 1_600)).useful_rate("hunter", FINDER, SMALL)

    assert rate.mean == pytest.approx(0.8, abs=0.005)
    assert rate.calls == 2_000
    assert rate.deviation < 0.01


def test_a_kind_with_few_calls_is_much_as_its_wider_one():
    history = History.of([*calls(1_000, 900, "AU/large/healthcare"), *calls(1, 0, SMALL)])

    assert history.useful_rate("hunter", FINDER, SMALL).mean == pytest.approx(0.9 * LEANS / (LEANS + 1), abs=0.01)
    assert history.useful_rate("hunter", FINDER, "AU/micro/?").mean == pytest.approx(0.9, abs=0.01)


def test_another_country_does_not_say_as_much_as_the_same():
    history = History.of([*calls(500, 450, "AU/small/healthcare"), *calls(500, 50, "NO/small/healthcare")])

    assert history.useful_rate("hunter", FINDER, "AU/micro/saas").mean > 0.85
    assert history.useful_rate("hunter", FINDER, "SE/micro/saas").mean == pytest.approx(0.5, abs=0.01)


def test_what_a_service_is_asked_for_companies_says_nothing_of_people():
    history = History.of(calls(100, 100, task=Task.COMPANY))

    assert history.seen("hunter", FINDER, SMALL) == 0
    assert history.seen("hunter", Role.COMPANY_DATA, SMALL) == 100


def test_what_is_paid_for_is_told_apart_from_what_is_looked_for():
    history = History.of([PastCall(str(n), "apollo", Task.PERSON, SMALL, True, n < 20, 20_000) for n in range(100)])

    assert history.hit_rate("apollo", Role.PERSON_DATA, SMALL).mean > 0.9
    assert history.useful_rate("apollo", Role.PERSON_DATA, SMALL).mean < 0.3


def test_how_long_a_call_takes():
    assert History.of(calls(10, 5)).seconds_per_call("hunter", FINDER) == 2.0
    assert NO_HISTORY.seconds_per_call("hunter", FINDER) > 0


@given(st.lists(st.tuples(st.sampled_from(["AU/small/a", "AU/large/a", "NO/?/?"]), st.booleans()), max_size=60))
def test_a_rate_is_a_share_and_counts_only_its_kind(log):
    history = History.of([PastCall(str(n), "x", Task.PERSON, kind, hit, hit, 1) for n, (kind, hit) in enumerate(log)])

    for kind in ("AU/small/a", "AU", ""):
        rate = history.useful_rate("x", FINDER, kind)
        assert 0 < rate.mean < 1
        assert rate.calls == sum(each.startswith(kind) for each, _ in log)
