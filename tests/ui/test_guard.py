"""Every handler of the pages behind the wall: marked, given only to whom it is for, deaf to junk."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, get_type_hints
from uuid import uuid4

import pytest
import reflex as rx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reflex_base.registry import RegisteredEventHandler, RegistrationContext
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY
from sqlalchemy import func, table
from sqlalchemy import select as columns
from sqlmodel import SQLModel, select

from leadboard.domain.rights import RIGHTS, Principal, Right, Role
from leadboard.errors import NotFound, Refused
from leadboard.store import db, imports
from leadboard.store.tables import Lead, Membership, User
from leadboard.ui import guard
from leadboard.ui.guard import FRAMEWORK, PUBLIC, SIGNED_IN, SignedOut, mark_of
from tests.conftest import Team
from tests.ui.conftest import Pages, session_of

SHUT = frozenset({"reflex___state____state.hydrate", "reflex___state____state.set_is_hydrated"})
"""Handlers of Reflex itself that no page needs to call."""


def registered() -> dict[str, RegisteredEventHandler]:
    """Reflex's registry: everything a client can name."""
    return RegistrationContext.get().event_handlers


def ours() -> dict[str, str]:
    """The handlers that say what they need, by their names."""
    return {name: mark for name in registered() if (mark := mark_of(name)) is not None}


def unmarked() -> set[str]:
    """Handlers that say nothing and are none of Reflex's own; those of other tests' states do not count."""
    named = {name for name in registered() if not name.endswith(".setvar") and "tests___" not in name}
    return named - FRAMEWORK - SHUT - ours().keys()


@pytest.fixture(scope="module")
def planted() -> Iterator[str]:
    """A handler whose author forgot to say who may call it."""
    known = set(registered())

    class Forgetful(rx.State):
        secrets_told: int = 0

        @rx.event
        def tell(self) -> None:
            self.secrets_told += 1

    yield f"{Forgetful.get_full_name()}.tell"
    for name in set(registered()) - known:
        del registered()[name]


def test_every_handler_says_who_may_call_it() -> None:
    assert len(ours()) > 25
    assert not unmarked(), "each of these needs @public, @signed_in or @needs(Right....)"


def test_a_handler_that_says_nothing_is_found(planted: str) -> None:
    assert unmarked() == {planted}


def test_the_five_handlers_of_the_framework_exist() -> None:
    assert registered().keys() >= FRAMEWORK, "Reflex renamed handlers that every page needs: see guard.FRAMEWORK"
    assert not {name for name in FRAMEWORK if name.endswith("setvar")}


async def test_a_handler_that_says_nothing_is_not_run(planted: str, pages: Pages, team: Team) -> None:
    refused = await pages.call(planted, {}, await session_of(team.owner), f"/w/{team.slug}/board")

    assert isinstance(refused, Refused)
    assert refused.code == "denied"


async def test_nobody_sets_a_var_by_its_name(pages: Pages, team: Team) -> None:
    session = await session_of(team.owner)
    setters = [name for name in registered() if name.endswith(".setvar")]
    assert len(setters) > 10
    for name in setters:
        refused = await pages.call(name, {"var_name": "can_spend", "value": True}, session, f"/w/{team.slug}/board")
        assert isinstance(refused, Refused), name
        assert refused.code == "denied"


@dataclass(frozen=True)
class Scene:
    """Two workspaces, a lead and an import in the first, and a session for everybody."""

    team: Team
    colleague: str
    lead: str
    job: str
    sessions: dict[str, str]

    def url(self, handler: str) -> str:
        """The page a handler belongs to."""
        board = "sales" if "sales" in handler else "board"
        page = f"import/{self.job}" if "imports" in handler else f"{board}/{self.lead}"
        return f"/w/{self.team.slug}/{page}"

    def arguments(self, handler: str) -> dict[str, Any]:
        """Arguments as the page would send them."""
        given = {
            "lead_id": self.lead,
            "column": "review" if "sales" in handler else "harvested",
            "cards": f"{self.lead} 1",
            "user_id": self.colleague,
            "role": "viewer",
            "invite_id": str(uuid4()),
            "note_id": str(uuid4()),
            "contact_id": str(uuid4()),
            "fact": "city",
            "said": "Halden",
            "change": str(uuid4()),
            "seen": "",
            "typed": "Halden",
            "text": "Halden",
            "session_id": self.sessions["spare"],
            "form": {FORM_DATA_ENTRIES_KEY: [["name", "Third"], ["role", "viewer"], ["industry", "biotech"]]},
            "is_open": False,
            "toast_id": "t1",
            "sentence": "No.",
            "code": "",
            "word": "domain",
            "sort": "value",
            "how": "skip",
            "outcome": "created",
            "field": "name",
            "after": 0,
            "page": 0,
            "name": "industry",
            "key": "country",
            "service": "hunter",
            "segment": "",
            "up": True,
            "tag": "biotech",
            "title": "Add “biotech” to industries",
        }
        hints = _arguments(handler)
        return {name: given[name] if hints[name] is not int else 0 for name in hints}


def _arguments(handler: str) -> dict[str, Any]:
    return {name: kind for name, kind in get_type_hints(registered()[handler].handler.fn).items() if name != "return"}


