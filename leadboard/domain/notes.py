"""Notes that people write about leads. Pure."""

from leadboard.errors import Refused

LONGEST = 4_000


def clean_note(text: str) -> str:
    """A note as it is kept: its own lines, without blanks around and invisible characters. `Refused` at "note"."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").split("\n")
    clean = "\n".join("".join(char for char in line if char.isprintable()).rstrip() for line in lines).strip("\n ")
    if not clean:
        raise Refused("The note is empty. Write something first.", field="note")
    if len(clean) > LONGEST:
        sentence = f"The note has {len(clean):,} characters; at most {LONGEST:,} are kept. Shorten it, or write two."
        raise Refused(sentence, field="note")
    return clean
