"""The demo world of the tests, and the real adapters asking it."""

from collections.abc import Callable

import pytest

from leadboard.providers.base import Provider
from leadboard.providers.wire import Wire
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.behaviour import Behaviour
from leadboard.sandbox.transport import in_process
from leadboard.sandbox.world import World
from tests.support.waiting import waits

__all__ = ["waits"]

Ask = Callable[..., Provider]


@pytest.fixture(scope="session")
def world() -> World:
    """The usual world."""
    return World()


@pytest.fixture
def sandbox(world: World) -> Sandbox:
    """The usual world on the wire, behaving well."""
    return Sandbox(world)


async def at_once(seconds: float) -> None:
    """Waits for nothing."""


def wire(sandbox: Sandbox) -> Wire:
    """A wire into a demo world on which nobody waits."""
    return Wire(contact="tests@leadboard.example", transport=in_process(sandbox), sleep=at_once)


@pytest.fixture
def misbehaving(world: World) -> Callable[..., Sandbox]:
    """The usual world, behaving as told."""
    return lambda **how: Sandbox(world, Behaviour(**how))
