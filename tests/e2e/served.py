"""The app as it ships, but for its way out: websites are answered by saved sites on loopback."""

import os

from leadboard import leadboard as root
from leadboard.bench.loopback import LoopbackResolver
from leadboard.bench.sites import GeneratedSites
from leadboard.providers.fetcher import Fetcher

SITES = GeneratedSites(int(os.environ["TEST_SITES"]))


def app() -> object:
    """The factory that the server of the browser tests starts."""
    root.way_out = lambda: Fetcher(LoopbackResolver(frozenset(SITES.domains), {80: int(os.environ["TEST_SITES_PORT"])}))
    return root.app()
