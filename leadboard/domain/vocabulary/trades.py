"""Trades as public registers code them: the tags of OpenStreetMap and the UK's classification of industries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from leadboard.domain.vocabulary.industries import LEXICON
from leadboard.domain.vocabulary.lexicon import Lexicon, phrases
from leadboard.domain.words import words


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade by the name people read and the words it goes by; `within` are keys of the lexicon of industries that
    hold it, `tags` those of OpenStreetMap as `key=value`, `sic` codes of UK SIC 2007."""

    name: str
    within: tuple[str, ...]
    words: tuple[str, ...]
    tags: tuple[str, ...]
    sic: tuple[str, ...]


def _trade(name: str, within: str, words: str, tags: str, sic: str) -> Trade:
    return Trade(name, phrases(within), phrases(words), tuple(tags.split()), tuple(sic.split()))


_FOOD, _SERVICES, _LEISURE = "food_beverage", "professional_services", "media_entertainment"

TRADES: tuple[Trade, ...] = (
    _trade(
        "Coffee shop",
        f"{_FOOD}/Restaurants",
        "coffee shop, cafe, café, coffee house, tea room",
        "amenity=cafe shop=coffee",
        "56102",
    ),
    _trade("Restaurant", f"{_FOOD}/Restaurants", "restaurant, bistro, pizzeria", "amenity=restaurant", "56101 56102"),
    _trade("Take-away", f"{_FOOD}/Restaurants", "takeaway, take away, fast food", "amenity=fast_food", "56103"),
    _trade("Bar or pub", f"{_FOOD}/Restaurants", "bar, pub", "amenity=bar amenity=pub", "56302"),
    _trade("Caterer", f"{_FOOD}/Catering", "caterer, catering", "craft=caterer", "56210"),
    _trade("Bakery", f"{_FOOD}/Bakery", "bakery, baker, patisserie", "shop=bakery shop=pastry", "10710 47240"),
    _trade("Brewery", f"{_FOOD}/Brewery and winery", "brewery, microbrewery, craft beer", "craft=brewery", "11050"),
    _trade("Winery", f"{_FOOD}/Brewery and winery", "winery, vineyard", "craft=winery", "11020"),
    _trade("Distillery", f"{_FOOD}/Brewery and winery", "distillery", "craft=distillery", "11010"),
    _trade(
        "Coffee roaster",
        f"{_FOOD}/Brewery and winery",
        "coffee roaster, coffee roastery, coffee roasting",
        "craft=coffee_roaster",
        "10832",
    ),
    _trade(
        "Grocer",
        f"{_FOOD}/Grocery",
        "grocery, grocer, supermarket, convenience store",
        "shop=supermarket shop=convenience shop=greengrocer",
        "47110 47210",
    ),
    _trade("Butcher", f"{_FOOD}/Grocery", "butcher", "shop=butcher", "47220"),
    _trade("Dentist", "healthcare/Dental care", "dentist, dental, orthodontist", "amenity=dentist", "86230"),
    _trade(
        "Doctor",
        "healthcare/",
        "doctor, physician, general practitioner, medical practice",
        "amenity=doctors",
        "86210 86220",
    ),
    _trade("Clinic", "healthcare/", "clinic, medical centre, medical center", "amenity=clinic", "86220"),
    _trade("Hospital", "healthcare/", "hospital", "amenity=hospital", "86101"),
    _trade(
        "Vet",
        "healthcare/Veterinary care",
        "vet, veterinary, veterinarian, animal hospital, vet clinic, animal clinic",
        "amenity=veterinary",
        "75000",
    ),
    _trade(
        "Physiotherapist",
        "healthcare/Physiotherapy",
        "physiotherapist, physiotherapy, physical therapy",
        "healthcare=physiotherapist",
        "86900",
    ),
    _trade("Optician", "healthcare/Eye care", "optician, optometrist", "shop=optician", "47782"),
    _trade("Pharmacy", "healthcare/Pharmacy", "pharmacy, pharmacist, chemist", "amenity=pharmacy", "47730"),
    _trade(
        "Care home",
        "healthcare/Elder care",
        "care home, nursing home, elder care",
        "amenity=nursing_home social_facility=nursing_home",
        "87100 87300",
    ),
    _trade("Biotechnology", "healthcare/Biotech", "biotech, biotechnology, life sciences, drug discovery", "", "72110"),
    _trade("Pharmaceuticals", "", "pharma, pharmaceutical", "", "21100 21200"),
    _trade("Medical devices", "healthcare/Medical devices", "medical device, medtech", "", "32500"),
    _trade(
        "Gym",
        f"{_LEISURE}/Sports and leisure",
        "gym, fitness centre, fitness center, fitness studio",
        "leisure=fitness_centre",
        "93130",
    ),
    _trade("Museum", f"{_LEISURE}/Arts and museums", "museum", "tourism=museum", "91020"),
    _trade(
        "Hotel",
        "hospitality/, hospitality/Hotels",
        "hotel, motel, guest house, bed and breakfast",
        "tourism=hotel tourism=motel tourism=guest_house",
        "55100",
    ),
    _trade(
        "Campsite",
        "hospitality/Campgrounds",
        "campsite, campground, holiday park",
        "tourism=camp_site tourism=caravan_site",
        "55300",
    ),
    _trade("Law firm", "legal/", "law firm, lawyer, solicitor, attorney", "office=lawyer", "69102"),
    _trade(
        "Accountant",
        f"{_SERVICES}/Accounting",
        "accountant, accountancy, accounting, bookkeeping, bookkeeper",
        "office=accountant office=tax_advisor",
        "69201 69202 69203",
    ),
    _trade("Consultancy", f"{_SERVICES}/", "consultancy, consulting", "office=consulting", "70229"),
    _trade(
        "Marketing agency",
        f"{_SERVICES}/Marketing",
        "marketing, marketing agency, advertising agency",
        "office=advertising_agency",
        "73110 70210",
    ),
    _trade(
        "Recruiter",
        f"{_SERVICES}/Recruiting",
        "recruitment, recruiting, staffing, employment agency",
        "office=employment_agency",
        "78109 78200",
    ),
    _trade("Architect", f"{_SERVICES}/Architecture", "architect, architecture firm", "office=architect", "71111"),
    _trade(
        "Engineering consultancy",
        f"{_SERVICES}/Engineering",
        "engineering firm, engineering consultancy, consulting engineer",
        "office=engineer",
        "71122 71129",
    ),
    _trade("Translator", f"{_SERVICES}/Translation", "translator, translation", "office=translator", "74300"),
    _trade("Cleaning", f"{_SERVICES}/Cleaning", "cleaning, cleaning company", "craft=cleaning", "81210 81229"),
    _trade(
        "Laundry",
        f"{_SERVICES}/Cleaning",
        "laundry, dry cleaning, dry cleaner",
        "shop=laundry shop=dry_cleaning",
        "96010",
    ),
    _trade(
        "Photographer",
        f"{_SERVICES}/Photography",
        "photographer, photography",
        "craft=photographer",
        "74201 74202 74209",
    ),
    _trade("Hairdresser", f"{_SERVICES}/Personal care", "hairdresser, hair salon, barber", "shop=hairdresser", "96020"),
    _trade("Beauty salon", f"{_SERVICES}/Personal care", "beauty salon, nail salon, beauty", "shop=beauty", "96020"),
    _trade(
        "Funeral director",
        f"{_SERVICES}/Funeral services",
        "funeral home, funeral director, undertaker",
        "shop=funeral_directors",
        "96030",
    ),
    _trade("Estate agent", "real_estate/", "estate agent, real estate, realtor", "office=estate_agent", "68310"),
    _trade(
        "Property manager",
        "real_estate/Property management",
        "property management, property manager",
        "office=property_management",
        "68320",
    ),
    _trade("Insurance", "finance/Insurance", "insurance", "office=insurance", "65110 65120 66220"),
    _trade(
        "Financial adviser",
        "finance/",
        "financial adviser, financial advisor, wealth management",
        "office=financial_advisor office=financial",
        "66190 66300",
    ),
    _trade("Bank", "finance/Banking", "bank", "amenity=bank", "64191"),
    _trade(
        "Software",
        "saas/, technology/, technology/Software development",
        "software, saas, software development",
        "office=it",
        "62012 58290",
    ),
    _trade(
        "IT services",
        "technology/IT services",
        "it services, it support, it consultancy",
        "office=it",
        "62020 62030 62090",
    ),
    _trade("Online shop", "ecommerce/", "ecommerce, e commerce, online shop, online store", "", "47910"),
    _trade(
        "Clothes shop",
        "retail/Clothing",
        "clothes shop, clothing store, boutique, fashion",
        "shop=clothes shop=boutique",
        "47710",
    ),
    _trade("Furniture shop", "retail/Furniture", "furniture shop, furniture store", "shop=furniture", "47599"),
    _trade("Jeweller", "retail/Jewellery", "jeweller, jeweler, jewellery, jewelry", "shop=jewelry", "47770"),
    _trade("Florist", "retail/Florist", "florist, flower shop", "shop=florist", "47760"),
    _trade("Bookshop", "retail/Bookshops", "bookshop, book shop, bookstore", "shop=books", "47610"),
    _trade("Pet shop", "retail/Pet supplies", "pet shop, pet store", "shop=pet", "47760"),
    _trade(
        "Hardware shop",
        "retail/Hardware stores",
        "hardware store, hardware shop",
        "shop=hardware shop=doityourself",
        "47520",
    ),
    _trade("Bike shop", "retail/Sporting goods", "bike shop, bicycle shop", "shop=bicycle", "47640"),
    _trade("Car dealer", "automotive/Car dealers", "car dealer, car dealership", "shop=car", "45111 45112"),
    _trade(
        "Car repair",
        "automotive/Vehicle repair",
        "car repair, auto repair, garage, mechanic",
        "shop=car_repair",
        "45200",
    ),
    _trade("Car rental", "automotive/Vehicle rental", "car rental, car hire", "amenity=car_rental", "77110"),
    _trade(
        "Builder",
        "construction/",
        "builder, construction, construction company",
        "craft=builder office=construction_company",
        "41201 41202",
    ),
    _trade("Plumber", "construction/Plumbing", "plumber, plumbing", "craft=plumber", "43220"),
    _trade("Heating engineer", "construction/Heating and cooling", "hvac, heating", "craft=hvac", "43220"),
    _trade("Electrician", "construction/Electrical work", "electrician", "craft=electrician", "43210"),
    _trade("Roofer", "construction/Roofing", "roofer, roofing", "craft=roofer", "43910"),
    _trade("Painter", "construction/Painting", "painter, decorator", "craft=painter", "43341"),
    _trade(
        "Joiner",
        "manufacturing/Woodwork",
        "joiner, joinery, carpenter, carpentry",
        "craft=carpenter craft=joiner",
        "43320",
    ),
    _trade("Gardener", "construction/Landscaping", "gardener, landscaping, landscaper", "craft=gardener", "81300"),
    _trade(
        "Nursery",
        "education/Childcare",
        "childcare, child care, preschool, kindergarten, daycare, nursery school",
        "amenity=kindergarten amenity=childcare",
        "85100 88910",
    ),
    _trade("Driving school", "education/Training", "driving school", "amenity=driving_school", "85530"),
    _trade("Language school", "education/Tutoring", "language school", "amenity=language_school", "85590"),
    _trade("Travel agency", "travel/", "travel agency, travel agent", "shop=travel_agency", "79110"),
    _trade("Tour operator", "travel/", "tour operator", "", "79120"),
    _trade("Haulage", "logistics/Freight", "haulage, freight, trucking", "office=logistics", "49410"),
    _trade("Logistics", "logistics/", "logistics, supply chain", "office=logistics", "52290"),
    _trade("Courier", "logistics/Courier", "courier", "office=courier", "53202"),
    _trade("Removals", "logistics/Moving", "removals, movers, moving company", "office=moving_company", "49420"),
)

