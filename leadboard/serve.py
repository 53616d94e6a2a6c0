"""Serving pages, API and websocket on one port."""

import os

from granian import Granian
from granian.constants import Interfaces

from leadboard.build import ROOT, environment
from leadboard.settings import Settings

TARGET = "leadboard.leadboard:app"


def serve(settings: Settings, role: str) -> None:
    """Serve until stopped. `role` is `run` (with the work in this process) or `web` (work is only asked for)."""
    os.chdir(ROOT)
    os.environ.update(
        environment(settings)
        | {
            "__REFLEX_SKIP_COMPILE": "true",
            "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
            "LEADBOARD_ROLE": role,
        }
    )
    Granian(
        TARGET,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=1,
        factory=True,
        log_access=False,
        workers_kill_timeout=15,
    ).serve()
