"""Skills by their names."""

from collections.abc import Iterable, Iterator
from typing import Any

from leadboard.engine.skills.base import Skill
from leadboard.errors import Refused


class Registry:
    """Skills, each under a name of its own."""

    def __init__(self, skills: Iterable[Skill[Any, Any]] = ()) -> None:
        self._by_name: dict[str, Skill[Any, Any]] = {}
        for skill in skills:
            self.register(skill)

    def register(self, skill: Skill[Any, Any]) -> None:
        """Take a skill in. Raises ValueError when its name is taken."""
        if skill.name in self._by_name:
            raise ValueError(f"There is a skill “{skill.name}” already. Give this one a name of its own.")
        self._by_name[skill.name] = skill

    def get(self, name: str) -> Skill[Any, Any]:
        """The skill of this name. Raises Refused (`unknown_skill`) with the names there are."""
        if name not in self._by_name:
            names = ", ".join(self._by_name) or "none"
            raise Refused(f"There is no skill “{name}”. The skills are: {names}.", code="unknown_skill", status=404)
        return self._by_name[name]

    def __iter__(self) -> Iterator[Skill[Any, Any]]:
        return iter(self._by_name.values())