_BY_NAME = {trade.name: trade for trade in TRADES}
_WORDS = Lexicon({trade.name: trade.words for trade in TRADES})
_OF_TAG = {tag: trade for trade in reversed(TRADES) for tag in trade.tags}
_OF_SIC = {code: trade for trade in reversed(TRADES) for code in trade.sic}


def trades_in(texts: Iterable[str]) -> tuple[Trade, ...]:
    """The trades that industries in people's words stand for, each once.

    A word of a trade means that trade; where there is none, an industry means all trades of it: "Healthcare" dentists,
    vets and hospitals alike.
    """
    return tuple(dict.fromkeys(trade for text in texts for trade in _meant(text)))


def _meant(text: str) -> Iterator[Trade]:
    if named := [_BY_NAME[hit.key] for hit in _WORDS.hits(text)]:
        yield from named
        return
    for hit in LEXICON.hits(text):
        whole = hit.key.endswith("/")
        yield from (trade for trade in TRADES if any(_holds(hit.key, key, whole) for key in trade.within))


def _holds(wanted: str, key: str, whole: bool) -> bool:
    return key.startswith(wanted) if whole else key == wanted


def trade_of_tags(tags: Mapping[str, object]) -> Trade | None:
    """The trade of something on the map, by its tags."""
    return next((_OF_TAG[tag] for key, value in tags.items() if (tag := f"{key}={value}") in _OF_TAG), None)


def trade_of_sic(code: str) -> Trade | None:
    """The trade of a code of UK SIC 2007."""
    return _OF_SIC.get(code)


@lru_cache(maxsize=4096)
def trade_called(text: str) -> Trade | None:
    """The trade that goes by these very words, in singular or plural; None for any others."""
    said = words(text)
    return _BY_WORDS.get(said) or _BY_WORDS.get((*said[:-1], said[-1].removesuffix("s")) if said else ())


_BY_WORDS = {words(phrase): trade for trade in reversed(TRADES) for phrase in (*trade.words, trade.name)}
