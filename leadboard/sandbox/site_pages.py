"""Draws the pages of a demo company's website. Each looks like a small company's own: its colours, type and layout are
drawn once, from its name."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from random import Random

import phonenumbers

from leadboard.sandbox.names import REGION_CODES
from leadboard.sandbox.site_words import BENEFITS, BIOS, HOURS, WORDS, Words
from leadboard.sandbox.world import Company, Job, News, Person, on

_PALETTES = (
    ("#fbf7f0", "#2b2118", "#8a4b22"),
    ("#f6f8f4", "#1e2a21", "#2f6b4f"),
    ("#ffffff", "#15202b", "#1f5fbf"),
    ("#f7f5fb", "#221b33", "#5b3fa8"),
    ("#fff8f4", "#2c1a14", "#c2472b"),
    ("#f3f7fa", "#12263a", "#0f7c8a"),
    ("#fdfcf7", "#26241c", "#9a7b1e"),
    ("#f5f5f4", "#1c1917", "#3f3f46"),
    ("#fef6f8", "#2e1520", "#a32a5b"),
    ("#f2f6f1", "#1b2616", "#56752d"),
)
"""Paper, ink and accent."""
_TYPES = (
    "Georgia, 'Times New Roman', serif",
    "'Helvetica Neue', Arial, sans-serif",
    "'Trebuchet MS', Verdana, sans-serif",
    "Palatino, 'Book Antiqua', serif",
    "system-ui, 'Segoe UI', sans-serif",
)
_LAYOUTS = ("centred", "split", "band")
_TEAM = (("Our team", "team"), ("People", "people"), ("Meet the team", "our-team"), ("Who we are", "team"))
_ABOUT = (("About us", "about"), ("Our story", "our-story"), ("About", "about-us"))
_NEWS = (("News", "news"), ("Journal", "blog"))
_REASONS = ("Why people come back", "What sets us apart", "Good to know", "How we work")
_TAGS = {
    "Google Analytics": '<script async src="https://www.googletagmanager.com/gtag/js?id=G-DEMO000001"></script>',
    "HubSpot": '<script async src="https://js.hs-scripts.com/0000000.js"></script>',
    "Meta Pixel": '<script async src="https://connect.facebook.net/en_US/fbevents.js"></script>',
    "Intercom": '<script async src="https://widget.intercom.io/widget/demo0000"></script>',
    "Stripe": '<script async src="https://js.stripe.com/v3/"></script>',
    "Hotjar": '<script async src="https://static.hotjar.com/c/hotjar-0.js"></script>',
    "Segment": '<script async src="https://cdn.segment.com/analytics.js/v1/demo/analytics.min.js"></script>',
    "WordPress": '<meta name="generator" content="WordPress 6.7">',
    "TYPO3": '<meta name="generator" content="TYPO3 CMS">',
    "Squarespace": "<!-- This is Squarespace. -->",
    "Shopify": '<link rel="preconnect" href="https://cdn.shopify.com">',
}
"""Technology -> what stands of it in the head of a page."""


@dataclass(frozen=True)
class Site:
    """A company's website: what it is about and how it looks. `shown` are the people it names, `clients` other
    companies that it works for; `team` is the page people stand on: a menu's word and a path, or ("", "") for none."""

    company: Company
    words: Words
    shown: tuple[Person, ...]
    jobs: tuple[Job, ...]
    news: tuple[News, ...]
    clients: tuple[str, ...]
    today: date
    palette: tuple[str, str, str]
    type: str
    layout: str
    about: tuple[str, str]
    team: tuple[str, str]
    journal: tuple[str, str]
    structured: bool
    with_addresses: bool
    with_profiles: bool
    extra: str = ""

    @property
    def pages(self) -> Mapping[str, tuple[str, Callable[["Site"], str]]]:
        """Path -> the menu's word and what draws it; the first is the start."""
        found: dict[str, tuple[str, Callable[[Site], str]]] = {
            "/": ("Home", _home),
            f"/{self.words.offers[1]}": (self.words.offers[0], _offers),
            f"/{self.about[1]}": (self.about[0], _about),
        }
        if self.shown and self.team[1]:
            found[f"/{self.team[1]}"] = (self.team[0], _team)
        if self.news:
            found[f"/{self.journal[1]}"] = (self.journal[0], _news)
        if self.jobs:
            found["/careers"] = ("Careers", _careers)
        found["/contact"] = ("Contact", _contact)
        if self.company.country == "DE":
            found["/impressum"] = ("Impressum", _impressum)
        return found

    def chance(self, *about: str) -> Random:
        """Dice for one part of the site."""
        return Random("/".join((self.company.domain, *about)))  # noqa: S311 (copy is no secret)

    def say(self, text: str, service: str = "") -> str:
        """Copy with its gaps filled, ready to stand in a page."""
        company = self.company
        return escape(
            text.format(
                name=company.name,
                city=company.city,
                year=company.founded,
                years=self.today.year - company.founded,
                service=service or company.specialities[0].lower(),
                lead=self.shown[0].name if self.shown else "Our founder",
                people=company.headcount,
                many=company.reviews * 3 // 100 * 100 or 120,
                street=company.street.strip("0123456789 "),
                domain=company.domain,
            ),
            quote=False,
        )


