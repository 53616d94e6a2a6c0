"""Steps of durable workflows: run at least once, recorded once, and patient with what is away for a while."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from dbos import DBOS, StepOptions
from sqlalchemy.exc import DBAPIError

from leadboard.errors import TryLater

R = TypeVar("R")


async def step(name: str, do: Callable[..., Coroutine[Any, Any, R]], *given: Any) -> R:
    """Do this as a step of the workflow under way. What it returns is kept as JSON and is all a replay knows."""
    options: StepOptions = {
        "name": name,
        "retries_allowed": True,
        "max_attempts": 6,
        "interval_seconds": 0.5,
        "backoff_rate": 2.0,
        "should_retry": _comes_back,
    }
    return await DBOS.run_step_async(options, do, *given)


def _comes_back(error: BaseException) -> bool:
    """16 seconds of patience in all; DBOS waits for its own statements longer than that."""
    return isinstance(error, DBAPIError | TryLater)
