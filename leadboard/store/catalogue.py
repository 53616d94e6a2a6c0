"""The outside services that this installation knows, as the composition root says."""

from collections.abc import Iterable

from leadboard.domain.services import Service
from leadboard.errors import NotFound

_services: dict[str, Service] = {}
_introduced: list[bool] = [False]


def use(services: Iterable[Service], contact: str = "") -> None:
    """Make these the process's services (composition root and tests), asked in the name of `contact`."""
    _services.clear()
    _services.update({service.name: service for service in services})
    _introduced[0] = bool(contact)


def introduced() -> bool:
    """Whether services that want to know whom to write to are told."""
    return _introduced[0]


def services() -> tuple[Service, ...]:
    """Every service, in the order in which people read them."""
    return tuple(_services.values())


def service(name: str) -> Service:
    """The service of a name; `NotFound` for any other word."""
    if name not in _services:
        raise NotFound("provider")
    return _services[name]
