"""Which toasts stand together, and which give way."""

from leadboard.store import db
from leadboard.store.tables import Lead
from leadboard.ui.board.state import BoardState
from leadboard.ui.display import Toast
from leadboard.ui.frame import Frame
from leadboard.ui.live import Live
from leadboard.ui.sales.state import SalesState
from tests.conftest import Team
from tests.ui.conftest import Pages, session_of


async def refuse(pages: Pages, sentence: str) -> None:
    await pages.call(f"{Frame.get_full_name()}.refuse", {"sentence": sentence, "code": ""}, tab="t")


async def toasts(pages: Pages) -> list[Toast]:
    await pages.processor.join(5)
    (held,) = pages.manager.states.values()
    return (await held.get_state(Frame)).toasts


def said(shown: list[Toast]) -> list[tuple[str, str]]:
    return [(toast.kind, "".join(part.text for part in toast.parts)) for toast in shown]


async def test_the_same_refusal_stands_there_once_and_three_at_most(pages: Pages) -> None:
    for sentence in ("One.", "Two.", "One.", "Three.", "Four."):
        await refuse(pages, sentence)

    assert said(await toasts(pages)) == [("error", "One."), ("error", "Three."), ("error", "Four.")]


async def test_what_worked_takes_old_errors_away_and_what_changed_nothing_leaves_them(
    pages: Pages, views: Live, team: Team
) -> None:
    lead = Lead(workspace_id=team.id, key="acme.example", name="Acme", domain="acme.example")
    async with db.begin(team.id) as tx:
        tx.add(lead)
    session = await session_of(team.owner)
    url, card = f"/w/{team.slug}/board", f"{lead.id} 1"

    async def act(handler: str, **given: str) -> None:
        assert await pages.call(f"{BoardState.get_full_name()}.{handler}", given, session, url, tab="t") is None

    await refuse(pages, "No.")
    await act("stop_selected", cards=card)
    assert said(await toasts(pages)) == [("error", "No."), ("info", "None of them is being enriched")]
    (held,) = pages.manager.states.values()
    assert (await held.get_state(BoardState)).acted == 0

    await act("enrich_selected", cards=card)
    assert said(await toasts(pages))[-1] == ("done", "Enriching 1 lead")
    assert "error" not in [kind for kind, _ in said(await toasts(pages))]
    assert (await held.get_state(BoardState)).acted == 1


async def test_nothing_to_undo_is_no_error(pages: Pages, team: Team) -> None:
    session = await session_of(team.owner)
    await pages.call(f"{Frame.get_full_name()}.undo", {}, session, f"/w/{team.slug}/board", tab="t")
    (toast,) = await toasts(pages)

    assert (toast.kind, toast.seconds) == ("info", 6)
    assert "nothing to undo" in toast.parts[0].text


async def test_bad_tags_are_told_below_their_field(pages: Pages, team: Team) -> None:
    lead = Lead(workspace_id=team.id, key="acme.example", name="Acme", domain="acme.example")
    async with db.begin(team.id) as tx:
        tx.add(lead)
    session, url = await session_of(team.owner), f"/w/{team.slug}/sales"
    name = SalesState.get_full_name()
    given = {"form": {"tags": " , "}, "cards": f"{lead.id} 1"}
    assert await pages.call(f"{name}.tag_selected", given, session, url, tab="t") is None
    assert await toasts(pages) == []
    (held,) = pages.manager.states.values()
    state = await held.get_state(SalesState)
    assert state.tags_error == "No tag was given. Type at least one."

    await pages.call(f"{name}.forget_tags_error", {"is_open": True}, session, url, tab="t")
    await pages.processor.join(5)
    assert state.tags_error == ""
