"""Pays for models from the budgets of the day, and keeps a record of every call."""

from dataclasses import dataclass, replace
from datetime import date

from leadboard.domain.budgets import Kind
from leadboard.engine.model.prompt import Call, Caller
from leadboard.store import budgets, db
from leadboard.store.budgets import CapReached, Reserved, Scope
from leadboard.store.db import Tx
from leadboard.store.tables import ModelCall

_OF_NO_DAY = date(2000, 1, 1)
"""The place of a budget that begins anew on no day."""

ALERT = 0.8
"""Share of a cap from which the workspace is told, once a day."""


@dataclass(frozen=True)
class BudgetLedger:
    """`installation_cap`: what all workspaces together may spend on models on a UTC day; `workspace_cap`: what each may
    that has no cap of its own; `study_cap`: what the study of one website may. In millionths of a US dollar."""

    installation_cap: int
    workspace_cap: int
    study_cap: int

    async def reserve(self, caller: Caller, micros: int) -> Reserved | None:
        """Set money aside; None when a cap leaves no room for it."""
        async with db.begin(caller.workspace) as tx:
            try:
                return await budgets.reserve(tx, Kind.MODELS, await self._scopes(tx, caller), micros)
            except CapReached:
                return None

    async def settle(self, caller: Caller, reserved: Reserved, call: Call) -> None:
        """Replace what was set aside by what the call cost, and record the call."""
        async with db.begin(caller.workspace) as tx:
            await budgets.settle(tx, reserved, call.micros)
            tx.add(_row(tx, caller, call))
            if call.micros and not caller.demo:
                await self._alert(tx, caller, reserved, call.micros)

    async def _scopes(self, tx: Tx, caller: Caller) -> tuple[Scope, ...]:
        found = await budgets.scopes(tx, Kind.MODELS, self.installation_cap, caller.demo)
        days = tuple(replace(one, cap=self.workspace_cap) if one.cap is None else one for one in found)
        if caller.study is None:
            return days
        return (*days, Scope(f"study {caller.study}", "study", self.study_cap, _OF_NO_DAY))

    async def _alert(self, tx: Tx, caller: Caller, reserved: Reserved, micros: int) -> None:
        """Tell of a budget that this call has brought past its alert: spending only grows, so it is told once."""
        scopes = {scope.name: scope for scope in await self._scopes(tx, caller)}
        for place in reserved.scopes:
            scope = scopes[place[0]]
            if place[1] == _OF_NO_DAY:
                continue
            spent, line = await budgets.spent(tx, Kind.MODELS, place), ALERT * (scope.cap or 0)
            if spent >= line > spent - micros:
                tx.record("ai_budget_alert", shown=True, whose=scope.whose, share=ALERT, cap_micros=scope.cap)


def _row(tx: Tx, caller: Caller, call: Call) -> ModelCall:
    return ModelCall(
        workspace_id=tx.workspace,
        purpose=call.purpose,
        model=call.model,
        lead_id=caller.lead_id,
        run_id=caller.run_id,
        user_id=caller.user_id,
        demo=caller.demo,
        ok=call.ok,
        code=call.code,
        error=call.error,
        input_tokens=call.usage.input,
        cache_read_tokens=call.usage.cache_read,
        cache_write_tokens=call.usage.cache_write,
        output_tokens=call.usage.output,
        micros=call.micros,
        duration_ms=call.duration_ms,
        evidence=list(call.evidence),
        dropped=call.dropped,
        at=tx.now,
    )
