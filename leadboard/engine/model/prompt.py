"""What a model is asked, for whom, and what came back."""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from leadboard.domain.models import Usage, Why

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question. `rules` are the same for every call and `data` for every call about one lead; `most`: tokens the
    answer may have; `evidence`: the ids of the snippets in the data."""

    purpose: str
    rules: str
    data: str
    task: str
    most: int = 3_000
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caller:
    """For whom a model is asked: everything of one workspace. `demo`: the demo world answers, and nobody pays. `study`:
    the study of a website it is for, which has a budget of its own."""

    workspace: UUID
    lead_id: UUID | None = None
    run_id: UUID | None = None
    user_id: UUID | None = None
    demo: bool = False
    study: UUID | None = None

    @property
    def budget(self) -> UUID:
        """Whose budget is the first to leave no room."""
        return self.study or self.workspace


@dataclass(frozen=True, slots=True)
class Reply:
    """What the service sent: the words, why it stopped, and the tokens it counted."""

    text: str
    stopped: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What the model said, or why it said nothing. `tokens` and `micros` (of a US dollar) are of all its attempts."""

    value: T | None = None
    why: Why | None = None
    tokens: int = 0
    micros: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it is recorded. `dropped`: sentences that their evidence did not bear out."""

    purpose: str
    model: str
    ok: bool
    usage: Usage
    micros: int
    duration_ms: int
    code: str = ""
    error: str = ""
    evidence: tuple[str, ...] = ()
    dropped: int = 0
