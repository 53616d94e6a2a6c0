"""What workflows reach the outside with: made once in the composition root, handed to each of them."""

from dataclasses import dataclass, field
from pathlib import Path

from leadboard.engine.model.gateway import Gateway
from leadboard.engine.site_reader import Reader
from leadboard.providers.wire import Wire


@dataclass(frozen=True)
class Tools:
    """What reads websites, where uploads are kept, and the ways to outside services: `wire` to the real ones,
    `demo_wire` to the demo world's, for workspaces that are marked so, `model` to a language model, None without."""

    reader: Reader
    uploads: Path | None = None
    wire: Wire = field(default_factory=Wire)
    demo_wire: Wire = field(default_factory=Wire)
    model: Gateway | None = None
