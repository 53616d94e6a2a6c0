"""Stored receipts of scores in the words of the screen."""

from collections.abc import Mapping
from typing import Any

from leadboard.domain.receipt import tidy
from leadboard.store.tables import Contact, Lead
from leadboard.ui import words
from leadboard.ui.display import Factor, Line, Receipt


def fit_receipt(lead: Lead, icp_version: int) -> Receipt:
    """How the fit score came about; without a profile, what to do about it."""
    data = lead.fit_receipt
    if data is None:
        hint = "Describe your ideal customer, and every lead gets a score." if not icp_version else "Being scored."
        return Receipt(title="Fit receipt", note="Not scored yet", score="–", total="Fit", hint=hint)
    old = words.old_score(lead.fit_score, lead.fit_icp_version, icp_version)
    change = data.get("change") or {}
    return Receipt(
        title="Fit receipt",
        note=f"ICP version {lead.fit_icp_version}" + (f"; version {icp_version} is being applied" if old else ""),
        old=old,
        score=str(lead.fit_score),
        band=words.band(lead.fit_score),
        factors=[_factor(factor) for factor in data["factors"]],
        sum=f"{data['exact']:.2f}",
        total="Fit, rounded",
        hint=f"{change['sentence']}." if change else "",
    )


def _factor(data: Mapping[str, Any]) -> Factor:
    return Factor(
        name=data["name"],
        formula=f"{tidy(data['score'])} × {data['weight']:.2f}",
        points=f"{data['contribution']:.2f}",
        share=round(data["score"]),
        lines=[_line(line) for line in data["lines"]],
    )


def als_receipt(contact: Contact) -> Receipt:
    """How a contact's ALS came about."""
    data = contact.als_receipt
    if data is None:
        return Receipt(title="ALS", note="Not scored yet")
    blocked = data.get("blocked", "")
    return Receipt(
        title=f"ALS of {contact.name or contact.email}",
        note=f"Weights: {data['weights_source']}",
        score=str(data["total"]),
        factors=[_component(component) for component in data["components"]],
        sum=tidy(sum(_contribution(component) for component in data["components"])),
        total="ALS, rounded",
        hint=f"{blocked}: no channel is allowed." if blocked else "",
    )


def _contribution(data: Mapping[str, Any]) -> float:
    return 100 * data["weight"] * data["points"] / data["max"]


def _component(data: Mapping[str, Any]) -> Factor:
    return Factor(
        name=data["name"],
        formula=f"{data['points']} of {data['max']} × {data['weight']:.2f}",
        points=tidy(_contribution(data)),
        share=round(100 * data["points"] / data["max"]),
        lines=[_line(line) for line in data["lines"] if line["possible"] or line["points"]],
    )


def _line(data: Mapping[str, Any]) -> Line:
    text = f"{data['label']}: {data['evidence']}" if data["evidence"] else data["label"]
    return Line(text, f"{tidy(data['points'])} of {tidy(data['possible'])}", missed=data["points"] <= 0)
