"""JSON-LD, microdata and RDFa of a page as one list of nodes, and the organisations among them.

JSON-LD is read from the tree that is there already; microdata and RDFa go through extruct and only when the page has
their marks, because both are an order of magnitude slower than all the rest.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from leadboard.domain.site.dom import Page, clean
from leadboard.domain.site.facts import Address, ContactPoint, Found, Organization
from leadboard.domain.site.text import unique
from leadboard.domain.words import word_set

Properties = dict[str, Any]

MAX_NODES = 5000
_MAX_FAULTY = 100_000
_CONFIDENCE = {"json_ld": 0.95, "microdata": 0.9, "rdfa": 0.9}
_COMMENT_LINE = re.compile(r"^\s*(//.*|<!--.*-->)")
_RDFA_MARK = re.compile(r"""typeof\s*=\s*["'][^"'>]*(?:Organization|Business|Corporation|Store|Person|PostalAddress)""")
_TYPES = word_set(
    "Corporation Airline Consortium Cooperative FundingScheme LibrarySystem NGO PoliticalParty SportsTeam "
    "MusicGroup DanceGroup TheaterGroup Project School Preschool ElementarySchool MiddleSchool HighSchool "
    "CollegeOrUniversity AnimalShelter ArchiveOrganization ChildCare Dentist Hospital Physician Pharmacy "
    "MedicalClinic DryCleaningOrLaundry EmergencyService FireStation PoliceStation EmploymentAgency "
    "EntertainmentBusiness Casino ComedyClub NightClub FinancialService AccountingService AutomatedTeller "
    "BankOrCreditUnion InsuranceAgency FoodEstablishment Bakery BarOrPub Brewery CafeOrCoffeeShop Distillery "
    "FastFoodRestaurant IceCreamShop Restaurant Winery GovernmentOffice PostOffice HealthAndBeautyBusiness "
    "BeautySalon DaySpa HairSalon HealthClub NailSalon TattooParlor Electrician GeneralContractor HVACBusiness "
    "HousePainter Locksmith MovingCompany Plumber RoofingContractor InternetCafe LegalService Attorney Notary "
    "Library LodgingBusiness BedAndBreakfast Campground Hostel Hotel Motel Resort SkiResort VacationRental "
    "ProfessionalService RadioStation RealEstateAgent RecyclingCenter SelfStorage ShoppingCenter "
    "SportsActivityLocation BowlingAlley ExerciseGym GolfCourse TelevisionStation TravelAgency "
    "TouristInformationCenter AutoDealer AutoRepair AutoRental AutoWash AutoBodyShop GasStation MotorcycleDealer "
    "MotorcycleRepair Optician VeterinaryCare DiagnosticLab"
)


@dataclass(frozen=True, slots=True)
class Node:
    """One node of structured data: its types without namespace, the property it stands in, how it was read."""

    types: tuple[str, ...]
    properties: Properties
    role: str
    method: str

    @property
    def is_organization(self) -> bool:
        return any(kind in _TYPES or kind.endswith(("Organization", "Business", "Store")) for kind in self.types)


def nodes(page: Page) -> list[Node]:
    """Every typed node of the page, outer ones before those inside them. Faulty blocks are passed over."""
    found = [node for data in _json_ld(page) for node in _walk(data, "json_ld")]
    if "itemscope" in page.source:
        found += [node for item in _microdata(page) for node in _walk(item, "microdata")]
    if "typeof" in page.source and _RDFA_MARK.search(page.source):
        found += [node for item in _rdfa(page) for node in _walk(item, "rdfa")]
    return found


def organizations(page: Page, found: list[Node]) -> tuple[Organization, ...]:
    """The named organisations, each different content once, in page order."""
    made = (_organization(node, page.url) for node in found if node.is_organization)
    return unique((one for one in made if one), lambda one: (one.found.method, *_content(one)))


def strings(value: Any) -> tuple[str, ...]:
    """The texts of a property, which may be a text, a number, a `@value` or `name` node, or a list of these."""
    if isinstance(value, list):
        return tuple(text for item in value for text in strings(item))
    if isinstance(value, dict):
        return strings(value.get("@value") or value.get("name") or value.get("@id") or "")
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        text = clean(str(value))
        return (text,) if text else ()
    return ()


def first(value: Any) -> str:
    """The first text of a property, or empty."""
    texts = strings(value)
    return texts[0] if texts else ""


def address_of(value: Any, url: str, method: str) -> Address | None:
    """The address a property holds (a text or a PostalAddress), or None when it says nothing."""
    if isinstance(value, list):
        return next((found for item in value if (found := address_of(item, url, method))), None)
    parts = {}
    if isinstance(value, dict):
        names = ("streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry")
        parts = {name: ", ".join(strings(value.get(name))) for name in names}
        box = first(value.get("postOfficeBoxNumber"))
        street = parts["streetAddress"] or box
        parts["streetAddress"] = street
        text = ", ".join(part for part in parts.values() if part)
    else:
        text = first(value)
    if not text:
        return None
    return Address(
        text=text[:300],
        street=parts.get("streetAddress", ""),
        city=parts.get("addressLocality", ""),
        region=parts.get("addressRegion", ""),
        postcode=parts.get("postalCode", ""),
        country=parts.get("addressCountry", ""),
        found=Found("address", text[:300], text[:240], method, _CONFIDENCE[method], url),
    )


def _organization(node: Node, url: str) -> Organization | None:
    get = node.properties.get
    name = first(get("name")) or first(get("legalName"))
    if not name:
        return None
    name = name[:300]
    emails = tuple(re.sub(r"(?i)^\s*mailto:", "", text) for text in strings(get("email")))
    address = address_of(get("address"), url, node.method)
    telephone = strings(get("telephone"))
    said = " · ".join(part for part in (name, *telephone, *emails, address.text if address else "") if part)
    return Organization(
        types=node.types,
        name=name,
        url=first(get("url")),
        telephone=telephone,
        email=emails,
        address=address,
        same_as=unique(strings(get("sameAs")), str),
        contact_points=_contact_points(get("contactPoint") or get("contactPoints")),
        found=Found("organization", name, said[:240], node.method, _CONFIDENCE[node.method], url),
    )


def _content(one: Organization) -> tuple[Any, ...]:
    address = one.address.text if one.address else ""
    return (one.types, one.name, one.url, one.telephone, one.email, address, one.same_as, one.contact_points)


def _contact_points(value: Any) -> tuple[ContactPoint, ...]:
    items = value if isinstance(value, list) else [value]
    points = (
        ContactPoint(first(item.get("contactType")), first(item.get("telephone")), first(item.get("email")))
        for item in items
        if isinstance(item, dict)
    )
    return tuple(point for point in points if point.telephone or point.email)


def _json_ld(page: Page) -> Iterator[Any]:
    for script in page.tree.iter("script"):
        if (script.get("type") or "").strip().lower().startswith("application/ld+json"):
            yield _load("".join(script.itertext()))


def _load(text: str) -> Any:
    """What a JSON-LD block says, read as tolerantly as extruct does; None when it is no JSON at all."""
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        return None
    except ValueError:
        if len(text) > _MAX_FAULTY:
            return None
    import jstyleson

    try:
        return jstyleson.loads(_COMMENT_LINE.sub("", text), strict=False)
    except (ValueError, RecursionError, IndexError):
        return None


def _microdata(page: Page) -> list[Properties]:
    from extruct.w3cmicrodata import MicrodataExtractor

    try:
        items = MicrodataExtractor().extract_items(page.tree, page.url)
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [_from_microdata(item) for item in items]


def _from_microdata(item: Any, depth: int = 0) -> Any:
    if isinstance(item, list):
        return [_from_microdata(one, depth) for one in item]
    if not isinstance(item, dict) or depth > 20:
        return item
    properties = {name: _from_microdata(value, depth + 1) for name, value in item.get("properties", {}).items()}
    return {**properties, "@type": item.get("type", ""), "@value": item.get("value", "")}


def _rdfa(page: Page) -> list[Properties]:
    from extruct.rdfa import RDFaExtractor

    # The library raises whatever its parsers raise on faulty markup, and one page must not lose its other facts by it.
    try:
        graph = RDFaExtractor().extract(page.source, base_url=page.url)
    except Exception:
        return []
    by_id = {str(item.get("@id")): item for item in graph}
    nested = {str(ref.get("@id")) for item in graph for value in item.values() for ref in _dicts(value)}
    return [_from_rdfa(item, by_id, 0) for key, item in by_id.items() if key not in nested]


def _from_rdfa(item: Properties, by_id: dict[str, Properties], depth: int) -> Properties:
    made: Properties = {"@type": item.get("@type", [])}
    for name, value in item.items():
        if name.startswith("@"):
            continue
        made[_short(name)] = [
            _from_rdfa(by_id[str(ref["@id"])], by_id, depth + 1)
            if depth < 5 and str(ref.get("@id")) in by_id
            else first(ref)
            for ref in _dicts(value)
        ]
    return made


def _dicts(value: Any) -> list[Properties]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _walk(data: Any, method: str) -> Iterator[Node]:
    """All typed nodes below `data`, in document order, without recursion (the depth is the author's choice)."""
    waiting: list[tuple[Any, str]] = [(data, "")]
    left = MAX_NODES
    while waiting and left:
        item, role = waiting.pop()
        if isinstance(item, list):
            waiting.extend((one, role) for one in reversed(item))
        elif isinstance(item, dict):
            left -= 1
            if types := tuple(_short(kind) for kind in strings(item.get("@type"))):
                yield Node(types, item, role, method)
            waiting.extend(
                (value, _short(key)) for key, value in reversed(item.items()) if isinstance(value, dict | list)
            )


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    """`http://schema.org/Person`, `schema:Person` and `Person` alike."""
    return re.split(r"[/#:]", name.rstrip("/#"))[-1]
