"""Searches for services that know only phrases, one after the other: "cafe in Leeds", "bakery in Leeds"."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Self

from leadboard.domain.found import Search
from leadboard.providers.reading import names_of


def phrases(search: Search) -> tuple[str, ...]:
    """A phrase for each trade in each place; the least particular words that are given name the trade."""
    trades = search.industries or search.keywords or search.specialities or ("companies",)
    if not search.places:
        return trades
    return tuple(f"{trade} in {place}" for trade, place in product(trades, names_of(search.places)))


def any_of(terms: Iterable[str]) -> str:
    """Any of these, word by word, for searches in full text: within quotes nothing is an operator."""
    return " OR ".join(f'"{said}"' for term in terms if (said := " ".join(term.replace('"', " ").split())))


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is: the phrase at a place among all, and the service's token for its next page."""

    all: tuple[str, ...]
    place: int = 0
    token: str = ""

    @classmethod
    def read(cls, cursor: str, all: tuple[str, ...]) -> Self:
        """The turn that a cursor stands for; "" is the first."""
        place, _, token = cursor.partition(" ")
        return cls(all, int(place or 0), token)

    @property
    def phrase(self) -> str:
        """What is asked now."""
        return self.all[self.place]

    def after(self, token: str) -> str:
        """The cursor of the next page, else of the next phrase, else ""."""
        if token:
            return f"{self.place} {token}"
        return str(self.place + 1) if self.place + 1 < len(self.all) else ""
