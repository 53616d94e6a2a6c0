"""What a skill is: a name, what it is given, what it gives, and a run that never raises for what a website says.

The contract is section 1 of the skills sheet. Every skill answers by rules, without network and without a model; where
there is a model, it may point at words of the website that the rules passed over.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from leadboard.engine.skills.picking import Picked, Picker, Wanted, numbered
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
    """What a skill may know beside its input, and the model that may help it, if any."""

    today: date
    picker: Picker | None = None


@dataclass(frozen=True)
class SkillResult(Generic[Gives]):
    """How a run ended: `data` when it is `ok`, else the sentence that says why. `cost` is in millionths of a US dollar.

    `metadata`: the `skill`, its `version`, which `implementation` answered ("model" where one added to the rules'
    answer), and where a model was asked `fallback` (it added nothing), `why` and how much of its words was `dropped`.
    """

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
    wanted: ClassVar[tuple[Wanted, ...]] = ()
    """The fields a model may add to; without any it is not asked: what the skill does is reading or reckoning."""

    @abstractmethod
    def answer(self, given: Given, context: Context) -> Answer[Gives]:
        """The answer by rules. Raises Refused when the input cannot be read."""

    def passages(self, given: Given) -> Iterable[tuple[str, str]]:
        """The texts a model may point at, each with its page."""
        return ()

    def amended(self, given: Given, told: Gives, picked: Mapping[str, Sequence[Picked]]) -> Gives:
        """The rules' answer with what a model picked."""
        return told

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
        result = SkillResult(True, told, confidence=round(confidence, 4), metadata=about)
        return await self._helped(asked, result, told, context.picker) if context.picker and self.wanted else result

    async def _helped(
        self, given: Given, result: SkillResult[Gives], told: Gives, picker: Picker
    ) -> SkillResult[Gives]:
        """The result with what a model added to it, or as it is; it says which."""
        picks = await picker.pick(self.name, self.wanted, numbered(self.passages(given)))
        about = {**result.metadata, "fallback": not picks.by_field, "why": picks.why or "", "dropped": picks.dropped}
        if picks.by_field:
            told = self.amended(given, told, picks.by_field)
            about["implementation"] = "model"
        return replace(result, data=told, tokens=picks.tokens, cost=picks.cost, metadata=about)


def _told(wrong: ValidationError) -> str:
    """The first thing that is wrong, and where."""
    first = wrong.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg'].lower()}" if place else first["msg"].lower()
