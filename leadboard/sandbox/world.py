"""The demo world: companies, the people who work there and what happens to them. The same seed makes the same world.

Its companies live under `.example`, their phone numbers come from the blocks that each country keeps for fiction, and
the numbers they have in registers are higher than any that was given out. What happened is dated by how many days ago.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from random import Random

from leadboard.domain.industry_words import trades_in
from leadboard.domain.places import country_code, country_codes, country_name
from leadboard.domain.slugs import slug_of
from leadboard.domain.vocabulary.industries import INDUSTRIES
from leadboard.domain.vocabulary.trades import TRADES
from leadboard.domain.words import position, words
from leadboard.sandbox.names import (
    BACKS,
    BLOCKS,
    CITIES,
    CONDITIONS,
    FIRST_NAMES,
    FRONTS,
    LAST_NAMES,
    LEGAL,
    REGION_CODES,
    SECTORS,
    STREETS,
    City,
    Sector,
)

USUAL = 400
"""Companies of a world."""
ENDING = "example"

_LABELS = {industry.key: industry.label for industry in INDUSTRIES}
_KINDS = {trade.name: trade for trade in TRADES}
_ABN_WEIGHTS = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)


class Mailbox(StrEnum):
    """What a mail server says of an address."""

    WORKS = "works"
    GONE = "gone"
    CATCH_ALL = "catch_all"
    """The server takes mail for every name, so nobody can tell."""
    CATCH_ALL_WORKS = "catch_all_works"
    """The same, and a service that looks closer finds that somebody reads it."""
    SILENT = "silent"
    """The server does not answer."""
    ROLE = "role"
    """It works, and no single person reads it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the company with this domain. `seniority` is a word of Apollo's scale; `director` says that a
    register names them; `profile` is the last part of the LinkedIn address."""

    domain: str
    first_name: str
    last_name: str
    title: str
    seniority: str
    department: str
    email: str
    mailbox: Mailbox
    phone: str
    profile: str
    director: bool

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def linkedin(self) -> str:
        """The address of the profile; "" for who has none."""
        return f"https://www.linkedin.com/in/{self.profile}" if self.profile else ""


@dataclass(frozen=True, slots=True)
class Funding:
    """The last round: `stage` like "Series A", `amount` and `total` in US dollars."""

    stage: str
    amount: int
    total: int
    investor: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class Company:
    """A company. `industry` is a label and `trade` a trade of `vocabulary.industries`, `kind` a name of
    `vocabulary.trades`; `revenue` in US dollars a year; `phone` in E.164; `catch_all` and `mail_host` (google,
    microsoft, zoho, own, none) are of its mail; `dmarc` is none, quarantine, reject or "". Numbers of registers,
    handles of GitHub and a job board (`board`: greenhouse, lever, ashby) are "" where it has none."""

    domain: str
    name: str
    legal_name: str
    sector: str
    industry: str
    trade: str
    kind: str
    description: str
    specialities: tuple[str, ...]
    city: str
    region: str
    country: str
    street: str
    postcode: str
    latitude: float
    longitude: float
    phone: str
    email: str
    linkedin: str
    headcount: int
    revenue: int
    founded: int
    technologies: tuple[str, ...]
    funding: Funding | None
    rating: float
    reviews: int
    address_pattern: str
    catch_all: bool
    mail_host: str
    spf: bool
    dmarc: str
    github: str
    board: str
    company_number: str
    abn: str
    cik: str
    wikidata: str

    @property
    def website(self) -> str:
        """The address of its website."""
        return f"https://{self.domain}/"

    @property
    def local(self) -> bool:
        """Whether it is a business people walk into: it stands on maps."""
        return bool(self.kind) and SECTORS[self.sector].local

    @property
    def country_name(self) -> str:
        """Its country in English."""
        return country_name(self.country)

    @property
    def address(self) -> str:
        """Street, town and postcode in one line, as its country writes them."""
        region = REGION_CODES.get(self.region, "")
        match self.country:
            case "US":
                return f"{self.street}, {self.city}, {region} {self.postcode}"
            case "AU":
                return f"{self.street}, {self.city} {region} {self.postcode}"
            case "DE" | "FR":
                return f"{self.street}, {self.postcode} {self.city}"
        return f"{self.street}, {self.city} {self.postcode}"

    @property
    def size(self) -> str:
        """Its headcount as services group it: "11-50"."""
        ends = ((1, 10), (11, 50), (51, 200), (201, 500))
        return next((f"{low}-{high}" for low, high in ends if self.headcount <= high), "501-1000")


@dataclass(frozen=True, slots=True)
class Job:
    """An open role."""

    id: int
    title: str
    department: str
    city: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class News:
    """Something a paper wrote: `kind` is funding, expansion, launch, leadership, deal, event or news."""

    kind: str
    title: str
    publisher: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A clinical trial that the company leads."""

    id: str
    title: str
    condition: str
    intervention: str
    phase: str
    status: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository of its GitHub organisation."""

    name: str
    language: str
    stars: int
    days_ago: int


@dataclass(frozen=True, slots=True)
class Filing:
    """What it filed with the SEC: `form` D, 8-K, S-1 or 10-K, `items` those of an 8-K."""

    id: str
    form: str
    items: tuple[str, ...]
    days_ago: int


@dataclass(frozen=True, slots=True)
class Mention:
    """What Hacker News wrote: `kind` is story, comment or job."""

    id: int
    kind: str
    title: str
    text: str
    days_ago: int


def on(days_ago: int, today: date) -> date:
    """The day of something that is dated by how long ago it was."""
    return today - timedelta(days=days_ago)


class World:
    """So many companies and all that belongs to them, made from a seed; the rest of each is made when it is asked for.

    `companies` stands in an order that says nothing. What has no such company or person is empty or None.
    """

    def __init__(self, seed: int = 7, companies: int = USUAL) -> None:
        self.seed = seed
        self._count = companies

    @cached_property
    def companies(self) -> tuple[Company, ...]:
        """Every company."""
        chance = self.chance("companies")
        names = chance.sample([front + back for front in FRONTS for back in BACKS], k=self._count)
        placed = [(SECTORS[sector], CITIES[city]) for sector, city, many in _shares(self._count) for _ in range(many)]
        made = [
            _company(number, root, sector, city, self.chance(root))
            for number, (root, (sector, city)) in enumerate(zip(names, placed, strict=True))
        ]
        chance.shuffle(made)
        return tuple(made)

    @cached_property
    def by_domain(self) -> Mapping[str, Company]:
        """Companies by their domain."""
        return {company.domain: company for company in self.companies}

    @cached_property
    def by_name(self) -> Mapping[str, Company]:
        """Companies by their name and legal name, in lower case."""
        return {name.lower(): each for each in self.companies for name in (each.legal_name, each.name)}

    @cached_property
    def people(self) -> Mapping[str, tuple[Person, ...]]:
        """Domain -> who works there, whoever decides first."""
        return {company.domain: _people(company, self.chance("people", company.domain)) for company in self.companies}

    @cached_property
    def by_email(self) -> Mapping[str, Person]:
        """People by their address."""
        return {person.email: person for team in self.people.values() for person in team}

    @cached_property
    def by_profile(self) -> Mapping[str, Person]:
        """People by the last part of their LinkedIn address."""
        return {person.profile: person for team in self.people.values() for person in team if person.profile}

    def company(self, *, domain: str = "", name: str = "") -> Company | None:
        """The company with this domain (or one of its hosts), else of this name."""
        domain = domain.lower().removeprefix("www.")
        return self.by_domain.get(domain) if domain else self.by_name.get(" ".join(name.lower().split()))

    def person(
        self, *, name: str = "", domain: str = "", company: str = "", linkedin: str = "", email: str = ""
    ) -> Person | None:
        """The person with this profile, this address, or of this name at a company."""
        if linkedin:
            return self.by_profile.get(linkedin.rstrip("/").rpartition("/")[2].lower())
        if email:
            return self.by_email.get(email.strip().lower())
        at = self.company(domain=domain, name=company)
        wanted = words(name)
        team = self.people[at.domain] if at else ()
        return next((each for each in team if words(each.name) == wanted), None)

    def mailbox(self, email: str) -> Mailbox:
        """What the mail server of an address says of it, whoever made the address up."""
        local, _, domain = email.strip().lower().rpartition("@")
        person, company = self.by_email.get(f"{local}@{domain}"), self.by_domain.get(domain)
        if person:
            return person.mailbox
        if company is None or company.mail_host == "none":
            return Mailbox.GONE
        if company.email == f"{local}@{domain}":
            return Mailbox.ROLE
        return Mailbox.CATCH_ALL if company.catch_all else Mailbox.GONE

    def search(
        self, terms: Iterable[str] = (), places: Iterable[str] = (), low: int = 0, high: int = 0
    ) -> tuple[Company, ...]:
        """Companies that any of the terms (industries, trades, specialities) and any of the places fit, and whose
        headcount lies between the ends (0: open). Nothing given fits everything."""
        terms, places = tuple(terms), tuple(places)
        return tuple(
            company
            for company in self.companies
            if low <= company.headcount <= (high or company.headcount)
            and (not places or any(is_at(company, place) for place in places))
            and (not terms or any(is_about(company, term) for term in terms))
        )

    @cache  # noqa: B019 (a world lives as long as its process)
    def jobs(self, domain: str) -> tuple[Job, ...]:
        """Open roles, the newest first."""
        return _jobs(self.by_domain[domain], self.chance("jobs", domain))

    @cache  # noqa: B019
    def news(self, domain: str) -> tuple[News, ...]:
        """What papers wrote, the newest first."""
        return _news(self.by_domain[domain], self.people[domain], self.chance("news", domain))

    @cache  # noqa: B019
    def trials(self, domain: str) -> tuple[Trial, ...]:
        """Trials that a therapy company leads, the last changed first."""
        return _trials(self.by_domain[domain], self.chance("trials", domain))

    @cache  # noqa: B019
    def repositories(self, domain: str) -> tuple[Repository, ...]:
        """What it publishes on GitHub, the last changed first."""
        return _repositories(self.by_domain[domain], self.chance("repositories", domain))

    @cache  # noqa: B019
    def filings(self, domain: str) -> tuple[Filing, ...]:
        """What an American company filed with the SEC, the newest first."""
        return _filings(self.by_domain[domain], self.chance("filings", domain))

    @cache  # noqa: B019
    def mentions(self, domain: str) -> tuple[Mention, ...]:
        """What Hacker News wrote, the newest first."""
        return _mentions(self.by_domain[domain], self.jobs(domain), self.chance("mentions", domain))

    def chance(self, *about: str) -> Random:
        """Dice of this world for one thing: always the same for the same."""
        return Random("/".join((str(self.seed), *about)))  # noqa: S311 (a world has no secrets)


def is_about(company: Company, term: str) -> bool:
    """Whether a search term (a trade, an industry, a speciality, in the plural or not) fits a company."""
    if position(_stems(term), _telling(company.sector)) >= 0:
        return True
    if any(position(_stems(term), _stems(said)) >= 0 for said in (*company.specialities, company.name)):
        return True
    return bool({f"{SECTORS[company.sector].industry}/", _trade_key(company.sector)}.intersection(trades_in(term)))


def is_at(company: Company, place: str) -> bool:
    """Whether a company is at a place: a town, a region, a country or a part of the world; "Leeds, UK" is Leeds."""
    *narrow, wide = (part.strip() for part in place.split(","))
    if narrow:
        return is_at(company, narrow[0]) and (is_at(company, wide) or not country_codes(wide))
    if country_code(wide) or country_codes(wide):
        home = country_codes(wide)
        nation = wide.casefold() in ("england", "scotland", "wales")
        return company.region.casefold() == wide.casefold() if nation else company.country in home
    return words(wide) in (words(company.city), words(company.region), words(REGION_CODES.get(company.region, "")))


@lru_cache(maxsize=4096)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(re.sub(r"ies$", "y", word) if len(word) > 4 else word for word in map(_singular, words(text)))


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "ies", "us")) and len(word) > 3 else word


@cache
def _telling(sector: str) -> tuple[str, ...]:
    """Every word that says what a sector does."""
    told = SECTORS[sector]
    kind = _KINDS[told.kind].words if told.kind else ()
    said = (_LABELS[told.industry], told.industry, told.trade, told.kind, *kind, told.about)
    return tuple(stem for text in said for stem in (*_stems(text), ""))


def _trade_key(sector: str) -> str:
    return f"{SECTORS[sector].industry}/{SECTORS[sector].trade}"


def _shares(companies: int) -> list[tuple[str, str, int]]:
    """The blocks for so many companies: each its share, rounded so that they add up."""
    whole = sum(many for *_, many in BLOCKS)
    ends = [sum(many for *_, many in BLOCKS[: at + 1]) * companies // whole for at in range(len(BLOCKS))]
    return [
        (sector, city, end - begin) for (sector, city, _), begin, end in zip(BLOCKS, [0, *ends[:-1]], ends, strict=True)
    ]


def _company(number: int, root: str, sector: Sector, city: City, chance: Random) -> Company:
    name = f"{root} {chance.choice(sector.called)}"
    domain = f"{slug_of(name)}.{ENDING}"
    headcount = round(chance.triangular(*sector.size, sector.size[0] * 1.4))
    specialities = tuple(chance.sample(sector.specialities, k=chance.randint(3, min(5, len(sector.specialities)))))
    technologies = tuple(chance.sample(sector.technologies, k=chance.randint(2, min(6, len(sector.technologies)))))
    founded = chance.randint(2012, 2023) if sector.funded else chance.randint(1968, 2022)
    street = chance.choice(STREETS[city.country])
    return Company(
        domain=domain,
        name=name,
        legal_name=f"{name} {chance.choice(LEGAL[city.country])}",
        sector=sector.key,
        industry=_LABELS[sector.industry],
        trade=sector.trade,
        kind=sector.kind,
        description=f"{name} is {sector.about}, based in {city.name}.",
        specialities=specialities,
        city=city.name,
        region=city.region,
        country=city.country,
        street=f"{street} {chance.randint(1, 120)}" if city.country == "DE" else f"{chance.randint(1, 180)} {street}",
        postcode=_filled(city.postcode, chance),
        latitude=round(city.latitude + chance.uniform(-0.03, 0.03), 6),
        longitude=round(city.longitude + chance.uniform(-0.04, 0.04), 6),
        phone=_filled(city.phone, chance),
        email=f"{chance.choice(('hello', 'info', 'office', 'contact'))}@{domain}",
        linkedin=f"https://www.linkedin.com/company/{slug_of(name)}" if chance.random() < 0.8 else "",
        headcount=headcount,
        revenue=headcount * chance.randrange(45, 190) * 1_000,
        founded=founded,
        technologies=technologies,
        funding=_funding(chance) if chance.random() < sector.funded else None,
        rating=round(chance.uniform(3.6, 4.9), 1),
        reviews=chance.randint(8, 900),
        address_pattern=chance.choice(_PATTERNS),
        catch_all=chance.random() < 0.15,
        mail_host=chance.choices(("google", "microsoft", "zoho", "own", "none"), (46, 38, 5, 9, 2))[0],
        spf=chance.random() < 0.85,
        dmarc=chance.choices(("none", "quarantine", "reject", ""), (35, 20, 15, 30))[0],
        github=slug_of(name).replace("-", "") if chance.random() < sector.code else "",
        board=chance.choice(("greenhouse", "lever", "ashby")) if sector.hiring > 0.55 and chance.random() < 0.7 else "",
        company_number=f"99{number:06}" if city.country == "GB" else "",
        abn=_abn(f"9{99_000_000 + number}") if city.country == "AU" else "",
        cik=f"{9_900_000 + number}" if city.country == "US" and sector.funded and chance.random() < 0.7 else "",
        wikidata=f"Q{990_000_000 + number}" if headcount > 60 else "",
    )


def _filled(pattern: str, chance: Random) -> str:
    """A pattern whose `#` are digits and whose `@` are letters of postcodes."""
    drawn = {"#": "123456789", "@": "ABDEFGHJLNPQRSTUWXYZ"}
    return "".join(chance.choice(drawn[char]) if char in drawn else char for char in pattern)


def _abn(nine: str) -> str:
    """The Australian business number that ends with these nine digits: its first two make the sum divisible by 89."""
    rest = sum(weight * int(digit) for weight, digit in zip(_ABN_WEIGHTS[2:], nine, strict=True))
    return next(
        f"{head}{nine}"
        for head in range(10, 100)
        if (_ABN_WEIGHTS[0] * (head // 10 - 1) + _ABN_WEIGHTS[1] * (head % 10) + rest) % 89 == 0
    )


def _funding(chance: Random) -> Funding:
    stage, low, high = chance.choice(_STAGES)
    amount = chance.randint(low, high) * 100_000
    investor = f"{chance.choice(FRONTS)}{chance.choice(BACKS)} {chance.choice(('Ventures', 'Capital', 'Partners'))}"
    return Funding(stage, amount, amount * chance.randint(10, 18) // 10, investor, chance.randint(10, 900))


_STAGES = (("Seed", 8, 40), ("Series A", 50, 150), ("Series B", 160, 400), ("Series C", 420, 900))
_PATTERNS = ("{first}", "{first}.{last}", "{first}.{last}", "{f}{last}", "{first}{l}")

_SENIORITY = (
    ("founder", ("founder", "co-founder", "founding")),
    ("owner", ("owner",)),
    ("c_suite", ("chief", "president", "managing director", "general manager", "principal dentist")),
    ("partner", ("partner",)),
    ("vp", ("vp",)),
    ("head", ("head",)),
    ("director", ("director",)),
    ("manager", ("manager", "lead")),
    ("senior", ("senior", "principal")),
)
_DEPARTMENTS = (
    ("executive", ("founder", "owner", "chief executive", "managing director", "partner", "president")),
    ("sales", ("sales", "commercial", "business", "wholesale", "revenue", "account")),
    ("marketing", ("marketing", "growth", "events", "seo", "creative")),
    ("finance", ("finance", "financial", "payroll", "purchasing")),
    ("hr", ("people", "recruitment")),
    ("it", ("technology", "engineering", "software", "technical", "product")),
    ("operations", ("operations", "production", "practice", "studio", "manager", "quality", "warehouse")),
)


def _word_of(title: str, table: Iterable[tuple[str, tuple[str, ...]]], otherwise: str) -> str:
    """The word that a table has for a title."""
    said = words(title)
    hits = (name for name, phrases in table if any(position(words(phrase), said) >= 0 for phrase in phrases))
    return next(hits, otherwise)


@cache
def seniority_of(title: str) -> str:
    """How high a title stands, in the words of Apollo's scale."""
    return _word_of(title, _SENIORITY, "entry")


