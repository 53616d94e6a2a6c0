"""What workflows reach the outside with: made once in the composition root, handed to each of them."""

from dataclasses import dataclass, field
from pathlib import Path

from leadboard.engine.crawl import Limits
from leadboard.engine.parse_pool import ParsePool
from leadboard.providers.fetcher import Fetcher


@dataclass(frozen=True)
class Tools:
    """The guarded fetcher, the processes that read pages, how much of one site is read, and where uploads are kept."""

    fetcher: Fetcher
    pool: ParsePool
    limits: Limits = field(default_factory=Limits)
    uploads: Path | None = None