def design(
    company: Company,
    people: tuple[Person, ...],
    jobs: tuple[Job, ...],
    news: tuple[News, ...],
    neighbours: Iterable[str],
    today: date,
) -> Site:
    """The site of a company, drawn from its name alone."""
    chance = Random(f"design/{company.domain}")  # noqa: S311 (looks are no secret)
    shown = people[: max(1, round(len(people) * chance.uniform(0.6, 1)))]
    names = list(neighbours)
    return Site(
        company=company,
        words=WORDS[company.sector],
        shown=shown,
        jobs=jobs,
        news=news,
        clients=tuple(chance.sample(names, k=min(4, len(names)))),
        today=today,
        palette=chance.choice(_PALETTES),
        type=chance.choice(_TYPES),
        layout=chance.choice(_LAYOUTS),
        about=chance.choice(_ABOUT),
        team=chance.choice(_TEAM) if company.headcount > 5 or chance.random() < 0.5 else ("", ""),
        journal=chance.choice(_NEWS),
        structured=chance.random() < 0.55,
        with_addresses=chance.random() < 0.35,
        with_profiles=chance.random() < 0.4,
    )


def draw(site: Site, path: str) -> str | None:
    """The page of a path as HTML; None where the site has none."""
    found = site.pages.get(path.rstrip("/") or "/")
    if found is None:
        return None
    title, body = found
    return _frame(site, path, "" if path == "/" else title, body(site))


def missing(site: Site) -> str:
    """What stands where there is no page."""
    body = '<section><h1>Page not found</h1><p>Try the <a href="/">start page</a> instead.</p></section>'
    return _frame(site, "", "Page not found", body)


def _frame(site: Site, path: str, title: str, body: str) -> str:
    company = site.company
    here = ' aria-current="page"'
    menu = "".join(
        f'<a href="{link}"{here if link == path else ""}>{escape(word)}</a>'
        for link, (word, _) in site.pages.items()
        if link not in ("/", "/impressum")
    )
    tags = "\n".join(_TAGS[each] for each in company.technologies if each in _TAGS)
    heading = f"{title} | {company.name}" if title else f"{company.name} | {company.city}"
    legal = '<a href="/impressum">Impressum</a>' if company.country == "DE" else ""
    linkedin = f'Follow us on <a href="{company.linkedin}">LinkedIn</a>' if company.linkedin else ""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(heading)}</title><meta name="description" content="{escape(company.description)}">
<meta property="og:site_name" content="{escape(company.name)}">
{tags}
{_structured(site) if path == "/" and site.structured else ""}
<style>{_style(site)}</style></head>
<body class="{site.layout}">
<header><a class="name" href="/">{escape(company.name)}</a><nav>{menu}</nav></header>
<main>{body}{site.extra}</main>
<footer><div><strong>{escape(company.name)}</strong><p>{escape(company.address)}</p></div>
<div><p>Phone <a href="tel:{company.phone}">{spoken(company)}</a></p>
<p><a href="mailto:{company.email}">{company.email}</a></p><p>{linkedin} {legal}</p></div>
<p class="small">© {site.today.year} {escape(company.legal_name)}</p></footer></body></html>
"""


def _home(site: Site) -> str:
    company, words, chance = site.company, site.words, site.chance("home")
    cards = "".join(f"<li>{escape(each)}</li>" for each in company.specialities)
    quote = f'<section class="quote"><blockquote>{site.say(chance.choice(words.quotes))}</blockquote></section>'
    values = "".join(f"<article><h3>{title}</h3><p>{site.say(text)}</p></article>" for title, text in words.values)
    hours = f'<section class="tint"><h2>Opening hours</h2><p>{chance.choice(HOURS)}</p></section>' * company.local
    latest = f"<section><h2>Latest</h2>{_item(site, site.news[0])}</section>" if site.news else ""
    return f"""<section class="hero"><div><h1>{site.say(chance.choice(words.headlines))}</h1>
