"""Searches of full text as several services know them: phrases in quotes, words, and OR between them."""

import re

from leadboard.domain.words import position, words

_PART = re.compile(r'"([^"]*)"|(\S+)')


def says(text: str, query: str) -> bool:
    """Whether a text holds any of the alternatives: each of its words, and each phrase in quotes as it stands. An "s"
    at the end of a word makes no difference; nothing asked is in every text."""
    within = _singular(text)
    alternatives = [_PART.findall(each) for each in re.split(r"\bOR\b", query)]
    wanted = [[_singular(quoted or word) for quoted, word in each] for each in alternatives if each]
    return not wanted or any(all(position(phrase, within) >= 0 for phrase in each) for each in wanted)


def _singular(text: str) -> tuple[str, ...]:
    return tuple(word.removesuffix("s") for word in words(text))
