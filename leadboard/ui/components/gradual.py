"""A board's cards, drawn in two goes: what is seen first at once, the rest while nothing else is to be done."""

from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, VarData

_IMPORTS = {"react": ["startTransition", "useEffect", "useState"]}
_HOOK = """const [whole, setWhole] = useState(() => Boolean(document.querySelector("[data-lead]")));
useEffect(() => startTransition(() => setWhole(true)), []);"""


def whole() -> rx.Var[bool]:
    """False while the page draws its first cards, true in the next go, and at once for who comes later: a card that
    moves into an empty column is there when the focus looks for it."""
    return rx.Var("whole", _var_type=bool, _var_data=VarData(imports=_IMPORTS, hooks={_HOOK: None})).to(bool)


def gradually(cards: Any, *, first: int) -> ArrayVar[list[Any]]:
    """The cards for `rx.foreach`: so many in the first go, all of them in the next."""
    return cards[: rx.cond(whole(), rx.Var("Infinity", _var_type=int), first).to(int)]