<p class="lead">{escape(company.description)}</p>
<p><a class="button" href="/contact">{words.call}</a> <a href="/{words.offers[1]}">{words.offers[0]}</a></p></div>
{_picture(site)}</section>
<section><p class="intro">{site.say(chance.choice(words.intros))}</p></section>
<section><h2>{words.offers[0] if words.offers[0] != "Our science" else "What we do"}</h2><ul class="tiles">{cards}</ul>
</section>
{_clients(site)}
<section><h2>{chance.choice(_REASONS)}</h2><div class="cards">{values}</div></section>
{quote if company.rating >= 4 else ""}{hours}{latest}"""


def _offers(site: Site) -> str:
    company, words, chance = site.company, site.words, site.chance("offers")
    blurbs = chance.sample(words.blurbs, k=min(len(company.specialities), len(words.blurbs)))
    cards = "".join(
        f"<article><h2>{escape(name)}</h2><p>{_sentence(site.say(blurb, name.lower()))}</p></article>"
        for name, blurb in zip(company.specialities, blurbs, strict=False)
    )
    return f"""<section><h1>{words.offers[0]}</h1><p class="intro">{site.say(chance.choice(words.intros))}</p></section>
<section class="cards">{cards}</section>
<section class="tint"><h2>Not sure where to start?</h2>
<p>Tell us what you need and we will tell you honestly whether we can help.</p>
<p><a class="button" href="/contact">{words.call}</a> or call us on {spoken(company)}.</p></section>"""


def _about(site: Site) -> str:
    company, words = site.company, site.words
    story = "".join(f"<p>{site.say(text)}</p>" for text in words.stories)
    values = "".join(f"<li><strong>{title}.</strong> {site.say(text)}</li>" for title, text in words.values)
    people = "" if site.team[1] or not site.shown else f"<section><h2>The people</h2>{_people(site)}</section>"
    funding = ""
    if raised := company.funding:
        funding = (
            f"<p>In {on(raised.days_ago, site.today):%B %Y} we raised ${raised.amount / 1e6:g} million in our "
            f"{raised.stage} round, led by {escape(raised.investor)}.</p>"
        )
    began = f"Founded in {company.founded}, {escape(company.name)} is a team of {company.headcount} people"
    return f"""<section><h1>{site.about[0]}</h1>
<p class="intro">{began} in {company.city}.</p>{story}{funding}</section>
<section class="tint"><h2>What we stand for</h2><ul>{values}</ul></section>{people}"""


def _team(site: Site) -> str:
    return f"""<section><h1>{site.team[0]}</h1>
<p class="intro">The people behind {escape(site.company.name)}. Call us: one of them picks up.</p></section>
<section>{_people(site)}</section>"""


def _people(site: Site) -> str:
    bios = site.chance("team").sample(BIOS, k=len(BIOS)) * 2
    cards = "".join(_person(site, person, bio) for person, bio in zip(site.shown, bios, strict=False))
    return f'<div class="people">{cards}</div>'


def _person(site: Site, person: Person, bio: str) -> str:
    chance = site.chance("bio", person.email)
    since = chance.randint(max(site.company.founded, site.today.year - 14), site.today.year - 1)
    said = escape(bio.format(since=since, stay=site.today.year - since, city=site.company.city))
    contact = ""
    if site.with_addresses and chance.random() < 0.7:
        contact += f'<p><a href="mailto:{person.email}">{person.email}</a></p>'
    if site.with_profiles and person.linkedin:
        contact += f'<p><a href="{person.linkedin}">LinkedIn</a></p>'
    initials = f"{person.first_name[0]}{person.last_name[0]}"
    return f"""<article class="person"><i data-initials="{initials}"></i><h3>{escape(person.name)}</h3>
