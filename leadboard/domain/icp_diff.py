"""What one version of the profile changed against another, in words."""

from dataclasses import dataclass

from leadboard.domain.icp import Icp, size_text

NAMES = {
    "industry": "Industries",
    "company_size": "Company size",
    "modalities": "Specialities",
    "therapeutic_areas": "Fields of application",
    "geographies": "Countries or regions",
    "signals": "Signals",
    "exclusions": "Never",
    "weights": "Weights of contacts",
}
"""What each field of `Icp.to_data` is called, in forms and in diffs, in the order in which people read them."""


@dataclass(frozen=True)
class FieldChange:
    """A field that differs. Lists have `added` and `removed`; the size has `was` and `now` in words."""

    field: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    was: str = ""
    now: str = ""

    @property
    def sentence(self) -> str:
        """ "Industries: + Robotics, − Biotech", "Company size: 10–50 people became 10–200 people"."""
        if self.now:
            return f"{NAMES[self.field]}: {self.was} became {self.now}"
        parts = [*(f"+ {tag}" for tag in self.added), *(f"− {tag}" for tag in self.removed)]
        return f"{NAMES[self.field]}: {', '.join(parts)}"

    @property
    def many(self) -> int:
        """How many single changes it is."""
        return 1 if self.now else len(self.added) + len(self.removed)


def diff(old: Icp, new: Icp) -> tuple[FieldChange, ...]:
    """What makes `old` into `new`, field by field; empty when both hold the same. The order of tags is no change."""
    told = {"company_size": _size, "weights": _weights}
    found = (told[field](old, new) if field in told else _list(field, old, new) for field in NAMES)
    return tuple(change for change in found if change)


def _weights(old: Icp, new: Icp) -> FieldChange | None:
    if old.weights == new.weights:
        return None
    return FieldChange("weights", was=weights_text(old.weights), now=weights_text(new.weights))


def weights_text(weights: tuple[tuple[str, int], ...]) -> str:
    """Weights in words: "data quality 20, authority 25, company fit 25, timing 15, risk 15", "the default"."""
    return ", ".join(f"{name.replace('_', ' ')} {weight}" for name, weight in weights) or "the default"


def _list(field: str, old: Icp, new: Icp) -> FieldChange | None:
    before, after = getattr(old, field), getattr(new, field)
    added = tuple(tag for tag in after if tag not in before)
    removed = tuple(tag for tag in before if tag not in after)
    return FieldChange(field, added, removed) if added or removed else None


def _size(old: Icp, new: Icp) -> FieldChange | None:
    if (old.size_min, old.size_max) == (new.size_min, new.size_max):
        return None
    return FieldChange("company_size", was=size_text(old), now=size_text(new))


def told(changes: tuple[FieldChange, ...]) -> str:
    """All changes in one sentence; empty when there are none."""
    return "; ".join(change.sentence for change in changes)
