"""Names as they stand in an address."""

import re
import unicodedata

LONGEST = 40


def slug_of(name: str) -> str:
    """ "Müller & Söhne GmbH" as "muller-sohne-gmbh"; "workspace" where no letter survives."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or "workspace"
