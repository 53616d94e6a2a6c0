"""A form with several inputs: all that is wrong with it is said at once."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from leadboard.errors import Refused, Several


class Form:
    """Collects what is wrong with the inputs of a form, until it is settled."""

    def __init__(self) -> None:
        self._refused: list[Refused] = []

    def take(self, clean: Callable[[str], str], typed: str) -> str:
        """What `clean` makes of what was typed; "" when it refuses."""
        with self._kept():
            return clean(typed)
        return ""

    async def check(self, checking: Awaitable[None]) -> None:
        """Wait for the check of an input."""
        with self._kept():
            await checking

    def refuse(self, refused: Refused) -> None:
        """Keep this one, too."""
        self._refused.append(refused)

    def settle(self) -> None:
        """Refuse the form if any of its inputs was."""
        if len(self._refused) > 1:
            raise Several(self._refused)
        if self._refused:
            raise self._refused[0]

    @contextmanager
    def _kept(self) -> Iterator[None]:
        try:
            yield
        except Refused as refused:
            if not refused.field:  # about no input: nothing of this form can go on
                raise
            self.refuse(refused)