<p class="role">{escape(person.title)}</p><p>{said}</p>{contact}</article>"""


def _careers(site: Site) -> str:
    company, chance = site.company, site.chance("careers")
    jobs = "".join(
        f"""<article><h3 id="{job.id}">{escape(job.title)}</h3>
<p>{escape(job.city)}, full time. Posted {_day(on(job.days_ago, site.today))}.</p></article>"""
        for job in site.jobs
    )
    benefits = "".join(f"<li>{each}</li>" for each in chance.sample(BENEFITS, k=4))
    return f"""<section><h1>Careers</h1><p class="intro">We are hiring. {company.headcount} people work at
{escape(company.name)}, and there is a desk free next to them.</p></section>
<section><h2>Open positions</h2><div class="cards">{jobs}</div></section>
<section class="tint"><h2>What you get</h2><ul>{benefits}</ul><p>Write to
<a href="mailto:{company.email}">{company.email}</a>. A short letter is enough.</p></section>"""


def _news(site: Site) -> str:
    items = "".join(f"<article>{_item(site, each)}</article>" for each in site.news)
    return f"<section><h1>{site.journal[0]}</h1></section><section>{items}</section>"


def _item(site: Site, news: News) -> str:
    day = on(news.days_ago, site.today)
    return f"""<h3>{escape(news.title)}</h3><p><time datetime="{day}">{_day(day)}</time></p>
<p>{escape(news.publisher)} reported it first. Our thanks go to everybody who made it possible.</p>"""


def _contact(site: Site) -> str:
    company = site.company
    lines = escape(company.address).replace(", ", "<br>", 1)
    return f"""<section><h1>Contact</h1><p class="intro">Call, write or come by: we answer within one working day.</p>
</section><section class="columns"><div><h2>Visit us</h2><address>{escape(company.legal_name)}<br>{lines}</address>
<p>Phone: <a href="tel:{company.phone}">{spoken(company)}</a></p>
<p>E-mail: <a href="mailto:{company.email}">{company.email}</a></p></div>
<form action="/contact" method="post"><label>Your name <input name="name"></label>
<label>E-mail <input name="email" type="email"></label>
<label>How can we help? <textarea name="message" rows="4"></textarea></label>
<button class="button">Send message</button></form></section>"""


def _impressum(site: Site) -> str:
    company = site.company
    lead = f"<p>Managing director: {escape(site.shown[0].name)}</p>" if site.shown else ""
    return f"""<section><h1>Impressum</h1><p>{escape(company.legal_name)}<br>{escape(company.address)}</p>{lead}
