"""The composition root: settings, database, gate, pages, API and, in the embedded role, the work itself.

Served by an ASGI server as the factory `leadboard.leadboard:app`. Nothing here runs before the lifespan but building
the app: servers fork from a parent that imported this module.
"""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import reflex as rx
from httpx import AsyncBaseTransport
from starlette.types import ASGIApp

from leadboard import log, memory
from leadboard.actions import people
from leadboard.actions.sign_in import principal_of
from leadboard.api.app import build_api
from leadboard.api.built import BuiltFiles
from leadboard.api.gate import LINE, Gate
from leadboard.api.imports import import_routes
from leadboard.api.lines import HERE_ONLY, Limits, Lines
from leadboard.domain.budgets import Kind
from leadboard.providers.addresses import PublicResolver, Resolver
from leadboard.providers.registry import services
from leadboard.settings import Settings
from leadboard.store import caps, catalogue, db, exchange, vault, work
from leadboard.store.relay import between_processes
from leadboard.store.signals import membership_changed
from leadboard.store.vault import Vault
from leadboard.told import tell_services
from leadboard.ui import guard, live
from leadboard.ui.components.connection import OVERLAY
from leadboard.ui.frame import on_browser_error, on_error
from leadboard.ui.pages import add_pages
from leadboard.ui.preloads import Preloads
from leadboard.ui.theme import STYLESHEETS, head
from leadboard.ui.wire import Wire

ROOT = Path(__file__).parents[1]
PAGES = ROOT / ".web" / "build" / "client"
ROLE = "LEADBOARD_ROLE"
"""Set by the command that starts this process: `run` holds the work itself, `web` only asks for it."""

settings = Settings()
lines = Lines(HERE_ONLY if settings.only_here else Limits())
api = build_api(settings, routers=[import_routes(settings)])
gates: list[Gate] = []
resolver: Resolver = PublicResolver()
"""How this process reaches websites. Tests that serve saved sites put another one here; no setting can."""
demo: AsyncBaseTransport | None = None
"""The way to the demo world, where a bench has one of its own."""


def _preloads(inner: ASGIApp) -> Preloads:
    return Preloads(inner, lambda path: app.router(path), PAGES)


class GatedApp(rx.App):
    """A Reflex app that nothing reaches but through the gate: it is outside of all that Reflex puts around."""

    def __call__(self) -> ASGIApp:
        """The app as an ASGI server runs it."""
        gate = Gate(BuiltFiles(super().__call__(), PAGES), settings, lines, pages=PAGES)
        gates.append(gate)
        return gate


app = GatedApp(
    stylesheets=STYLESHEETS,
    head_components=head(),
    html_lang="en",
    toaster=None,
    extra_app_wraps=OVERLAY,
    api_transformer=[_preloads, api],
    backend_exception_handler=on_error,
    frontend_exception_handler=on_browser_error,
    enable_state=True,
)
app.add_middleware(guard.Guard())
guard.use(principal_of)
tell_services(settings)
catalogue.use(services(), settings.contact)
add_pages(app)


@app.register_lifespan_task
@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """Open the database, the live views and, in the embedded role, the runtime; close them in the other order."""
    log.configure(settings.log_level)
    async with AsyncExitStack() as stack:
        database = db.open_database(settings.database)
        stack.push_async_callback(database.dispose)
        db.use(database)
        client = work.connect(settings.database)
        stack.callback(client.destroy)
        work.use(client)
        caps.use(settings.caps, {Kind.MODELS: settings.usd_micros(settings.workspace_model_cap_aud)})
        exchange.use({"AUD": settings.aud_per_usd})
        vault.use(Vault(settings.key_ring("stored keys")))
        if os.environ.get(ROLE, "web") == "run":
            from leadboard.embedded import embedded
            from leadboard.models import gateway

            model = await stack.enter_async_context(gateway(settings))
            embed = embedded(settings.data_dir, database, resolver, settings.contact, model, demo)
            await stack.enter_async_context(embed)
        views = live.Live(Wire(app, LINE), people.still_member)
        live.use(views)
        views.start()
        stack.push_async_callback(views.stop)
        stack.callback(database.bus.listen(views.heard))
        await stack.enter_async_context(between_processes(database, views.workspaces))
        stack.callback(membership_changed.listen(lambda change: views.drop(*change)))
        for gate in gates:
            await stack.enter_async_context(gate.run())
        log.adopt()
        memory.settle()
        yield
