"""The outside services that this installation knows, as the composition root says."""

from collections.abc import Iterable

from leadboard.domain.services import Service
from leadboard.errors import NotFound

_services: dict[str, Service] = {}


def use(services: Iterable[Service]) -> None:
    """Make these the process's services (composition root and tests)."""
    _services.clear()
    _services.update({service.name: service for service in services})


def services() -> tuple[Service, ...]:
    """Every service, in the order in which people read them."""
    return tuple(_services.values())


def service(name: str) -> Service:
    """The service of a name; `NotFound` for any other word."""
    if name not in _services:
        raise NotFound("provider")
    return _services[name]
