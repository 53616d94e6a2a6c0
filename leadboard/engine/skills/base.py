"""What a skill is: a name, what it is given, what it gives, and a run that never raises for what a website says.

The contract is section 1 of the skills sheet. Every skill here answers by rules, without network and without a model.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from leadboard.errors import Refused


class Shape(BaseModel):
    """Data that goes into skills and comes out of them; it does not change."""

    model_config = ConfigDict(frozen=True)


Given = TypeVar("Given", bound=Shape)
Gives = TypeVar("Gives", bound=Shape)


class Answer(NamedTuple, Generic[Gives]):
    """What a skill comes to, as the output's shape or as fields that are still to be checked, and how sure it is (0 to
    1)."""

    data: Gives | Mapping[str, Any]
    confidence: float


@dataclass(frozen=True)
class Context:
    """What a skill may know beside its input."""

    today: date


@dataclass(frozen=True)
class SkillResult(Generic[Gives]):
    """How a run ended: `data` when it is `ok`, else the sentence that says why. `cost` is in micros of the currency."""

    ok: bool
    data: Gives | None = None
    error: str = ""
    confidence: float = 0.0
    tokens: int = 0
    cost: int = 0
    metadata: Mapping[str, Any] = field(default_factory=dict)


class Skill(ABC, Generic[Given, Gives]):
    """One skill. `given` and `gives` are the shapes of its input and output."""

    name: ClassVar[str]
    description: ClassVar[str]
    version: ClassVar[str] = "1.0.0"
    given: type[Given]
    gives: type[Gives]

    @abstractmethod
    def answer(self, given: Given, context: Context) -> Answer[Gives]:
        """The answer by rules. Raises Refused when the input cannot be read."""

    async def run(self, given: Given | Mapping[str, Any], context: Context) -> SkillResult[Gives]:
        """Check the input (fields that do not belong are refused), answer, check the output (they are dropped)."""
        about = {"skill": self.name, "version": self.version, "implementation": "rules"}
        try:
            asked = self.given.model_validate(given, extra="forbid")
        except ValidationError as wrong:
            return SkillResult(False, error=f"{self.name} cannot use its input: {_told(wrong)}.", metadata=about)
        try:
            data, confidence = self.answer(asked, context)
            told = self.gives.model_validate(data, extra="ignore")
        except Refused as refused:
            return SkillResult(False, error=refused.sentence, metadata=about)
        except ValidationError as wrong:
            return SkillResult(False, error=f"{self.name} came to no valid answer: {_told(wrong)}.", metadata=about)
        return SkillResult(True, told, confidence=round(confidence, 4), metadata=about)


def _told(wrong: ValidationError) -> str:
    """The first thing that is wrong, and where."""
    first = wrong.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg'].lower()}" if place else first["msg"].lower()
