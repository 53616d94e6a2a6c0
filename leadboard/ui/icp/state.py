"""The profile as typed: lists as comma lists, saved as a new version."""

from typing import Any

import reflex as rx

from leadboard.actions import icps
from leadboard.domain.icp import LIST_FIELDS, Icp
from leadboard.domain.rights import Right
from leadboard.errors import Refused
from leadboard.ui.frame import Frame, said
from leadboard.ui.guard import needs
from leadboard.ui.viewer import Viewer


class IcpState(Viewer, rx.State):
    """The form and what was wrong with it. What was typed stays, whatever the answer."""

    ready: rx.Field[bool] = rx.field(False)
    version: rx.Field[int] = rx.field(0)
    typed: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    saving: rx.Field[bool] = rx.field(False)

    @rx.event
    @needs(Right.READ)
    async def look(self) -> None:
        """Read the version in force."""
        self.version, profile = await icps.read(await self._me(), self._slug)
        self.typed, self.errors, self.ready = typed(profile or Icp()), {}, True

    @rx.event
    @needs(Right.SETTINGS)
    async def save(self, form: dict[str, str]):
        """Save the form as a new version; an identical one changes nothing."""
        self.typed = {name: value[:10_000] for name, value in form.items()}
        self.saving, self.errors = True, {}
        yield
        try:
            version, changed = await icps.save(await self._me(), self._slug, raw(self.typed))
        except Refused as refused:
            self.errors = {refused.field or "form": refused.sentence}
        else:
            self.version = version
            sentence = f"Saved version {version}. Leads are being scored" if changed else "Nothing changed"
            (await self.get_state(Frame))._toast(said(sentence))
        finally:
            self.saving = False


def typed(profile: Icp) -> dict[str, str]:
    """A profile as the form shows it."""
    size = {
        "size_min": str(profile.size_min) if profile.size_min else "",
        "size_max": str(profile.size_max) if profile.size_max else "",
    }
    return {name: ", ".join(getattr(profile, name)) for name in LIST_FIELDS} | size


def raw(form: dict[str, str]) -> dict[str, Any]:
    """The form as `domain.icp.normalise` takes it; a size that is no number goes on as typed and is refused there."""
    lists = {name: form.get(name, "").replace("\n", ",").split(",") for name in LIST_FIELDS}
    return lists | {"company_size": {"min": _size(form, "size_min"), "max": _size(form, "size_max")}}


def _size(form: dict[str, str], name: str) -> int | str:
    text = form.get(name, "").strip().replace(",", "")
    return int(text) if text.isdecimal() and len(text) < 10 else (text or 0)
