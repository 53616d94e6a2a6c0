"""Forecasts and receipts in words."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from leadboard.domain.asks import Spared
from leadboard.domain.batches import UNDER_WAY, BatchStatus
from leadboard.domain.budgets import MICROS
from leadboard.domain.waterfall.forecast import Forecast
from leadboard.domain.waterfall.roles import SITE
from leadboard.store import catalogue
from leadboard.store.tables import Batch
from leadboard.ui import words
from leadboard.ui.batches.display import BatchCard, ForecastCard, Note, ServiceLine
from leadboard.ui.display import Tone

CENT = MICROS // 100
STATES: dict[str, tuple[str, Tone]] = {
    BatchStatus.PENDING: ("Waiting", "neutral"),
    BatchStatus.RUNNING: ("Under way", "accent"),
    BatchStatus.PAUSED: ("Paused", "fair"),
    BatchStatus.COMPLETE: ("Done", "strong"),
    BatchStatus.FAILED: ("Failed", "weak"),
    BatchStatus.CANCELLED: ("Cancelled", "neutral"),
}
WHY: dict[str, str] = {
    Spared.CACHE: "The same question had its answer.",
    Spared.WINDOW: "It said what it knows within 90 days.",
    Spared.ORDER: "A service before it found what was looked for.",
}


def forecast_card(leads: int, forecast: Forecast, demo: bool) -> ForecastCard:
    """What a batch over so many leads would probably bring and cost."""
    return ForecastCard(
        leads=words.counted(leads, "lead"),
        found=f"{forecast.addresses:,.0f} of {words.counted(forecast.people, 'person', 'people')}",
        cost=_range(forecast.low, forecast.high),
        most=f"at most {words.usd(forecast.most)}" if forecast.most else "",
        time=duration(forecast.seconds),
        spared=_spared(forecast),
        sentence=forecast.sentence,
        demo=demo,
        services=[
            ServiceLine(
                label(each.service),
                f"{each.calls:,.0f}",
                f"{each.hits:,.0f}",
                words.usd(each.micros),
                words.counted(each.past, "past call"),
            )
            for each in forecast.services
        ],
        cap=f"{math.ceil(forecast.high / CENT) / 100:.2f}" if forecast.high else "",
    )


def batch_card(batch: Batch) -> BatchCard:
    """A batch as far as it is, or what it came to."""
    state, tone = STATES[batch.status]
    receipt = batch.receipt or {}
    cap = f" of {words.usd(batch.cap_micros)}" if batch.cap_micros is not None else ""
    return BatchCard(
        id=str(batch.id),
        title=_title(batch),
        state=state,
        tone=tone,
        working=batch.status in UNDER_WAY,
        paused=batch.status == BatchStatus.PAUSED,
        counts=f"{batch.processed:,} of {words.counted(batch.total, 'record')} · {batch.accepted:,} accepted",
        cost=words.usd(batch.spent_micros) + cap,
        percent=round(100 * batch.processed / batch.total) if batch.total else 0,
        why=batch.why,
        goes_on=words.iso(batch.resume_at),
        cap="" if batch.cap_micros is None else f"{batch.cap_micros / MICROS:.2f}",
        by=batch.by,
        at=words.iso(batch.ended_at or batch.created_at),
        told=_told(batch.forecast, receipt),
        paid=[
            ServiceLine(label(each["service"]), f"{each['calls']:,}", f"{each['hits']:,}", words.usd(each["micros"]))
            for each in receipt.get("paid", ())
        ],
        saved=[_saved(each) for each in receipt.get("saved", ())],
        missed=[_missed(each) for each in receipt.get("missed", ())],
        reasons=[
            Note(why, why, many=words.counted(many, "contact")) for why, many in receipt.get("reasons", {}).items()
        ],
        troubles=list(dict.fromkeys([*batch.alerts, *batch.errors])),
    )


def duration(seconds: float) -> str:
    """How long something takes, roughly: "40 s", "3 min", "2 h"."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{round(seconds / 3600)} h"


def label(service: str) -> str:
    """What people call a service."""
    return next((each.label for each in (*catalogue.services(), SITE) if each.name == service), service)


def is_news(batch: Batch, since: datetime) -> bool:
    """Whether a batch goes on, or has ended since."""
    return batch.ended_at is None or batch.ended_at > since


def _title(batch: Batch) -> str:
    contacts = words.counted(batch.accepted, "contact")
    match batch.status:
        case BatchStatus.COMPLETE:
            return f"Found {contacts}"
        case BatchStatus.CANCELLED | BatchStatus.FAILED:
            return f"Stopped after {contacts}"
    return "Finding contacts"


def _range(low: int, high: int) -> str:
    if not high:
        return "nothing"
    return words.usd(high) if low == high else f"{words.usd(_cents(low))} to {words.usd(_cents(high))}"


def _cents(micros: int) -> int:
    """Rounded to cents from ten of them on: a forecast is no more exact."""
    return micros if micros < 10 * CENT else round(micros / CENT) * CENT


def _spared(forecast: Forecast) -> str:
    if not forecast.spared_calls:
        return ""
    calls = words.counted(forecast.spared_calls, "call")
    return f"{calls} not needed again: {words.usd(forecast.spared_micros)} not spent."


def _told(forecast: Mapping[str, Any] | None, receipt: Mapping[str, Any]) -> str:
    if not receipt:
        return ""
    accepted = words.counted(receipt["accepted"], "contact")
    came = f"{accepted} accepted for {words.usd(receipt['micros'])}."
    if not forecast:
        return came
    expected = f"{forecast['addresses']:,.0f} addresses for {_range(forecast['low'], forecast['high'])}"
    return f"Expected were {expected}; {came}"


def _saved(each: Mapping[str, Any]) -> Note:
    name = label(each["service"])
    return Note(
        f"{each['service']} {each['why']}",
        name,
        WHY.get(each["why"], ""),
        words.counted(each["calls"], "call"),
        words.usd(each["micros"]),
    )


def _missed(each: Mapping[str, Any]) -> Note:
    return Note(
        f"{each['service']} {each['why']}",
        label(each["service"]),
        each["sentence"],
        words.counted(each["records"], "record"),
    )