@pytest.fixture
async def scene(database: db.Database, team: Team, other_team: Team, pages: Pages) -> Scene:
    async with db.begin(team.id) as tx:
        colleague = User(email="colleague@north.example", name="Colleague", password_hash="x")
        tx.add(colleague)
        await tx.flush()
        tx.add(Membership(workspace_id=team.id, user_id=colleague.id, role=Role.MEMBER, accepted_at=tx.now))
        lead = Lead(workspace_id=team.id, key="halden.example", name="Halden")
        tx.add(lead)
        job = await imports.refuse(tx, imports.Upload(Path("a.csv"), "a.csv", 1), "No table.", "Ada")
    people: dict[str, Principal] = {
        **{role.value: getattr(team, role.value) for role in Role},
        "spare": team.owner,
        "foreign": other_team.owner,
        "removed": team.member,
    }
    sessions = {who: await session_of(person) for who, person in people.items()}
    return Scene(
        team, str(colleague.id), str(lead.id), str(job.id), {**sessions, "anonymous": "", "forged": str(uuid4())}
    )


def ended(failure: Exception | None) -> str:
    """How the wall or the action answered, as far as rights go."""
    match failure:
        case SignedOut():
            return "signed out"
        case NotFound() if failure.sentence == NotFound("workspace").sentence:
            return "not found"
        case Refused(code="no_right"):
            return "no right"
        case None | Refused():
            return "went on"
    raise failure


async def test_a_handler_runs_for_those_whose_role_has_its_right(scene: Scene, pages: Pages) -> None:
    asking = ("anonymous", "forged", "foreign", "viewer", "member", "admin", "owner")
    for handler, mark in ours().items():
        call = partial(pages.call, handler, scene.arguments(handler), url=(url := scene.url(handler)))
        answers = {who: ended(await call(session=scene.sessions[who], tab=f"{who} at {url}")) for who in asking}
        assert answers == {who: due(who, mark) for who in asking}, handler


def due(who: str, mark: str) -> str:
    """What the table of rights gives somebody at a handler that needs this."""
    if mark == PUBLIC:
        return "went on"
    if who in ("anonymous", "forged"):
        return "signed out"
    if mark == SIGNED_IN:
        return "went on"
    if who == "foreign":
        return "not found"
    return "went on" if Right(mark) in RIGHTS[Role(who)] else "no right"


async def test_who_was_removed_finds_nothing_with_a_session_that_still_is(scene: Scene, pages: Pages) -> None:
    async with db.begin(scene.team.id) as tx:
        mine = select(Membership).where(Membership.user_id == scene.team.member.user_id)
        (await tx.exec(mine)).one().deleted_at = tx.now
    for handler in (name for name, mark in ours().items() if mark not in (PUBLIC, SIGNED_IN)):
        url = scene.url(handler)
        answer = await pages.call(handler, scene.arguments(handler), scene.sessions["removed"], url, tab=url)
        assert ended(answer) == "not found", handler


def test_handlers_declare_only_what_the_wall_can_check() -> None:
    kinds = {kind for handler in ours() for kind in map(str, _arguments(handler).values())}

    assert kinds <= {str(kind) for kind in (str, int, bool, dict[str, str])}


json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False)
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(["", "\0", "\ud800", "harvested", "owner", "../..", "9" * 5000, math.inf]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
forms = st.fixed_dictionaries({FORM_DATA_ENTRIES_KEY: json | st.lists(st.lists(json, max_size=3), max_size=3)})


COUNTS = columns(
    *(
        columns(func.count()).select_from(each).scalar_subquery().label(each.name)
        for each in (*SQLModel.metadata.sorted_tables, table("workflow_status"))
    )
)


async def rows() -> dict[str, int]:
    """How many rows every table holds."""
    async with db.current().reader.connect() as connection:
        return dict((await connection.execute(COUNTS)).mappings().one())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_junk_in_every_argument_is_refused_and_writes_nothing(
    scene: Scene, pages: Pages, data: st.DataObject
) -> None:
    handler = data.draw(st.sampled_from(sorted(ours())))
    known = _arguments(handler)
    payload = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys([*known, "more"], json | forms)))
    junk = data.draw(st.sampled_from(["as sent", *known]))
    if junk != "as sent":
        payload = scene.arguments(handler) | {junk: data.draw((json | forms).filter(lambda v: not isinstance(v, str)))}
    harmless = _would_pass(payload, known) or guard.mark_of(handler) == PUBLIC
    before = await rows()
    failure = await pages.call(handler, payload, session=scene.sessions["owner"], url=scene.url(handler))

    assert failure is None or isinstance(failure, Refused), repr(failure)
    if not harmless:
        assert isinstance(failure, Refused)
        assert failure.code == "malformed"
        assert await rows() == before


def _would_pass(payload: dict[str, Any], known: dict[str, Any]) -> bool:
    """Whether junk happens to be what the page itself could send."""
    if payload.keys() != known.keys():
        return False
    return all(
        isinstance(value, dict) if known[name] not in (str, int, bool) else type(value) is known[name]
        for name, value in payload.items()
    )


@pytest.mark.parametrize(
    "url",
    ["", "/", "/w", "/w/", "/w//board", "/w/north\0/board", "/w/\ud800/board", "/w/../../etc", "/w/%00/board/%ff",
     "/w/north/board/not-an-id", "/w/north/board/9?tab=%00", "//evil.example/w/north", "/join/\ud800/x", "/join/a/b"],
)  # fmt: skip
async def test_any_address_is_a_page_or_not_found(url: str, scene: Scene, pages: Pages) -> None:
    for handler in ours():
        failure = await pages.call(handler, scene.arguments(handler), scene.sessions["owner"], url, tab="one")
        assert failure is None or isinstance(failure, Refused), (handler, repr(failure))
