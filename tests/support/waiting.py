"""A clock for attempts: nobody waits, but it is counted."""

import asyncio
from collections.abc import Iterator

import pytest
import stamina
import stamina.instrumentation


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Seconds waited before each further attempt; nobody waits them."""
    counted: list[float] = []
    real = asyncio.sleep
    monkeypatch.setattr("asyncio.sleep", lambda seconds, *rest: real(0, *rest))
    stamina.instrumentation.set_on_retry_hooks([lambda details: counted.append(round(details.wait_for, 3))])
    yield counted
    stamina.instrumentation.set_on_retry_hooks(None)
