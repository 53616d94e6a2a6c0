"""Tags of leads. Pure."""

from collections.abc import Iterable

from leadboard.errors import Refused

LONGEST = 40
MOST_AT_ONCE = 20


def clean_tags(words: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are stored: without blanks around, each once, in their order. `Refused` names what is wrong."""
    tags = tuple(dict.fromkeys(tag for word in words if (tag := " ".join(word.split()))))
    if not tags:
        raise Refused("No tag was given. Type at least one.", field="tags")
    if len(tags) > MOST_AT_ONCE:
        raise Refused(f"These are {len(tags)} tags; {MOST_AT_ONCE} at a time are taken.", field="tags")
    if any(len(tag) > LONGEST or not tag.isprintable() for tag in tags):
        raise Refused(f"A tag is a word or two, {LONGEST} characters at most.", field="tags")
    return tags
