"""Other people's words on their way to a model: as data between marks nobody outside can know."""

import re
from collections.abc import Iterable

from leadboard.domain.evidence import Snippet

_HIDDEN = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_MARKUP = str.maketrans("<>", "‹›")


_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|above|previous|earlier|told)"
    r"|\b(?:system|developer) (?:prompt|message)\b|(?:^|\s)(?:system|assistant|user|human)\s?:"
    r"|\b(?:language model|chatgpt|claude|ai (?:assistant|agent|model))s?\b.{0,60}\b(?:must|should|please|you)\b"
    r"|\byou are (?:now )?(?:an? )?(?:ai|assistant|language model)\b|\b(?:call|use|invoke) the tool\b",
    re.IGNORECASE,
)


def visible(text: str) -> str:
    """A text as a person sees it, in one line: without control, direction and zero-width characters and invisible
    tags."""
    return " ".join(_HIDDEN.sub(" ", _TAGS.sub("", text)).split())


def orders(text: str) -> bool:
    """Whether a text plainly speaks to a model and not to a reader. Leaving such out is hygiene; the defence is that
    nothing a model says decides anything."""
    return bool(_ORDERS.search(text))


def harmless(text: str, marker: str) -> str:
    """A visible text that cannot end the fence it stands in: no angle brackets, and not the marker."""
    text = visible(text).translate(_MARKUP)
    while marker in text:  # taking it out of the middle of another one makes one
        text = text.replace(marker, "")
    return text


def fenced(kind: str, text: str, marker: str) -> str:
    """A text of others between `<kind marker>` and `</kind marker>`. `marker` is new for every use and secret until
    then, so that nobody can have written the end of the fence into the text."""
    return f"<{kind} {marker}>\n{text}\n</{kind} {marker}>"


def fenced_snippets(snippets: Iterable[Snippet], marker: str) -> str:
    """Snippets, each on a line with its id before it, in one fence."""
    lines = (f"[{snippet.id}] {harmless(snippet.text, marker)}" for snippet in snippets)
    return fenced("data", "\n".join(lines), marker)
