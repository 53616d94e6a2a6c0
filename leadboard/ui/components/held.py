"""Columns that stand still while somebody has hold of them.

The columns read Reflex's store through this component. While it is held (drag.js sets `data-hold` on the root element,
hold.js `data-reading`) it answers with what they show already: cards, and with them the counts and sums of the heads,
which tell of these cards. Whatever is drawn elsewhere goes on, also the mark by which a page notices missed deltas.
Letting go shows the newest at once. `tests/ui/test_held.py` pins what this uses of Reflex.
"""

import reflex as rx

from leadboard.ui.viewer import Viewer

_HELD = """
const isHeld = () => Boolean(globalThis.document?.documentElement.matches("[data-hold], [data-reading]"));

const cardsOf = (slice) => new Map(Object.values(slice ?? {}).flatMap((part) =>
  (part?.cards ?? []).map((card) => [card.id, `${part.key} ${card.version}`])));

// How many cards do not stand there as they are shown.
function waiting(shown, newest) {
  const [before, after] = [cardsOf(shown), cardsOf(newest)];
  const same = [...after].filter(([id, card]) => before.get(id) === card).length;
  return Math.max(before.size, after.size) - same;
}

function holding(store, board) {
  const shown = {};
  const listeners = new Set();
  const count = () => {
    const many = isHeld() ? waiting(shown[board], store.getSnapshot(board)) : 0;
    for (const place of document.querySelectorAll("[data-waits]")) {
      place.textContent = many ? `Updates wait: ${many}` : "";
    }
  };
  const turn = () => {
    if (!isHeld()) listeners.forEach((listener) => listener());
    count();
  };
  return {
    getSnapshot: (name) => (isHeld() && shown[name]) || (shown[name] = store.getSnapshot(name)),
    subscribe: (name, listener) => {
      const leave = store.subscribe(name, () => isHeld() || listener());
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        leave();
      };
    },
    watch: () => {
      const leave = store.subscribe(board, count);
      const observer = new MutationObserver(turn);
      observer.observe(document.documentElement, { attributeFilter: ["data-hold", "data-reading"] });
      return () => {
        observer.disconnect();
        leave();
      };
    },
  };
}

function Held({ board, children }) {
  const store = useContext(StateStoreContext);
  const held = useMemo(() => holding(store, board), [store, board]);
  useEffect(held.watch, [held]);
  return createElement(StateStoreContext, { value: held }, children);
}
"""


class _Held(rx.Component):
    """The component of the code above; `board` is the full name of the state whose cards are counted."""

    tag = "Held"

    board: rx.Var[str]

    def add_imports(self) -> dict[str, list[str]]:
        return {
            "react": ["createElement", "useContext", "useEffect", "useMemo"],
            "$/utils/context-registry": ["StateStoreContext"],
        }

    def add_custom_code(self) -> list[str]:
        return [_HELD]


def held(state: type[Viewer], *columns: rx.Component) -> rx.Component:
    """The columns of a board, which stand still while somebody drags a card, reads a menu or selects text there."""
    return _Held.create(*columns, board=state.get_full_name())


def updates_wait() -> rx.Component:
    """How many cards changed meanwhile; nothing while nothing waits. Like every button it ends a selection of text."""
    return rx.el.button(class_name="waits num", type="button", title="Show them now", custom_attrs={"data-waits": ""})
