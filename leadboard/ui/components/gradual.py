"""A long list that is drawn in two goes: what is seen first at once, the rest while nothing else is to be done."""

from typing import Any

import reflex as rx
from reflex.vars import ArrayVar, VarData

_HOOKS = """const [many, setMany] = useState({first});
useEffect(() => startTransition(() => setMany(Infinity)), []);"""


def gradually(items: Any, *, first: int) -> ArrayVar[list[Any]]:
    """The items of an array for `rx.foreach`: so many when it is drawn first, all of them in the next go."""
    imports = {"react": ["startTransition", "useEffect", "useState"]}
    many = rx.Var("many", _var_type=int, _var_data=VarData(imports=imports, hooks={_HOOKS.format(first=first): None}))
    return items[: many.to(int)]
