"""What admins do about outside services: give a key, take it away, try it."""

from leadboard.actions import sign_in
from leadboard.actions.access import acting, place
from leadboard.actions.sign_in import Caller
from leadboard.domain.access import clean_key, is_checking
from leadboard.domain.rights import Principal, Right
from leadboard.domain.work import Workflow
from leadboard.store import access, catalogue, people, work


async def put_key(me: Principal, slug: str, name: str, typed: str, current: str, caller: Caller) -> None:
    """Keep a service's key and try it. Refuses all that is wrong with it; the password is asked for again."""
    service = catalogue.service(name)
    await place(me, slug, Right.SETTINGS)
    key = clean_key(service, typed)
    await sign_in.prove_again(me, current, caller)
    await _keep(me, slug, name, key, caller)
    await check(me, slug, name)


async def remove_key(me: Principal, slug: str, name: str, current: str, caller: Caller) -> None:
    """Forget a service's key: nothing is asked with it any more."""
    catalogue.service(name)
    await place(me, slug, Right.SETTINGS)
    await sign_in.prove_again(me, current, caller)
    await _keep(me, slug, name, "", caller)


async def _keep(me: Principal, slug: str, name: str, key: str, caller: Caller) -> None:
    async with acting(me, slug, Right.SETTINGS) as (tx, _):
        kept = await access.of_service(tx, name)
        had = bool(kept.sealed_key)
        if key or had:
            access.put_key(tx, kept, key, me.name)
            action = "provider_key_replaced" if had and key else "provider_key_added" if key else "provider_key_removed"
            people.audit(tx, action, me.user_id, resource=name, ip=caller.ip)


async def check(me: Principal, slug: str, name: str) -> None:
    """Ask the service whether it works; the answer comes to the page. One check at a time."""
    catalogue.service(name)
    async with acting(me, slug, Right.SETTINGS) as (tx, _):
        kept = await access.of_service(tx, name)
        if is_checking(kept.state, kept.asked_at, tx.now):
            return
        access.begin_check(tx, kept)
        await work.enqueue(
            tx,
            Workflow.CHECK_ACCESS,
            str(tx.workspace),
            name,
            workflow_id=f"check-{kept.id}-{tx.now.timestamp()}",
            priority=work.FIRST,
        )
