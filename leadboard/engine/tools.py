"""What workflows reach the outside with: made once in the composition root, handed to each of them."""

from dataclasses import dataclass
from pathlib import Path

from leadboard.engine.site_reader import Reader


@dataclass(frozen=True)
class Tools:
    """What reads websites, and where uploads are kept."""

    reader: Reader
    uploads: Path | None = None
