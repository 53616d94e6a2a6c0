"""The orders of services as the page shows them: who is asked first, for a part and a kind of lead."""

from collections.abc import Mapping, Sequence

from leadboard.domain.services import Offer, Service
from leadboard.domain.waterfall.ordering import Proposal
from leadboard.domain.waterfall.rates import History
from leadboard.domain.waterfall.roles import LABELS, TASKS, Role
from leadboard.domain.waterfall.segments import EVERY, label, widening
from leadboard.store.orders import Chosen
from leadboard.ui import words
from leadboard.ui.providers.display import Option, Placed, RoleOrder

ABOUT: dict[Role, str] = {
    Role.PERSON_DATA: "Who somebody is. An address it brings ends the search.",
    Role.EMAIL_FINDER: "Asked one after the other until one finds the address.",
    Role.SIGNALS: "What the profile waits for: open roles, money raised.",
    Role.PEOPLE: "Who works at a company.",
    Role.COMPANY_DATA: "Asked one after the other until one knows the company.",
    Role.SITE_CRAWL: "Our own reading, when no service knew the company.",
    Role.EMAIL_VERIFY: "Whether an address takes mail, before it is used.",
    Role.PREMIUM: "The second pass: for at most 15% of a batch.",
}
MOST_SEGMENTS = 40

Orders = Mapping[tuple[Role, str], Chosen]


def role_order(
    role: Role,
    segment: str,
    order: Sequence[str],
    chosen: Orders,
    services: Mapping[str, Service],
    usable: Mapping[str, Service],
    history: History,
    proposal: Proposal | None,
) -> RoleOrder:
    """The order of a part for a kind of lead; `usable`: the services that can be asked now."""
    placed = [services[name] for name in order if name in services]
    others = [each for name, each in services.items() if name not in order and each.offer(TASKS[role])]
    return RoleOrder(
        role=role,
        label=LABELS[role],
        about=ABOUT[role],
        whose=_whose(role, segment, chosen),
        own=(role, segment) in chosen,
        services=[
            Placed(
                name=each.name,
                label=each.label,
                place=str(at),
                price=price(each.offer(TASKS[role])),
                rate=_rate(each.name, role, segment, history),
                usable=each.name in usable,
                first=at == 1,
                last=at == len(placed),
            )
            for at, each in enumerate(placed, start=1)
        ],
        others=[Option(each.name, each.label) for each in others],
        better=", ".join(services[name].label for name in proposal.order) if proposal else "",
        saving=_saving(proposal) if proposal else "",
    )


def segments(history: History, chosen: Orders, now: str) -> list[Option]:
    """Kinds of lead to choose an order for: every lead, those with an order, and those that most calls were about."""
    called: dict[str, int] = {}
    for (_, _, segment), calls in history.calls.items():
        called[segment] = called.get(segment, 0) + calls
    often = sorted(called, key=lambda each: (-called[each], each))[:MOST_SEGMENTS]
    known = dict.fromkeys((EVERY, now, *sorted(segment for _, segment in chosen), *often))
    return [Option(each, _title(each)) for each in sorted(known)]


def price(offer: Offer | None) -> str:
    """What a question costs: "$0.0245 a hit", "free"."""
    if offer is None or not offer.micros:
        return "free"
    return f"{words.usd(offer.micros)} {'a question' if offer.always else 'a hit'}"


def _whose(role: Role, segment: str, chosen: Orders) -> str:
    for kind in widening(segment):
        if (role, kind) in chosen:
            return f"Chosen by {chosen[role, kind].by} for {label(kind)}."
    return "The usual order."


def _rate(name: str, role: Role, segment: str, history: History) -> str:
    calls = history.seen(name, role, segment)
    if not calls:
        return "not asked yet"
    useful = history.useful.get((name, TASKS[role], segment), 0)
    return f"found {words.percent(useful / calls)} of {words.count(calls)}"


def _saving(proposal: Proposal) -> str:
    told = proposal.replay
    return (
        f"On {words.counted(told.records, 'past record')} it would have cost {words.usd(told.would_pay)} instead of "
        f"{words.usd(told.paid)}, and found {round(told.would_find):,} instead of {told.found:,}."
    )


def _title(segment: str) -> str:
    text = label(segment)
    return text[:1].upper() + text[1:]
