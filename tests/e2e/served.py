"""The app as it ships, but for its way out: websites are answered by saved sites on loopback.

It sweeps for lost sessions and members as often as a test wants.
"""

import os
from functools import partial

from leadboard import leadboard as root
from leadboard.api import gate, lines
from leadboard.bench.loopback import LoopbackResolver
from leadboard.bench.sites import GeneratedSites
from leadboard.ui import live

SITES = GeneratedSites(int(os.environ["TEST_SITES"]))


def app() -> object:
    """The factory that the server of the browser tests starts."""
    if sweep := os.environ.get("TEST_SWEEP_SECONDS"):
        live.SWEEP_SECONDS = float(sweep)
        gate.watch = partial(lines.watch, every=float(sweep))
    root.resolver = LoopbackResolver(frozenset(SITES.domains), {80: int(os.environ["TEST_SITES_PORT"])})
    return root.app()
