"""Where in an agent's section a model may write, and how what it wrote gets there.

The rules make the section; a model only puts sentences at its places. It adds no point, no trigger and no score: where
the rules found nothing to talk about, there is no place.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from leadboard.domain.package import Statement, is_statement, statements

Section = dict[str, Any]
"""The fields an agent adds to its section of the package: JSON, its claims as `package.Statement`."""

LONGEST = 300
"""Characters of a sentence."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for sentences. `path` are the keys to it, with `*` for every item of a list; `says` is what belongs
    there, `most` how many sentences. `advice`: they are about what to do, in words of their own. `needs`: a key of the
    section that has to hold something before there is anything to say."""

    path: str
    says: str
    most: int = 1
    advice: bool = False
    needs: str = ""


def _as_it_is(section: Section) -> Section:
    return section


@dataclass(frozen=True, slots=True)
class Writing:
    """How a model writes for an agent: what it is told, where it may write, and what `settles` the section after."""

    prompt: str
    slots: tuple[Slot, ...]
    settle: Callable[[Section], Section] = _as_it_is


@dataclass(frozen=True, slots=True)
class Place:
    """A slot in one section: `name` is what it is called by, `about` what the item it belongs to says."""

    name: str
    slot: Slot
    about: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The way there."""
        return tuple(self.name.split("."))


def places(section: Mapping[str, Any], slots: Sequence[Slot]) -> list[Place]:
    """The places there are in a section: lists, sentences that stand there already, and lists nobody has begun."""
    return [
        place
        for slot in slots
        if not slot.needs or section.get(slot.needs)
        for place in _places(section, slot.path.split("."), slot, (), "")
    ]


def _places(value: Any, path: Sequence[str], slot: Slot, way: tuple[str, ...], about: str) -> Iterator[Place]:
    key, *rest = path
    if key == "*":
        for number, item in enumerate(value if isinstance(value, list) else ()):
            yield from _places(item, rest, slot, (*way, str(number)), _about(item))
    elif rest:
        if isinstance(value, Mapping) and value.get(key):
            yield from _places(value[key], rest, slot, (*way, key), about)
    elif isinstance(value, Mapping) and value and _open(value.get(key, [])):
        yield Place(".".join((*way, key)), slot, about)


def _open(there: Any) -> bool:
    """Whether sentences fit there: a list of them, one of them, but no text, no number and no hole."""
    return is_statement(there) or (isinstance(there, list) and all(map(is_statement, there)))


def _about(item: Any) -> str:
    """What an item of a list is called, else what it says first."""
    named = next((str(item[key]) for key in ("title", "name") if isinstance(item, Mapping) and item.get(key)), "")
    return named or next((one["text"] for one in statements(item)), "")


def filled(section: Mapping[str, Any], written: Mapping[str, Sequence[Statement]], writing: Writing) -> Section:
    """The section with these sentences at their places instead of what stood there."""
    new = deepcopy(dict(section))
    for name, said in written.items():
        *way, last = name.split(".")
        target: Any = new
        for key in way:
            target = target[int(key)] if isinstance(target, list) else target[key]
        if said:
            target[last] = dict(said[0]) if is_statement(target.get(last)) else [dict(one) for one in said]
    return writing.settle(new)