<p>Phone: {spoken(company)}<br>E-mail: {company.email}</p></section>"""


def _clients(site: Site) -> str:
    if not site.clients:
        return ""
    names = "".join(f"<li>{escape(name)}</li>" for name in site.clients)
    return f'<section><h2>Our clients</h2><ul class="clients">{names}</ul></section>'


def _structured(site: Site) -> str:
    company = site.company
    said = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness" if company.local else "Organization",
        "name": company.name,
        "legalName": company.legal_name,
        "url": company.website,
        "telephone": company.phone,
        "email": company.email,
        "foundingDate": str(company.founded),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": company.street,
            "addressLocality": company.city,
            "addressRegion": REGION_CODES.get(company.region, company.region),
            "postalCode": company.postcode,
            "addressCountry": company.country,
        },
        **({"sameAs": [company.linkedin]} if company.linkedin else {}),
    }
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'


def spoken(company: Company) -> str:
    """The phone number as people of its country write it."""
    number = phonenumbers.parse(company.phone)
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.INTERNATIONAL if company.headcount > 60 else form.NATIONAL)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _picture(site: Site) -> str:
    """A picture of no thing in particular, in the colours of the site."""
    _, ink, accent = site.palette
    chance = site.chance("picture")
    shapes = "".join(
        f'<circle cx="{chance.randint(20, 380)}" cy="{chance.randint(20, 240)}" r="{chance.randint(18, 90)}" '
        f'fill="{chance.choice((ink, accent, "#ffffff"))}" opacity=".{chance.randint(12, 45)}"/>'
        for _ in range(7)
    )
    rise, fall = chance.randint(150, 210), chance.randint(80, 190)
    hills = f'<path d="M0 {rise} Q110 {fall} 210 190 T400 160 V260 H0Z" fill="{ink}" opacity=".35"/>'
    return (
        f'<svg viewBox="0 0 400 260" role="img" aria-label="{escape(site.company.name)}" '
        f'preserveAspectRatio="xMidYMid slice"><rect width="400" height="260" fill="{accent}"/>{shapes}{hills}</svg>'
    )


def _style(site: Site) -> str:
    paper, ink, accent = site.palette
    radius = {"centred": 14, "split": 2, "band": 6}[site.layout]
    return (
        _STYLE.replace("PAPER", paper)
        .replace("INK", ink)
        .replace("ACCENT", accent)
        .replace("TYPE", site.type)
        .replace("RADIUS", f"{radius}px")
    )


_STYLE = """
*{box-sizing:border-box}body{margin:0;background:PAPER;color:INK;font:17px/1.6 TYPE}
a{color:ACCENT}header,main,footer{max-width:1080px;margin:0 auto;padding:0 28px}
header{display:flex;flex-wrap:wrap;gap:8px 28px;align-items:baseline;justify-content:space-between;padding:22px 28px}
.name{font-size:1.35rem;font-weight:700;text-decoration:none;color:INK}
nav{display:flex;flex-wrap:wrap;gap:6px 22px}nav a{text-decoration:none;color:INK}nav a[aria-current]{color:ACCENT}
section{padding:26px 0}h1{font-size:2.5rem;line-height:1.15;margin:.2em 0}h2{font-size:1.5rem;margin:.3em 0 .6em}
h3{margin:.4em 0 .2em}.lead{font-size:1.2rem}.intro{font-size:1.12rem;max-width:44em}
.hero{display:grid;gap:34px;align-items:center;padding:34px 0}.hero svg{width:100%;border-radius:RADIUS;display:block}
.split .hero{grid-template-columns:1fr 1fr}.centred .hero{text-align:center;justify-items:center}
.centred .hero div{max-width:40em}.centred .hero svg{height:280px}
.band .hero{background:ACCENT;color:#fff;padding:44px;border-radius:RADIUS;grid-template-columns:3fr 2fr}
.band .hero a{color:#fff}.band .hero .button{background:#fff;color:ACCENT}
.button{display:inline-block;background:ACCENT;color:#fff;padding:.6em 1.3em;border:0;border-radius:RADIUS;
text-decoration:none;font:inherit;margin-right:14px}
.tiles,.clients{list-style:none;padding:0;display:grid;gap:14px;
grid-template-columns:repeat(auto-fit,minmax(200px,1fr))}.clients li{opacity:.75;font-size:1.1rem}
.tiles li{border:1px solid ACCENT;border-radius:RADIUS;padding:16px;font-weight:600}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:26px}.cards h2{font-size:1.2rem}
.tint{background:color-mix(in srgb,ACCENT 9%,PAPER);padding:26px 30px;border-radius:RADIUS;margin:18px 0}
.quote blockquote{margin:0;padding-left:20px;border-left:4px solid ACCENT;font-size:1.35rem;font-style:italic}
.people{display:grid;grid-template-columns:repeat(auto-fill,minmax(230px,1fr));gap:28px}.role{margin:0;color:ACCENT}
.person i{display:flex;width:84px;height:84px;border-radius:50%;background:ACCENT;color:#fff;align-items:center;
justify-content:center;font:600 1.6rem TYPE}.person i::before{content:attr(data-initials)}.person p{margin:.2em 0}
.split .people{grid-template-columns:1fr 1fr}.split .person{padding-left:106px;position:relative;min-height:96px}
.split .person i{position:absolute;left:0;border-radius:RADIUS}
.band .person{border-top:3px solid ACCENT;padding-top:14px}.band .person i{display:none}
.columns{display:grid;grid-template-columns:1fr 1fr;gap:40px}address{font-style:normal}
form{display:grid;gap:12px}label{display:grid;gap:4px}input,textarea{font:inherit;padding:8px;border:1px solid #9998}
footer{display:grid;grid-template-columns:1fr 1fr;gap:8px 40px;border-top:1px solid #9996;padding:26px 28px 40px;
margin-top:30px}footer p{margin:.2em 0}.small{opacity:.7;font-size:.9rem}
@media(max-width:700px){.split .hero,.band .hero,.columns,footer{grid-template-columns:1fr}h1{font-size:2rem}}
"""