@cache
def department_of(title: str) -> str:
    """Where somebody with this title works, in the words of Hunter's list."""
    return _word_of(title, _DEPARTMENTS, "management")


@cache
def plain(text: str) -> str:
    """A name as it stands in an address: `Grünwald` is `grunwald`."""
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]", "", folded.lower())


def _people(company: Company, chance: Random) -> tuple[Person, ...]:
    sector = SECTORS[company.sector]
    firsts, lasts = FIRST_NAMES[company.country], LAST_NAMES[company.country]
    leads, staff = _team(company.headcount, chance)
    titles = [chance.choice(sector.leads)]
    titles += chance.sample(sector.staff, k=min(leads + staff - 1, len(sector.staff)))
    names = zip(chance.sample(firsts, k=len(titles)), chance.sample(lasts, k=len(titles)), strict=True)
    return tuple(
        _person(company, first, last, title, chance) for (first, last), title in zip(names, titles, strict=True)
    )


def _team(headcount: int, chance: Random) -> tuple[int, int]:
    """How many people of a company anybody knows: who leads it and others."""
    most = 2 if headcount < 10 else 4 if headcount < 30 else 6 if headcount < 100 else 9
    return 1, chance.randint(1, most)


def _person(company: Company, first: str, last: str, title: str, chance: Random) -> Person:
    seniority = seniority_of(title)
    return Person(
        domain=company.domain,
        first_name=first,
        last_name=last,
        title=title,
        seniority=seniority,
        department=department_of(title),
        email=address(company, first, last, company.address_pattern),
        mailbox=_mailbox(company, chance),
        phone=_filled(CITIES[company.city].phone, chance) if chance.random() < 0.5 else "",
        profile=f"{plain(first)}-{plain(last)}-{chance.randrange(16**6):06x}" if chance.random() < 0.85 else "",
        director=seniority in ("owner", "founder", "c_suite", "partner", "director"),
    )


