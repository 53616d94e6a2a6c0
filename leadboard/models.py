"""The way to the language model, as this installation's settings have it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from leadboard.engine.model.gateway import Gateway, Terms
from leadboard.engine.model.ledger import BudgetLedger
from leadboard.settings import Settings

if TYPE_CHECKING:
    import httpx2


@asynccontextmanager
async def gateway(settings: Settings) -> AsyncIterator[Gateway]:
    """The gateway while the block runs. Where there is no key, the demo world's model writes for its own leads."""
    ledger = BudgetLedger(
        installation_cap=settings.usd_micros(settings.model_cap_aud),
        workspace_cap=settings.usd_micros(settings.workspace_model_cap_aud),
        study_cap=settings.usd_micros(settings.study_cap_aud),
    )
    terms = Terms(settings.model, settings.prices, settings.model_seconds)
    made = Gateway(terms, ledger, settings.anthropic_key, demo=_demo_world)
    try:
        yield made
    finally:
        await made.aclose()


def _demo_world() -> "httpx2.AsyncBaseTransport":
    """The way to the demo world's model; imported when its first lead is written about."""
    import httpx2

    from leadboard.sandbox.app import Sandbox

    return httpx2.ASGITransport(app=Sandbox())
