"""Companies a page names as its customers, and what they say of it (skills sheet, section 4)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from leadboard.domain.identity import somebody_elses
from leadboard.domain.site.dom import HEADINGS, Image, Line, Page, host_of, registrable
from leadboard.domain.site.facts import Customer, Found, Testimonial
from leadboard.domain.site.names import NAME, NAME_ONLY, is_name, is_title
from leadboard.domain.site.text import bare_name, compact, snippet, unique
from leadboard.domain.words import word_set

ORDER = ("case_study", "testimonial", "logo", "client_list")
"""Sources of a customer, the best first."""

_CONFIDENCE = {"case_study": 0.85, "testimonial": 0.75, "logo": 0.7, "client_list": 0.6}
_CLIENTS = re.compile(
    r"\b(?:clients?|customers?(?! (?:relationship|services?|support|care|satisfaction|experience|log|portal|account))"
    r"|trusted by|who we(?:'|’)ve worked with|worked with|brands (?:we|who)|our "
    r"partners in|companies (?:that|who)|they trust us|used by|"
    r"loved by|case stud(?:y|ies)|success stor(?:y|ies)|portfolio|kunden|referenzen|clientes|références|clienti)\b",
    re.IGNORECASE,
)
_CLIENT_MARK = re.compile(
    r"client|customer|trusted|logo-?(?:wall|grid|slider|list|carousel|cloud|bar|strip)|referen"
    r"|case-?stud|kunden|portfolio",
    re.IGNORECASE,
)
_CASE_PATH = re.compile(
    r"/(?:case-?stud(?:y|ies)|success-stor(?:y|ies)|customers?|customer-stor(?:y|ies)|referenzen"
    r"|clients?)/([^/?#]{2,60})/?$",
    re.IGNORECASE,
)
_STUDY = re.compile(r"[- ]?\b(?:case[- ]study|success[- ]story|customer[- ]story|story)\b[-: ]*", re.IGNORECASE)
_CASE_HEADING = re.compile(
    r"^(?:case study|success story|customer story|referenz)\s?[:|–-]\s?(?P<name>.{2,60})$", re.IGNORECASE
)
_QUOTE_MARK = re.compile(r"testimonial|quote|review|feedback|kundenstimme")
_QUOTED = re.compile(
    r"^[\"“„«‟]\s?(?P<text>.{25,1200}?)"
    r"(?:[\"”“»]\s*(?P<cited>[A-Z][^\"”“»]{3,120})|[\"”“»]?\s*(?P<rest>[-–—~]\s?.{3,120})?)$"
)
_ATTRIBUTION = re.compile(rf"^\W*(?P<person>{NAME}|[A-Z][a-z]+ [A-Z]\.)(?:\s?[,|/–—-]\s?(?P<rest>.{{2,120}}))?$")
_BETWEEN = re.compile(r",\s|\s[-–—|/]\s|\sat\s")
_LOGO_WORDS = re.compile(
    r"\b(?:(?:company|client|customer|brand|our|the)\s)?(?:logo(?:type|s)?|icon|image|client|customer"
    r"|testimonial|case study|brand)\b",
    re.IGNORECASE,
)
_FILE_ENDING = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)$", re.IGNORECASE)
_EXCLUDED = re.compile(
    r"\b(?:award|winner|certified|certification|badge|partner|member|accredited|accreditation|bbb|better "
    r"business bureau|iso \d+|clutch|top \d+|best of|inc\. ?5000|rating|"
    r"payment|ssl|secure|verified|reviews?|arrow|menu|close|search|play|next|prev(?:ious)?|slide|photo"
    r"|picture|banner|background|avatar|flag|star|stars|phone|email|"
    r"map|loading|spacer|button|download|app store|brochure|catalogue?|demo|trial|consultation|newsletter|e-?book"
    r"|webinar|success stor(?:y|ies)|case stud(?:y|ies))\b",
    re.IGNORECASE,
)
_PLATFORMS = word_set(
    "google facebook twitter x linkedin instagram youtube pinterest tiktok yelp vimeo visa mastercard paypal amex "
    "americanexpress applepay googleplay appstore wordpress shopify hubspot googlepartner wix squarespace "
    "trustpilot g2 capterra clutch stripe whatsapp rss github discover houzz angieslist"
)
_NOT_A_COMPANY = word_set(
    "home logo client customer image company clients customers partners casestudies readmore learnmore viewall "
    "all more index page"
)
_MOST = 60


def customers(page: Page, kind: str, company: str, testimonials: tuple[Testimonial, ...]) -> tuple[Customer, ...]:
    """Each company once, from its best source; the company itself, platforms and awards are left out."""
    found = [
        *_case_studies(page, kind),
        *_of_testimonials(testimonials),
        *_logos(page, kind),
        *_client_lists(page, kind),
    ]
    own = {compact(bare_name(company)), compact(registrable(host_of(page.url)).partition(".")[0])}
    kept = [one for one in found if _is_company(one.name) and compact(bare_name(one.name)) not in own]
    kept.sort(key=lambda one: ORDER.index(one.source))
    return merged_customers(kept)[:_MOST]


def merged_customers(found: list[Customer]) -> tuple[Customer, ...]:
    """Without duplicates by domain, then by name; what the others know completes the first."""
    by_key: dict[str, Customer] = {}
    domains: dict[str, str] = {}
    for one in found:
        key = domains.get(one.domain, "") if one.domain else ""
        key = key or compact(bare_name(one.name))
        if one.domain:
            domains.setdefault(one.domain, key)
        best = by_key.setdefault(key, one)
        by_key[key] = replace(
            best, domain=best.domain or one.domain, person=best.person or one.person, title=best.title or one.title
        )
    return tuple(by_key.values())


def _customer(page: Page, name: str, source: str, said: str, domain: str = "") -> Customer:
    found = Found("customer", name, snippet(said), source, _CONFIDENCE[source], page.url)
    return Customer(name, domain, source, "", "", found)


def _is_company(name: str) -> bool:
    key = compact(name)
    return (
        len(key) > 1
        and len(name) <= 60
        and len(name.split()) <= 7
        and key not in _PLATFORMS
        and key not in _NOT_A_COMPANY
        and not key.isdigit()
        and not _EXCLUDED.search(name)
    )


def _case_studies(page: Page, kind: str) -> Iterator[Customer]:
    for line in page.lines:
        if line.tag[0] == "h" and (match := _CASE_HEADING.match(line.text)):
            yield _customer(page, match["name"].strip(), "case_study", line.text)
    for link in page.links:
        match = _CASE_PATH.search(link.url) if link.same_site else None
        if match:
            slug = _STUDY.sub("", re.sub(r"\.\w{2,5}$", "", match[1]))
            text = _STUDY.sub("", link.text)
            # The link's text is the name when the slug says the same; a headline is not.
            spelled = text if compact(text) == compact(slug) else slug.replace("-", " ").title()
            if len(slug.split("-")) <= 4 and len(slug) > 2:
                yield _customer(page, spelled, "case_study", f"{link.text} <{link.url}>")


def _logos(page: Page, kind: str) -> Iterator[Customer]:
    home = registrable(host_of(page.url))
    for image in page.images:
        if image.alt and image.zone in ("main", "aside") and _is_client_logo(image, kind):
            name = _name_of_logo(image.alt)
            if name.islower() and "logo" not in image.alt.lower():
                continue  # words about a picture rather than a name
            domain = registrable(host_of(image.link))
            own = domain != home and not somebody_elses(domain)
            yield _customer(page, name, "logo", f"{image.heading}: {image.alt}".strip(": "), domain if own else "")


def _name_of_logo(alt: str) -> str:
    """The company of "Acme logo", "Logo of Acme" and "acme-works.svg"."""
    plain = _FILE_ENDING.sub("", alt)
    if plain != alt and not any(map(str.isupper, plain)):
        plain = re.sub(r"[-_]+", " ", plain).title()
    name = re.sub(r"\s+", " ", _LOGO_WORDS.sub(" ", plain.replace("_", " "))).strip(" -–|,:.")
    return re.sub(r"^(?:of|for)\s", "", name)


def _is_client_logo(image: Image, kind: str) -> bool:
    context = f"{image.mark} {image.src}"
    says_logo = "logo" in f"{image.alt} {context}".lower()
    says_client = bool(_CLIENT_MARK.search(context) or _CLIENTS.search(image.heading))
    return says_client and (says_logo or kind in ("portfolio", "home") or bool(_CLIENTS.search(image.heading)))


def _client_lists(page: Page, kind: str) -> Iterator[Customer]:
    """List items under a heading that says clients."""
    under: Line | None = None
    for line in page.lines:
        if line.tag in HEADINGS:
            listed = bool(
                re.search(
                    r"\b(?:clients?|customers?|kunden|referenzen|clientes|trusted by)\b", line.text, re.IGNORECASE
                )
            )
            under = (
                line
                if listed
                and len(line.text) < 60
                and not re.search(r"say|testimon|review|service|support|log", line.text, re.IGNORECASE)
                else None
            )
        elif (
            under
            and line.zone == "main"
            and line.tag in ("li", "td")
            and len(line.text) < 60
            and line.text[:1].isupper()
            and not line.text.endswith((".", "!", "?", ":"))
            and not is_name(line.text)
        ):
            yield _customer(page, line.text, "client_list", f"{under.text}: {line.text}")


def testimonials(page: Page) -> tuple[Testimonial, ...]:
    """Quotations with whom they are attributed to."""
    found = []
    lines = page.lines
    for index, line in enumerate(lines):
        match = _QUOTED.match(line.text[:1400])
        marked = bool(_QUOTE_MARK.search(line.mark)) or line.tag == "blockquote"
        if not match and not (marked and 60 < len(line.text) < 1400 and line.zone == "main"):
            continue
        text = match["text"] if match else line.text
        rest = match["rest"] or match["cited"] if match else None
        below = [rest] if rest else [one.text for one in lines[index + 1 : index + 4]]
        person, title, company = _attribution(below)
        if person or (company and marked) or (marked and match):
            said = snippet(" / ".join([text[-120:], *below[:2]]))
            evidence = Found("testimonial", text[:300], said, "text", 0.75 if person else 0.5, page.url)
            found.append(Testimonial(text, person, title, company, evidence))
    return unique(found, lambda one: compact(one.text[:80]))[:_MOST]


def _attribution(below: list[str]) -> tuple[str, str, str]:
    """Person, title and company of "name, title, company" in one line or in up to three."""
    for at, text in enumerate(below[:2]):
        if len(text) > 140 or not (match := _ATTRIBUTION.match(text)):
            continue
        person = match["person"].strip()
        if not is_name(person, strong=bool(match["rest"])) and not re.search(r" [A-Z]\.$", person):
            continue
        parts = [part.strip(" .,|") for part in _BETWEEN.split(match["rest"] or "") if part.strip(" .,|")]
        if not parts:
            parts = [
                part.strip()
                for line in below[at + 1 : at + 3]
                if len(line) < 60
                for part in _BETWEEN.split(line)
                if part.strip()
            ][:2]
        titles = [part for part in parts if is_title(part)]
        # Beside a title only a person's name is no company; without one, "Coast Centre" may be anything.
        names = [part for part in parts if (is_name(part) if titles else NAME_ONLY.match(part))]
        others = [
            part for part in parts if (part not in titles and part not in names) or part.endswith(("Inc", "LLC", "Ltd"))
        ]
        return person, titles[0] if titles else "", others[-1] if others and (titles or len(others) == 1) else ""
    return "", "", ""


def _of_testimonials(testimonials: tuple[Testimonial, ...]) -> Iterator[Customer]:
    for one in testimonials:
        if one.company and one.company[:1].isupper() and len(one.company) < 60:
            found = replace(
                one.found,
                field="customer",
                value=one.company,
                method="testimonial",
                confidence=_CONFIDENCE["testimonial"],
            )
            yield Customer(one.company, "", "testimonial", one.person, one.title, found)
