"""What people change about themselves, and admins about their workspace."""

from leadboard.actions.access import allowed, place
from leadboard.actions.form import Form
from leadboard.domain.rights import Principal, Right
from leadboard.domain.sign_in import clean_name, clean_workspace_name, refusal
from leadboard.domain.workspace import Details, clean_currency, clean_time_zone
from leadboard.errors import Refused
from leadboard.store import db, demo, people, work
from leadboard.store.tables import Workspace


async def rename(me: Principal, name: str) -> str:
    """Change what others see of oneself, on the leads one owns as well; returns the name as it is kept."""
    name = clean_name(name)
    if not name:
        raise refusal("no_name")
    async with db.begin(user=me.user_id, people=True) as tx:
        await people.rename(tx, me.user_id, name)
        people.audit(tx, "renamed", me.user_id)
        everywhere = await people.workspaces_of(tx, me.user_id)
    for workspace, _ in everywhere:
        async with db.begin(workspace.id, user=me.user_id, people=True) as tx:
            await people.rename_owner(tx, me.user_id, name)
    return name


async def details(me: Principal, slug: str) -> Details:
    """What the workspace is called, counts in and whose clock it follows."""
    here = (await place(me, slug)).workspace
    return Details(here.name, here.currency, here.time_zone)


async def change_details(me: Principal, slug: str, wanted: Details) -> None:
    """Change them; all that is wrong is refused at once. The address and stored amounts stay as they are."""
    form = Form()
    clean = Details(
        form.take(clean_workspace_name, wanted.name),
        form.take(clean_currency, wanted.currency),
        form.take(clean_time_zone, wanted.time_zone),
    )
    form.settle()
    async with allowed(me, slug, Right.SETTINGS) as tx:
        was = await people.change_details(tx, clean)
        if was != clean:
            people.audit(tx, "workspace_changed", me.user_id, was=vars(was), now=vars(clean))


async def leave_demo(me: Principal, slug: str) -> int:
    """Ask the demo world no more; its companies go with it. Returns how many leads that were."""
    async with allowed(me, slug, Right.SETTINGS) as tx:
        if not (await tx.get_one(Workspace, tx.workspace)).demo:
            raise Refused("This workspace has left the demo world already.", status=409)
        many, ended = await demo.leave(tx, me.name)
        people.audit(tx, "demo_left", me.user_id, leads=many)
    await work.cancel(ended)
    return many
