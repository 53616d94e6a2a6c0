"""How a model helps a skill: it points at words of the website, and only words that stand there count.

The skill's rules answer first. A model may add to single fields of the answer, by copying what a numbered passage says;
what it did not copy is dropped, so that nothing comes out that did not go in.
"""

from collections.abc import Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from leadboard.domain.evidence import Snippet
from leadboard.domain.fence import orders, visible
from leadboard.domain.models import Why
from leadboard.domain.site import PageFacts
from leadboard.domain.site.sentences import sentences
from leadboard.domain.site.text import compact, snippet

MOST = 120
MOST_CHARACTERS = 12_000
_LONGEST_LINE = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field that a model may add to: what to copy for it, and how many at most."""

    field: str
    says: str
    most: int = 5


class Picked(NamedTuple):
    """Words of the website, the passage they stand in and its page."""

    text: str
    passage: str
    url: str


@dataclass(frozen=True, slots=True)
class Picks:
    """What a model picked, by field. `why`: it picked nothing, for this reason; `dropped`: what did not stand there;
    `cost` in millionths of a US dollar."""

    by_field: Mapping[str, Sequence[Picked]]
    why: Why | None = None
    dropped: int = 0
    tokens: int = 0
    cost: int = 0


class Picker(Protocol):
    """A model that points at words."""

    def pick(self, purpose: str, wanted: Sequence[Wanted], passages: Sequence[Snippet]) -> Coroutine[Any, Any, Picks]:
        """The words it picked that stand in the passages."""
        ...


def numbered(texts: Iterable[tuple[str, str]]) -> list[Snippet]:
    """Texts with their pages as numbered passages, each once, as many as a model is shown."""
    kept: dict[str, Snippet] = {}
    room = MOST_CHARACTERS
    for text, url in texts:
        said = visible(snippet(text))
        key = compact(said)
        if key and key not in kept and len(said) <= room and len(kept) < MOST and not orders(said):
            kept[key] = Snippet(f"s{len(kept) + 1}", said, url)
            room -= len(said)
    return list(kept.values())


def texts_of(pages: Iterable[PageFacts]) -> Iterator[tuple[str, str]]:
    """What pages say of themselves: titles, headings, sentences and the short lines of lists."""
    for page in pages:
        yield from ((text, page.url) for text in (page.title, page.description) if text)
        yield from ((heading.text, page.url) for heading in page.headings)
        for line in page.text.split("\n"):
            if len(line) <= _LONGEST_LINE:
                yield line, page.url
            else:
                yield from ((one, page.url) for one in sentences(line))
