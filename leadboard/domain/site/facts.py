"""What a web page or a site says about a company: values with the evidence they rest on."""

from dataclasses import dataclass

SNIPPET_LENGTH = 240


@dataclass(frozen=True, slots=True)
class Found:
    """One value and the place it was read from.

    `field` says what it is (`email`, `phone`, `fax`, `linkedin`, `technology`, `founded`, ...), `snippet` is the text
    of the page it stands in (at most 240 characters), `method` how it was read (`json_ld`, `microdata`, `rdfa`,
    `hcard`, `mailto`, `tel_link`, `cloudflare`, `text`, `obfuscated`, `meta`, `title`, `logo`, `copyright`, `heading`,
    `link`, `script`, `card`, `mention`, `form`, `team_count`, `domain`), `confidence` is 0..1 and `url` the page.
    """

    field: str
    value: str
    snippet: str
    method: str
    confidence: float
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page: absolute address without fragment, its text, where it leads and where it stands.

    `zone` is `nav`, `header`, `footer`, `aside` or `main`.
    """

    url: str
    text: str
    same_site: bool
    nofollow: bool
    zone: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page, `level` 1 to 6."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """A named person with the title, e-mail, phone (E.164) and profile that stand with the name; unknown is empty."""

    name: str
    title: str
    email: str
    phone: str
    linkedin: str
    found: Found


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address, in the words of the page; unknown parts are empty, `text` is the whole in one line."""

    text: str
    street: str
    city: str
    region: str
    postcode: str
    country: str
    found: Found


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One contact point of an organisation, as its structured data says."""

    kind: str
    telephone: str
    email: str


@dataclass(frozen=True, slots=True)
class Organization:
    """A named organisation of the page's structured data; `telephone` and `email` as written there."""

    types: tuple[str, ...]
    name: str
    url: str
    telephone: tuple[str, ...]
    email: tuple[str, ...]
    address: Address | None
    same_as: tuple[str, ...]
    contact_points: tuple[ContactPoint, ...]
    found: Found


@dataclass(frozen=True, slots=True)
class Service:
    """A service on offer; `category` is one of the skills sheet, `primary` when a home or services heading names it."""

    name: str
    category: str
    primary: bool
    found: Found


@dataclass(frozen=True, slots=True)
class Customer:
    """A company named as customer; `source` is `case_study`, `testimonial`, `logo` or `client_list`."""

    name: str
    domain: str
    source: str
    person: str
    title: str
    found: Found


@dataclass(frozen=True, slots=True)
class Testimonial:
    """A quotation of a customer and whom it is attributed to; unknown parts are empty."""

    text: str
    person: str
    title: str
    company: str
    found: Found


@dataclass(frozen=True, slots=True)
class News:
    """A dated news heading; `date` is ISO (`2026-03-01`, `2026-03` or `2026`)."""

    title: str
    date: str
    found: Found


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Everything one page says. Lists are without duplicates, best evidence first unless said otherwise.

    `page_type` is home, about, services, portfolio, case_studies, contact, blog, team, careers or other; `language` an
    ISO 639-1 code or empty; `headings` and `links` in page order; `text` the main text, one paragraph a line;
    `regions` the countries (ISO 3166) whose writing of phone numbers was tried, in order; `images` what the images are
    described as.
    """

    url: str
    title: str
    description: str
    page_type: str
    language: str
    regions: tuple[str, ...]
    headings: tuple[Heading, ...]
    navigation: tuple[str, ...]
    ctas: tuple[str, ...]
    text: str
    links: tuple[Link, ...]
    company_names: tuple[Found, ...]
    emails: tuple[Found, ...]
    phones: tuple[Found, ...]
    faxes: tuple[Found, ...]
    socials: tuple[Found, ...]
    people: tuple[Person, ...]
    addresses: tuple[Address, ...]
    organizations: tuple[Organization, ...]
    services: tuple[Service, ...]
    technologies: tuple[Found, ...]
    hiring: tuple[Found, ...]
    news: tuple[News, ...]
    customers: tuple[Customer, ...]
    testimonials: tuple[Testimonial, ...]
    founded: tuple[Found, ...]
    headcount: tuple[Found, ...]
    forms: tuple[Found, ...] = ()
    images: tuple[str, ...] = ()

    @property
    def company_name(self) -> str:
        """The best name of the company behind the page, or empty."""
        return self.company_names[0].value if self.company_names else ""


@dataclass(frozen=True, slots=True, eq=False)
class SiteFacts:
    """Everything the pages of one site say together: same fields as a page, each value with its best evidence first.
    One reading of a site is equal to itself only, so that what is worked out of it can be remembered.

    `pages` are the pages it was merged from, `languages` those of the pages, most frequent first, `description` that of
    the home page (or the first page that has one).
    """

    pages: tuple[PageFacts, ...]
    languages: tuple[str, ...]
    description: str
    company_names: tuple[Found, ...]
    emails: tuple[Found, ...]
    phones: tuple[Found, ...]
    faxes: tuple[Found, ...]
    socials: tuple[Found, ...]
    people: tuple[Person, ...]
    addresses: tuple[Address, ...]
    organizations: tuple[Organization, ...]
    services: tuple[Service, ...]
    technologies: tuple[Found, ...]
    hiring: tuple[Found, ...]
    news: tuple[News, ...]
    customers: tuple[Customer, ...]
    testimonials: tuple[Testimonial, ...]
    founded: tuple[Found, ...]
    headcount: tuple[Found, ...]
    forms: tuple[Found, ...] = ()

    @property
    def company_name(self) -> str:
        """The best name of the company behind the site, or empty."""
        return self.company_names[0].value if self.company_names else ""
