"""Every service of the demo world, by the host it answers at."""

from collections.abc import Mapping
from functools import cache

from leadboard.sandbox.services import (
    ai_ark,
    apollo,
    findymail,
    hunter,
    leadmagic,
    millionverifier,
    prospeo,
    zerobounce,
)
from leadboard.sandbox.services.base import Api

APIS: tuple[Api, ...] = (
    ai_ark.API,
    apollo.API,
    findymail.API,
    hunter.API,
    leadmagic.API,
    millionverifier.API,
    prospeo.API,
    zerobounce.API,
)


@cache
def by_host() -> Mapping[str, Api]:
    """Host -> service."""
    return {host: api for api in APIS for host in api.hosts}
