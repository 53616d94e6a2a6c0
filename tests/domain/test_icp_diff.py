import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.icp import LIST_FIELDS, Icp, same_content
from leadboard.domain.icp_diff import NAMES, diff, told

TAGS = st.lists(st.sampled_from(["Robotics", "Biotech", "Germany", "Oslo", "hiring"]), unique=True).map(tuple)
PROFILES = st.builds(
    Icp,
    size_min=st.integers(0, 50),
    size_max=st.just(0) | st.integers(50, 99),
    **dict.fromkeys(LIST_FIELDS, TAGS),  # type: ignore[arg-type]
)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (Icp(), Icp(), ""),
        (Icp(industry=("A", "B")), Icp(industry=("B", "A")), ""),
        (
            Icp(industry=("Biotech",), size_min=10, size_max=50),
            Icp(industry=("Robotics",), size_min=10, size_max=200),
            "Industries: + Robotics, − Biotech; Company size: 10–50 people became 10–200 people",
        ),
        (Icp(), Icp(size_min=5), "Company size: any size became 5 people or more"),
        (Icp(size_max=9), Icp(), "Company size: up to 9 people became any size"),
        (Icp(industry=("biotech",)), Icp(industry=("Biotech",)), "Industries: + Biotech, − biotech"),
        (
            Icp(exclusions=("acme.com",), geographies=("DE",)),
            Icp(signals=("hiring",)),
            "Countries or regions: − DE; Signals: + hiring; Never: − acme.com",
        ),
    ],
)
def test_a_diff_reads_as_one_sentence(old: Icp, new: Icp, sentence: str) -> None:
    assert told(diff(old, new)) == sentence


def test_every_field_of_a_profile_has_a_name() -> None:
    assert set(NAMES) == {*Icp().to_data(), "weights"}


@given(PROFILES, PROFILES)
def test_there_is_a_diff_exactly_where_saving_changes_something(old: Icp, new: Icp) -> None:
    assert bool(diff(old, new)) is not same_content(old, new)


@given(PROFILES, PROFILES)
def test_the_way_back_takes_what_the_way_there_adds(old: Icp, new: Icp) -> None:
    back = {change.field: change for change in diff(new, old)}
    for change in diff(old, new):
        assert (change.added, change.was) == (back[change.field].removed, back[change.field].now)
        assert change.many == back[change.field].many > 0


def test_weights_are_told_in_words():
    weights = (("data_quality", 20), ("authority", 28), ("company_fit", 25), ("timing", 12), ("risk", 15))
    (change,) = diff(Icp(), Icp(weights=weights))
    assert change.sentence == (
        "Weights of contacts: the default became data quality 20, authority 28, company fit 25, timing 12, risk 15"
    )
    (back,) = diff(Icp(weights=weights), Icp())
    assert back.now == "the default"
