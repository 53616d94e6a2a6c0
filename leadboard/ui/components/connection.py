"""Live, Reconnecting…, Offline: whether what the page shows is still true. Stands in for Reflex's own overlay.

The connection is lost from the moment its socket closes, which only the hooks say that Reflex has for tracing: its own
errors come with the first failed attempt to reconnect. The page says so after two seconds, but writes nothing at once.
"""

import reflex as rx
from reflex_base.constants import Hooks, Imports
from reflex_components_core.core.banner import has_connection_errors

RECONNECTING_MS = 2_000
OFFLINE_MS = 10_000
LEAVING_MS = 1_000
"""So long a page that closed its line itself is taken to be on its way out: drawing the loss would hold up the next."""

_WATCH = f"""
useEffect(() => {{
  let timers = [];
  const show = (phase) => {{ document.documentElement.dataset.connection = phase; }};
  const onSocketConnect = () => {{
    timers.forEach(clearTimeout);
    timers = [];
    show("live");
  }};
  const lose = () => {{
    const now = new Date().toLocaleTimeString([], {{hour: "2-digit", minute: "2-digit"}});
    document.querySelectorAll("[data-lost-at]").forEach((place) => {{ place.textContent = now; }});
    timers = [[{RECONNECTING_MS}, "reconnecting"], [{OFFLINE_MS}, "offline"]].map(([ms, phase]) =>
      setTimeout(show, ms, phase));
    show("lost");
  }};
  const onSocketDisconnect = (reason) => {{
    if (timers.length) return;
    if (reason === "io client disconnect") timers = [setTimeout(lose, {LEAVING_MS})];
    else lose();
  }};
  window.__reflex_otel = {{ onSocketConnect, onSocketDisconnect }};
}}, []);
useEffect(() => {{
  const {{ onSocketConnect, onSocketDisconnect }} = window.__reflex_otel;
  ({has_connection_errors!s} ? onSocketDisconnect : onSocketConnect)();
}}, [{has_connection_errors!s}]);
"""


class _Watch(rx.Fragment):
    """Writes the state of the connection on the root element (`data-connection`), for frame.css and board.js."""

    def add_imports(self) -> dict[str, list[rx.ImportVar]]:
        return {"react": [rx.ImportVar(tag="useEffect")], **{k: list(v) for k, v in Imports.CONNECT_ERRORS.items()}}

    def add_hooks(self) -> list[str]:
        return [Hooks.CONNECT_ERRORS, _WATCH]


@rx.memo
def _watch() -> rx.Component:
    return _Watch.create()


def connection_watch(stateful: bool) -> rx.Component | None:
    """For `rx.App(extra_app_wraps=OVERLAY)`: replaces Reflex's own overlay, which talks of URLs."""
    return rx.fragment(_watch(), _refusal()) if stateful else None


def _refusal() -> rx.Component:
    """Filled and shown by board.js when somebody tries to change something meanwhile; above dialogs, too."""
    return rx.el.p(
        id="off-says", class_name="off-says", role="status", aria_label="Changes", custom_attrs={"popover": "manual"}
    )


OVERLAY = {(5, "Overlay"): connection_watch}


def connection_state() -> rx.Component:
    """What the top bar says about the connection; announced when it changes."""
    return rx.el.span(
        rx.el.i(aria_hidden="true"),
        rx.el.span("Live", class_name="if-live"),
        rx.el.span("Reconnecting…", class_name="if-reconnecting"),
        rx.el.span("Offline, last update ", rx.el.span(custom_attrs={"data-lost-at": ""}), class_name="if-offline"),
        class_name="state",
        role="status",
    )
