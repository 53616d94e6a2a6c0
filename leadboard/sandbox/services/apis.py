"""Every service of the demo world, by the host it answers at."""

from collections.abc import Mapping
from functools import cache

from leadboard.sandbox.services.base import Api

APIS: tuple[Api, ...] = ()


@cache
def by_host() -> Mapping[str, Api]:
    """Host -> service."""
    return {host: api for api in APIS for host in api.hosts}
