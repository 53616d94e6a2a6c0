"""Text of a page in sentences, as they are written."""

import re
from collections.abc import Iterator

_END = re.compile(r"(?<=[.!?…])[\"”’')]*\s+(?=[^\sa-z])|\n|\s[•|]\s")
_LONGEST = 400


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, a line being one at least; those of more than 400 characters are no sentences."""
    for part in _END.split(text):
        sentence = part.strip(" \t•|·–—-")
        if 2 < len(sentence) <= _LONGEST:
            yield sentence
