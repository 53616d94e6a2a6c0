import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.stages import (
    AGENT_BY_ID,
    AGENTS,
    COLUMN_OF,
    COLUMN_TITLES,
    DROPPED_ON,
    ENRICHMENT_COLUMNS,
    RANK,
    REQUIRED_AGENTS,
    SALES_COLUMNS,
    STAGE_ALIASES,
    Column,
    SalesColumn,
    SalesStage,
    Stage,
    agent_id,
    column_of,
    forward,
    progress,
)


def test_there_are_18_agents_whose_weights_make_100():
    assert len(AGENTS) == len(AGENT_BY_ID) == 18
    assert sum(agent.weight for agent in AGENTS) == 100
    assert set(REQUIRED_AGENTS) <= AGENT_BY_ID.keys()


def test_a_whole_run_moves_the_card_through_the_columns_and_never_back():
    stage, seen = Stage.HARVESTED, [Column.HARVESTED]
    for agent in (*AGENTS, None):
        stage = forward(stage, agent.stage if agent else Stage.ENRICHED)
        if COLUMN_OF[stage] is not seen[-1]:
            seen.append(COLUMN_OF[stage])

    assert [COLUMN_TITLES[column] for column in seen] == [
        "Harvested",
        "Intake",
        "Analysis",
        "Qualification",
        "Refinement",
        "Strategy",
        "Messaging",
        "Enriched",
    ]


def test_web_research_after_persona_does_not_move_the_card_back():
    assert forward(Stage.PERSONA, AGENT_BY_ID["web_research"].stage) is Stage.PERSONA


def test_a_failed_lead_stays_failed_until_it_is_retried():
    assert forward(Stage.FAILED, Stage.STRATEGY) is Stage.FAILED
    assert COLUMN_TITLES[COLUMN_OF[Stage.FAILED]] == "Needs attention"


def test_every_stage_has_a_column_and_every_column_a_title():
    assert set(COLUMN_OF) == set(Stage)
    assert set(COLUMN_OF.values()) == set(Column) == set(ENRICHMENT_COLUMNS)
    assert set(COLUMN_TITLES) == {*Column, *SalesColumn}
    assert [RANK[stage] for stage in Stage if stage is not Stage.FAILED] == list(range(9))
    assert STAGE_ALIASES == {"completed": Stage.ENRICHED, "prospecting": Stage.HARVESTED}


def test_the_sales_board_reads_from_its_inbox_to_disqualified():
    titles = [COLUMN_TITLES[column] for column in SALES_COLUMNS]

    assert titles == ["Enriched", "Review", "First contact", "Negotiating", "Meeting booked", "Disqualified"]


@given(st.sampled_from(Stage), st.sampled_from(SalesStage))
def test_people_decide_the_column_once_they_have_taken_a_lead_up(stage, sales_stage):
    column = column_of(stage, sales_stage)

    if sales_stage is SalesStage.NONE:
        assert column is COLUMN_OF[stage]
    else:
        assert column in SalesColumn
        assert DROPPED_ON[column] is sales_stage


def test_every_column_of_the_sales_board_takes_a_card_and_gives_it_that_column():
    assert tuple(DROPPED_ON) == SALES_COLUMNS
    assert set(DROPPED_ON.values()) == set(SalesStage)
    assert all(column_of(Stage.ENRICHED, stage) is column for column, stage in DROPPED_ON.items())


@pytest.mark.parametrize(
    ("name", "agent"),
    [
        ("LeadQualificationAgent", "lead_qualification"),
        ("leadQualificationAgent", "lead_qualification"),
        ("lead_qualification_agent", "lead_qualification"),
        ("lead_qualification", "lead_qualification"),
        (" Lead-Qualification Agent ", "lead_qualification"),
        ("LEAD_QUALIFICATION", "lead_qualification"),
        ("Tot", "strategy_generation"),
        ("TotAgent", "strategy_generation"),
        ("agent", None),
        ("", None),
        ("qualification", None),
    ],
)
def test_agents_are_known_by_any_spelling_and_by_alias(name, agent):
    assert agent_id(name, {"tot": "strategy_generation"}) == agent


@pytest.mark.parametrize("agent", AGENTS, ids=lambda agent: agent.id)
def test_every_agent_is_known_by_its_class_name(agent):
    camel = "".join(part.capitalize() for part in agent.id.split("_"))

    assert agent_id(camel) == agent_id(f"{camel}Agent") == agent_id(agent.id.upper()) == agent.id


@given(st.permutations([agent.id for agent in AGENTS]))
def test_progress_only_grows_and_ends_at_100_in_any_order(order):
    steps = [progress(set(order[:done])) for done in range(19)]

    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0, 100)


@given(st.permutations([agent.id for agent in AGENTS]), st.lists(st.sampled_from([agent.id for agent in AGENTS])))
def test_starts_delivered_twice_and_shuffled_end_in_the_same_stage(order, again):
    stage = Stage.HARVESTED
    for agent in [*order, *again]:
        after = forward(stage, AGENT_BY_ID[agent].stage)
        assert RANK[after] >= RANK[stage]
        stage = after

    assert stage is Stage.MESSAGE
