"""The draft of a profile, what it matches, and its versions. The draft lives here alone: fields only send changes."""

import asyncio
from contextlib import aclosing
from typing import Any

import reflex as rx

from leadboard.actions import icps, studies
from leadboard.domain.icp import LIST_FIELDS, Icp, normalise
from leadboard.domain.icp_diff import diff, told, weights_text
from leadboard.domain.rights import Right
from leadboard.domain.study import SIZE, proposals, size_of, weights_of
from leadboard.errors import Refused
from leadboard.ui.display import Progress
from leadboard.ui.frame import Frame, said
from leadboard.ui.guard import needs
from leadboard.ui.icp import display, draft
from leadboard.ui.icp.display import Offer, Trial, VersionRow
from leadboard.ui.icp.study import Study
from leadboard.ui.icp.view import IcpView
from leadboard.ui.viewer import Viewer

PAUSE_SECONDS = 0.25
"""A change that is followed by another one within this is not tried by itself."""

STEP = 1_000
"""Leads between two looks whether the draft has changed meanwhile."""


class IcpState(Viewer, rx.State):
    """The builder. What was typed stays, whatever the answer."""

    ready: rx.Field[bool] = rx.field(False)
    tags: rx.Field[dict[str, list[str]]] = rx.field(default_factory=dict)
    size_min: rx.Field[str] = rx.field("")
    size_max: rx.Field[str] = rx.field("")
    weights: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    weights_said: rx.Field[str] = rx.field("")
    """What each component of a contact's score counts, in words; empty for the default."""
    revision: rx.Field[int] = rx.field(0)
    """Grows when the sizes change otherwise than by typing: their fields then start anew."""
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    can_swap: rx.Field[bool] = rx.field(False)
    unsaved: rx.Field[int] = rx.field(0)
    changes: rx.Field[str] = rx.field("")
    based_on: rx.Field[int] = rx.field(0)
    """The version this draft was made from."""
    saving: rx.Field[bool] = rx.field(False)
    spoken: rx.Field[str] = rx.field("")

    trying: rx.Field[bool] = rx.field(False)
    tried: rx.Field[str] = rx.field("")
    """How far a long trial is."""
    trial: rx.Field[Trial] = rx.field(default_factory=Trial)
    offers: rx.Field[list[Offer]] = rx.field(default_factory=list)

    version: rx.Field[int] = rx.field(0)
    versions: rx.Field[list[VersionRow]] = rx.field(default_factory=list)
    scoring: rx.Field[Progress] = rx.field(default_factory=Progress)
    study: rx.Field[Study] = rx.field(default_factory=Study)
    """These four are filled by the live view, in the browser only."""
    website_error: rx.Field[str] = rx.field("")

    _of: str = ""
    _saved: dict[str, Any] = Icp().to_data()
    _asked: int = 0

    @rx.event
    @needs(Right.READ)
    async def look(self):
        """Show the version in force, or the draft that was begun in this tab."""
        here = await self._here()
        await self._watch(IcpView(here.workspace.id))
        if not (self.unsaved and self._of == here.workspace.slug):
            version, profile = await icps.read(await self._me(), self._slug)
            self._of = here.workspace.slug
            self._start_from(version, profile or Icp())
        self.ready = True
        return IcpState.try_out

    @rx.event
    @needs(Right.READ)
    def add(self, form: dict[str, str]):
        """Add what was typed or pasted into a field of tags."""
        name, text = form.get("field", ""), form.get("text", "")[:20_000]
        if name not in LIST_FIELDS:
            return None
        before = self.tags.get(name, [])
        after = draft.with_added(name, before, text)
        if len(after) > draft.MOST_TAGS:
            self.errors = self.errors | draft.errors_of({name: after})
            return None
        added = [tag for tag in after if tag not in before]
        self.spoken = f"Added {', '.join(added)}" if added else "It is there already"
        return self._set(name, after)

    @rx.event
    @needs(Right.READ)
    def remove(self, name: str, tag: str):
        """Take a tag away."""
        if name not in LIST_FIELDS:
            return None
        self.spoken = f"Removed {tag[:100]}"
        return self._set(name, [each for each in self.tags.get(name, []) if each != tag])

    @rx.event
    @needs(Right.READ)
    def resize(self, form: dict[str, str]):
        """Set the company size as typed."""
        self.size_min, self.size_max = (form.get(end, "")[:20].strip() for end in ("size_min", "size_max"))
        return self._changed()

    @rx.event
    @needs(Right.READ)
    def swap(self):
        """Put the smallest size where the largest was."""
        self.size_min, self.size_max = self.size_max, self.size_min
        self.revision += 1
        return self._changed()

    @rx.event
    @needs(Right.READ)
    def take(self, title: str):
        """Put a suggestion into the draft."""
        offer = next((each for each in self.offers if each.title == title), None)
        if offer is None:
            return None
        self.spoken = f"Done: {offer.title}"
        if offer.field in LIST_FIELDS:
            return self._set(offer.field, draft.with_added(offer.field, self.tags.get(offer.field, []), offer.value))
        self.size_min, self.size_max = offer.size_min, offer.size_max
        self.revision += 1
        return self._changed()

    @rx.event
    @needs(Right.SETTINGS)
    async def study_website(self, form: dict[str, str]) -> None:
        """Read the workspace's website and see which profile it speaks of."""
        self.website_error = ""
        try:
            await studies.request(await self._me(), self._slug, form.get("website", ""))
        except Refused as refused:
            if refused.field != "website":
                raise
            self.website_error = refused.sentence

    @rx.event
    @needs(Right.READ)
    async def take_proposals(self, field: str):
        """Put what the last study proposes for a field, or for all (""), into the draft. What is there stays: a size
        only where none is given, unless its own proposal is taken."""
        study = await studies.latest(await self._me(), self._slug)
        found = (study and study.found) or {}
        taken = [each for each in proposals(found) if field in ("", each.field)]
        for each in taken:
            if each.field in LIST_FIELDS:
                texts = "\n".join(each.values)
                self.tags = self.tags | {each.field: draft.with_added(each.field, self.tags.get(each.field, []), texts)}
        if (size := size_of(found)) and (field == SIZE or (not field and not self.size_min and not self.size_max)):
            self.size_min, self.size_max = map(draft.number_text, size)
            self.revision += 1
        if field in ("weights", "") and (weights := weights_of(found)):
            self._weigh(weights)
        self.spoken = "Taken into the draft" if taken else "There is nothing to take"
        return self._changed()

    @rx.event
    @needs(Right.READ)
    def weigh_by_default(self):
        """Let every component of a contact's score count what it does by default."""
        self._weigh({})
        return self._changed()

    @rx.event
    @needs(Right.READ)
    async def discard(self):
        """Go back to the version in force."""
        version, profile = await icps.read(await self._me(), self._slug)
        self._start_from(version, profile or Icp())
        return IcpState.try_out

    @rx.event
    @needs(Right.SETTINGS)
    async def save(self):
        """Save the draft as a new version; an identical one changes nothing."""
        self.saving = True
        yield
        try:
            await self._save()
        finally:
            self.saving = False
        yield IcpState.try_out

    @rx.event
    @needs(Right.SETTINGS)
    async def restore(self, number: int):
        """Put an earlier version in force again, as a new one."""
        if self.unsaved:
            raise Refused("Your draft has changes that are not saved. Save or discard them, then restore.")
        version, profile, changed = await icps.restore(await self._me(), self._slug, number)
        self._start_from(version, profile)
        text = f"Restored version {number} as version {version}" if changed else f"Version {number} is in force already"
        (await self.get_state(Frame))._toast(said(text))
        return IcpState.try_out

    @rx.event(background=True)
    @needs(Right.READ)
    async def try_out(self) -> None:
        """Count what the draft matches; only the latest of several runs to its end."""
        async with self:
            self._asked += 1
            mine, profile = self._asked, self._profile()
            me, slug, compared = await self._me(), self._slug, self.based_on if self.unsaved else 0
            self.trying = profile is not None
        await asyncio.sleep(PAUSE_SECONDS)
        if profile is None:
            return
        async with aclosing(icps.try_out(me, slug, profile)) as steps:
            async for step in steps:
                if step.matches is None and step.leads % STEP:
                    continue
                async with self:
                    if self._asked != mine:
                        return
                    self.tried = f"{step.leads:,} leads counted" if step.leads > STEP else ""
                    if step.matches is not None:
                        self.trial = display.trial(step.matches, slug, compared)
                        self.offers = [display.offer(each) for each in step.suggestions]
                        self.trying, self.tried = False, ""

    async def _save(self) -> None:
        self.errors = draft.errors_of(self._raw())
        if self.errors:
            return
        try:
            version, changed = await icps.save(await self._me(), self._slug, self._raw(), self.based_on)
        except Refused as refused:
            if refused.code != "newer_version":
                raise
            version, profile = await icps.read(await self._me(), self._slug)
            self.based_on, self._saved = version, (profile or Icp()).to_data()
            self._changed()
            self.errors = {"form": refused.sentence}
            return
        self._start_from(version, normalise(self._raw()))
        sentence = f"Saved version {version}. Leads are being scored" if changed else "Nothing changed"
        (await self.get_state(Frame))._toast(said(sentence))

    def _start_from(self, version: int, profile: Icp) -> None:
        """Begin a draft that is equal to this version."""
        self.based_on, self._saved = version, profile.to_data()
        self.tags = draft.tags_of(profile)
        self.size_min, self.size_max = draft.number_text(profile.size_min), draft.number_text(profile.size_max)
        self._weigh(dict(profile.weights))
        self.revision += 1
        self._changed()

    def _weigh(self, weights: dict[str, int]) -> None:
        self.weights = weights
        self.weights_said = weights_text(tuple(weights.items())) if weights else ""

    def _set(self, name: str, tags: list[str]):
        self.tags = self.tags | {name: tags}
        return self._changed()

    def _changed(self):
        """Check the draft and compare it with what is saved; it is then to be tried."""
        self.errors = draft.errors_of(self._raw())
        self.can_swap = draft.can_swap(self.size_min, self.size_max)
        profile = self._profile()
        changes = diff(Icp.from_data(self._saved), profile) if profile else ()
        self.changes = told(changes)
        self.unsaved = sum(change.many for change in changes) if profile else 1
        return IcpState.try_out

    def _raw(self) -> dict[str, Any]:
        return draft.raw(self.tags, self.size_min, self.size_max, self.weights)

    def _profile(self) -> Icp | None:
        """The draft as a profile; None while something in it is wrong."""
        raw = self._raw()
        return None if draft.errors_of(raw) else normalise(raw)


IcpView.state = IcpState