def address(company: Company, first: str, last: str, pattern: str) -> str:
    """An e-mail address at the company by a pattern such as `{first}.{last}` or `{f}{last}`."""
    first, last = plain(first), plain(last)
    return f"{pattern.format(first=first, last=last, f=first[:1], l=last[:1])}@{company.domain}"


def _mailbox(company: Company, chance: Random) -> Mailbox:
    if company.mail_host == "none":
        return Mailbox.GONE
    if company.catch_all:
        return chance.choice((Mailbox.CATCH_ALL, Mailbox.CATCH_ALL_WORKS))
    return chance.choices((Mailbox.WORKS, Mailbox.GONE, Mailbox.SILENT), (86, 9, 5))[0]


def _jobs(company: Company, chance: Random) -> tuple[Job, ...]:
    sector = SECTORS[company.sector]
    if chance.random() >= sector.hiring:
        return ()
    many = min(len(sector.roles), 1 + chance.randrange(1 + company.headcount // 20))
    found = [
        Job(chance.randrange(4_000_000, 9_000_000), title, department_of(title).title(), company.city, day)
        for title, day in zip(
            chance.sample(sector.roles, k=many), sorted(chance.sample(range(1, 90), k=many)), strict=True
        )
    ]
    return tuple(found)


_HEADLINES = (
    ("expansion", "{name} opens second location in {city}"),
    ("expansion", "{name} expands into new premises on {street}"),
    ("launch", "{name} launches new {speciality}"),
    ("deal", "{name} signs partnership with {partner}"),
    ("leadership", "{person} appointed {title} of {name}"),
    ("event", "{name} to exhibit at the {city} trade show"),
    ("news", "{name} named among the best employers in {city}"),
)
_PAPERS = ("{city} Business Gazette", "{city} Herald", "The Trade Post", "Northern Ledger", "{industry} Weekly")


def _news(company: Company, people: tuple[Person, ...], chance: Random) -> tuple[News, ...]:
    said = chance.sample(_HEADLINES, k=chance.choice((0, 0, 1, 1, 2, 3)))
    words_of = {
        "name": company.name,
        "city": company.city,
        "industry": company.kind or company.industry,
        "street": company.street.strip("0123456789 "),
        "speciality": company.specialities[0].lower(),
        "partner": f"{chance.choice(FRONTS)}{chance.choice(BACKS)} Group",
        "person": people[-1].name,
        "title": people[-1].title,
    }
    papers = [paper.format(**words_of) for paper in _PAPERS]
    found = [
        News(kind, headline.format(**words_of), chance.choice(papers), chance.randint(2, 170))
        for kind, headline in said
    ]
    if (raised := company.funding) and raised.days_ago < 180:
        title = f"{company.name} raises ${raised.amount / 1e6:g} million in {raised.stage} funding"
        found.append(News("funding", title, chance.choice(papers), raised.days_ago))
    return tuple(sorted(found, key=lambda each: each.days_ago))


def _trials(company: Company, chance: Random) -> tuple[Trial, ...]:
    if company.sector != "biotech":
        return ()
    code = "".join(word[0] for word in company.name.split())[:2].upper()
    found = [
        Trial(
            id=f"NCT9{chance.randrange(10**7):07}",
            title=f"A Study of {code}-{chance.randint(101, 499)} in Patients With {condition}",
            condition=condition,
            intervention=f"{code}-{chance.randint(101, 499)}",
            phase=chance.choice(("PHASE1", "PHASE1", "PHASE2", "PHASE2", "PHASE3")),
            status=chance.choice(("RECRUITING", "RECRUITING", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING")),
            days_ago=chance.randint(3, 400),
        )
        for condition in chance.sample(CONDITIONS, k=chance.randint(1, 3))
    ]
    return tuple(sorted(found, key=lambda each: each.days_ago))


def _repositories(company: Company, chance: Random) -> tuple[Repository, ...]:
    if not company.github:
        return ()
    names = chance.sample(("agent", "sdk-python", "sdk-js", "docs", "cli", "terraform-provider", "examples"), k=4)
    languages = ("Python", "TypeScript", "Go", "Rust", "Go")
    found = [
        Repository(name, chance.choice(languages), chance.randrange(2, 4000), chance.randint(1, 300)) for name in names
    ]
    return tuple(sorted(found, key=lambda each: each.days_ago))


def _filings(company: Company, chance: Random) -> tuple[Filing, ...]:
    if not company.cik:
        return ()

    def filing(form: str, days_ago: int, *items: str) -> Filing:
        return Filing(f"{int(company.cik):010}-26-{chance.randrange(10**6):06}", form, items, days_ago)

    found = [filing("10-K", chance.randint(40, 330))]
    if company.funding:
        found.append(filing("D", company.funding.days_ago))
    if chance.random() < 0.4:
        found.append(filing("8-K", chance.randint(5, 300), chance.choice(("1.01", "2.01", "5.02"))))
    return tuple(sorted(found, key=lambda each: each.days_ago))


def _mentions(company: Company, jobs: tuple[Job, ...], chance: Random) -> tuple[Mention, ...]:
    if not company.github:
        return ()
    number = chance.randrange(90_000_000, 99_000_000)
    found = [
        Mention(number, "story", f"Show HN: {company.name} – {company.specialities[0]}", "", chance.randint(20, 400)),
        Mention(
            *(number + 1, "comment", "Ask HN: What do you use in production?"),
            *(f"We moved to {company.name} ({company.domain}) and have not looked back.", chance.randint(5, 200)),
        ),
    ]
    if jobs:
        hiring = f"{company.name} | {jobs[0].title} | {company.city} | https://{company.domain}/careers"
        found.append(Mention(number + 2, "comment", "Ask HN: Who is hiring?", hiring, jobs[0].days_ago))
    return tuple(sorted(found, key=lambda each: each.days_ago))
