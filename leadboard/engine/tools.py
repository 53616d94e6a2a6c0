"""What workflows reach the outside with: made once in the composition root, handed to each of them."""

from dataclasses import dataclass, field
from pathlib import Path

from leadboard.engine.site_reader import Reader
from leadboard.providers.wire import Wire


@dataclass(frozen=True)
class Tools:
    """What reads websites, where uploads are kept, and the way to outside services."""

    reader: Reader
    uploads: Path | None = None
    wire: Wire = field(default_factory=Wire)
