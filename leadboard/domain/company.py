"""What scoring reads about a company and its people, and how a company is held against a profile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from leadboard.domain.icp import Icp
from leadboard.domain.places import is_in
from leadboard.domain.vocabulary.trades import trade_called
from leadboard.domain.words import mentions, position, shared_word, words


@dataclass(frozen=True)
class Company:
    """The facts of a company. An empty text, an empty tuple and None are "not known".

    `headcount_min` and `headcount_max` are equal for a number, apart for a range, and the last is None for "501+".
    `signals` are texts `kind:value` such as `funding:series_b`.
    """

    industry: str = ""
    headcount_min: int | None = None
    headcount_max: int | None = None
    country: str = ""
    state: str = ""
    city: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    is_hiring: bool | None = None
    funding_date: date | None = None
    is_competitor: bool = False

    @property
    def headcount(self) -> float | None:
        """People: the number, or the middle of the range; None when unknown or not positive."""
        ends = [end for end in (self.headcount_min, self.headcount_max) if end is not None]
        middle = sum(ends) / len(ends) if ends else 0
        return middle if middle > 0 else None

    @property
    def places(self) -> tuple[str, ...]:
        """Where it is, from the widest name to the narrowest."""
        return tuple(place for place in (self.country, self.state, self.city) if place)


@dataclass(frozen=True)
class Person:
    """The facts of a contact. An empty text and None are "not known".

    `email_status` is a word of the verification ("valid", "invalid", "catch_all", ...) or empty when nobody checked.
    `suppressed`: on any suppression list.
    """

    title: str = ""
    email: str = ""
    email_status: str = ""
    phone: str = ""
    phone_verified: bool = False
    linkedin: str = ""
    personal_email: str = ""
    role_started: date | None = None
    bounced: bool = False
    unsubscribed: bool = False
    do_not_contact: bool = False
    suppressed: bool = False


def industry_named(company: Company, icp: Icp) -> str:
    """The first industry of the profile that stands in the company's as whole words, or is another word for the same
    trade (a cafe is a coffee shop); or an empty string."""
    trade = trade_called(company.industry)
    return next(
        (
            wanted
            for wanted in icp.industry
            if mentions(company.industry, wanted) or (trade is not None and trade is trade_called(wanted))
        ),
        "",
    )


def industry_word(company: Company, icp: Icp) -> str:
    """The first word that says something and stands in both, or an empty string."""
    return next((word for wanted in icp.industry if (word := shared_word(company.industry, wanted))), "")


def place_named(company: Company, wanted: Sequence[str]) -> str:
    """The first of the wanted places the company is in, or an empty string."""
    return next((want for want in wanted if any(is_in(place, want) for place in company.places)), "")


def specialities_named(company: Company, icp: Icp) -> tuple[str, ...]:
    """The speciality tags of the profile that the company's tags, technologies, industry or description name."""
    texts = [words(text) for text in (*company.tags, *company.technologies, company.industry, company.description)]
    return tuple(tag for tag in icp.specialities if any(position(words(tag), text) >= 0 for text in texts))
