"""Postal addresses of a page: structured data, `<address>`, and the ways addresses are written in text."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from leadboard.domain.site.dom import Page
from leadboard.domain.site.facts import SNIPPET_LENGTH, Address, Found
from leadboard.domain.site.regions import country_code, country_pattern
from leadboard.domain.site.structured import Node, address_of
from leadboard.domain.site.text import compact, remembered, snippet, unique
from leadboard.domain.words import word_set

_US = (
    "Alabama AL Alaska AK Arizona AZ Arkansas AR California CA Colorado CO Connecticut CT Delaware DE Florida FL "
    "Georgia GA Hawaii HI Idaho ID Illinois IL Indiana IN Iowa IA Kansas KS Kentucky KY Louisiana LA Maine ME "
    "Maryland MD Massachusetts MA Michigan MI Minnesota MN Mississippi MS Missouri MO Montana MT Nebraska NE "
    "Nevada NV New_Hampshire NH New_Jersey NJ New_Mexico NM New_York NY North_Carolina NC North_Dakota ND Ohio OH "
    "Oklahoma OK Oregon OR Pennsylvania PA Rhode_Island RI South_Carolina SC South_Dakota SD Tennessee TN Texas "
    "TX Utah UT Vermont VT Virginia VA Washington WA West_Virginia WV Wisconsin WI Wyoming WY "
    "District_of_Columbia DC D\\.C\\. Puerto_Rico PR"
)
_CA = (
    "Alberta AB British_Columbia BC B\\.C\\. Manitoba MB New_Brunswick NB Nova_Scotia NS Ontario ON Ont\\. Quebec "
    "Québec QC Saskatchewan SK"
)
_AU = (
    "New_South_Wales NSW Victoria VIC Vic Queensland QLD Qld Western_Australia WA South_Australia SA Tasmania TAS "
    "ACT NT"
)


_US += (
    " Ala. Ariz. Az Ark. Calif. Ca Colo. Conn. Fla. Fl Ga Ill. Il Ind. Ky La. Mass. Md Mich. Minn. Mn Mo Mont. "
    "Nev. Nc Nj Nm Ny Okla. Penna. Tenn. Tn Tex. Tx Ut Va Wash. Wa Wis. Wi Wyo."
)


def _any(words: str) -> str:
    return "|".join(sorted((word.replace("_", " ") for word in words.split()), key=len, reverse=True))


_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_CITY = (
    rf"(?P<city>(?:{_WORD}|[A-Z]{{2,}})(?:[ ](?:(?:of|de|la|le|am|an|der|im|upon|on|the|du|del|los|las|sur"
    rf"|bei)[ ])*{_WORD}){{0,3}})"
)
_END = r"(?![\w-])"
_REGION = r"(?P<region>{})"
_US_POSTCODE = r"(?P<postcode>\d{5}(?:\s?-\s?\d{4})?)"
_CA_POSTCODE = r"(?P<postcode>[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d)"
_GB_POSTCODE = r"(?P<postcode>[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})"
_EU_POSTCODE = r"(?P<postcode>(?:(?:DE?|A|CH|F|B|NL|I|E|L|DK|SE?|N|PL)-)?\d{4,5})"
_GAP = "[ ,.]{1,3}"
_TAILS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("US", re.compile(rf"(?<!\w){_CITY}[ ,]{{1,3}}{_REGION.format(_any(_US))}\.?{_GAP}{_US_POSTCODE}{_END}")),
    ("CA", re.compile(rf"(?<!\w){_CITY}[ ,]{{1,3}}\(?{_REGION.format(_any(_CA))}\)?\.?{_GAP}{_CA_POSTCODE}{_END}")),
    ("AU", re.compile(rf"(?<!\w){_CITY}[ ,]{{1,3}}{_REGION.format(_any(_AU))}\.?{_GAP}(?P<postcode>\d{{4}}){_END}")),
    ("GB", re.compile(rf"(?<!\w)(?:{_CITY}{_GAP})?{_GB_POSTCODE}{_END}")),
    ("", re.compile(rf"(?<![\w.,-]){_EU_POSTCODE}[ ]{_CITY}{_END}")),
    ("", re.compile(rf"(?<!\w)(?P<postcode>[1-9]\d{{3}} ?[A-Z]{{2}})[ ,]{{1,3}}{_CITY}{_END}")),
)
_PLACE = re.compile(
    r"(?:(?:based|located|headquartered|headquarters|situated|offices?|showroom|studio|serving|live[sd]?"
    r"|established|company)"
    rf"\s(?:is\s)?(?:in|at|near)|of|in|from)\s(?:downtown\s|the\s)?{_CITY},\s(?P<region>{_any(_US)}|{_any(_CA)}){_END}"
)
_CITY_LINE = re.compile(
    rf"^(?:.{{0,60}}?\d.{{0,60}}?[ ,])?{_CITY},\s?(?:(?P<region>{_any(_US)}|{_any(_CA)})\.?|(?P<postcode>\d{{5}}))$"
)
_STREET_WORD = (
    r"(?:st(?:reet)?|ave(?:nue)?|r(?:oa)?d|bl(?:vd|\.)|boulevard|dr(?:ive)?|ln|lane|ct|court|cir(?:cle)?"
    r"|pl(?:ace)?|pkwy|parkway|hwy|"
    r"highway|way|sq(?:uare)?|ter(?:race)?|trail|trl|loop|plaza|broadway|route|rt|pike|row|walk|mews"
    r"|close|crescent|gardens|hill|park|"
    r"quay|wharf|alley|expressway|expwy|freeway|fwy|turnpike|center|centre|estate|house|building|bldg"
    r"|box|suite|ste|floor|unit|crossing|run|"
    r"point|path|spur|view|ridge|grove|bypass|commons|green|end|gate)"
)
_STREET = re.compile(
    r"^(?:\W*)(?:(?:p\.?\s?o\.?\s?box|post(?:fach| office box)|gpo box|box)\s?\#?\d|(?:suite|ste|unit"
    rf"|level|floor|shop)\b.{{1,60}}\d"
    rf"|(?:no\.?\s?)?\#?\d{{1,6}}(?:[-/]\d{{1,5}})?[A-Za-z]?,?[ ](?:[NSEW]\.?[EW]?\.?[ ])?\w.{{1,70}}"
    rf"|(?:one|two|three|four|five|ten)\s(?=.{{1,50}}\b{_STREET_WORD}\b).{{2,60}}"
    rf"|(?=.{{2,60}}\b{_STREET_WORD}\b).{{2,60}}?\d{{0,6}}.{{0,30}}"
    rf"|.{{2,50}}(?:straße|strasse|str\.|weg|allee|platz|gasse|damm|ring|ufer|markt|straat|laan|gatan"
    rf"|vägen|vej|vei)\s?\d{{1,4}}.{{0,12}}"
    r"|(?:rue|avenue|via|viale|piazza|calle|avenida|av\.|rua|jr\.|ul\.|c/|plaza|paseo|carrera|route|quai"
    rf"|place|chemin)\s.{{2,60}})$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:(?:p\.?\s?o\.?\s?box|post office box)\s?\#?\d{1,6}[ "
    r",]{0,3})?(?:(?<![\d.,$-])\#?\d{1,6}(?:[-/]\d{1,5})?[A-Z]?[ ](?=[A-Z\d]).{2,90}"
    r"|(?:one|two|three|four|five|ten)\s[A-Z].{2,60})$"
    r"|(?:p\.?\s?o\.?\s?box|post office box|box)\s?\#?\d{1,6}.{0,50}$",
    re.IGNORECASE,
)
_EUROPEAN = re.compile(
    r"(?:(?<!\w)[^\W\d_][\w.]{0,25}[ -]){0,3}(?<![^\W\d_])[\w.]{0,30}?"
    r"(?:straße|strasse|str\.|weg|allee|platz|gasse|damm|ring|ufer|markt|straat|laan|gatan|vägen|vej|vei)"
    r"\s?\d{1,4}\s?[a-z]?(?:\s?[-–/]\s?\d{1,4})?\W{0,3}$"
    r"|(?:\d{1,4},?\s)?(?:rue|avenue|via|viale|piazza|calle|rua|quai|place"
    r"|chemin)\s[^\d]{2,50}(?:,?\s?\d{1,4})?\W{0,3}$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:.*\b(?:address|adresse|anschrift|location|office|headquarters|visit us|mail(?:ing)?(?: "
    r"to)?)\b[^:]{0,20}:\s*)",
    re.IGNORECASE,
)
_NOISE = re.compile(r"(?:\b(?:tel|phone|fax|call|e-?mail|hours|open|copyright|©|http|www)\b|@)", re.IGNORECASE)
_POSTCODE = re.compile(r"\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d")
_ANY_POSTCODE = re.compile(r"\d(?:\d{3}|[A-Z] ?\d|[A-Z]? ?\d[A-Z]{2})")
_PART_OF_BUILDING = re.compile(r"^(?:suite|ste|unit|floor|level|room|apt|bldg|#)\b", re.IGNORECASE)
_OPENING = re.compile(r"(?<![\w.])(?<!box )(?<!suite )(?<!ste )#?\d{1,6}[A-Za-z]?(?:[ ][NSEW]\.?)?$", re.IGNORECASE)
_TOWN = re.compile(rf"{_WORD}(?:[ -](?:on|upon|in|le|de|under|by|{_WORD})){{0,3}}")
_COUNTIES = word_set(
    "bedfordshire berkshire berks buckinghamshire bucks cambridgeshire cambs cheshire cornwall cumbria derbyshire "
    "devon dorset durham essex gloucestershire hampshire hants herefordshire hertfordshire herts kent lancashire "
    "lancs leicestershire lincolnshire lincs merseyside middlesex norfolk northamptonshire northants "
    "northumberland nottinghamshire notts oxfordshire oxon rutland shropshire somerset staffordshire staffs "
    "suffolk surrey sussex warwickshire wiltshire wilts worcestershire yorkshire fife"
) | {
    *("west sussex", "east sussex", "west midlands", "tyne and wear", "south yorkshire", "west yorkshire"),
    *("north yorkshire", "east yorkshire", "greater manchester", "greater london", "isle of wight", "county durham"),
    *("north wales", "south wales"),
}
_LINES_ABOVE = 3
_HEAD = 160


def addresses(page: Page, nodes: Iterable[Node]) -> tuple[Address, ...]:
    """The addresses of a page, the most complete evidence first."""
    found = [*_structured(page, nodes), *_written(page)]
    best = sorted(found, key=lambda one: (-one.found.confidence, -bool(one.street)))
    kept: list[Address] = []
    for one in unique(best, lambda address: compact(address.text)):
        if not any(_within(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def _within(one: Address, other: Address) -> bool:
    """Whether `other` says everything `one` says."""
    mine = [compact(part) for part in (one.street, one.city, one.postcode) if part]
    theirs = compact(other.text)
    return all(part in theirs for part in mine) if mine else compact(one.text) in theirs


def _structured(page: Page, nodes: Iterable[Node]) -> Iterator[Address]:
    for node in nodes:
        value = node.properties if "PostalAddress" in node.types else None
        if value is None and isinstance(node.properties.get("address"), str) and node.is_organization:
            value = node.properties["address"]
        if value is not None and (found := address_of(value, page.url, node.method)):
            yield found


def _written(page: Page) -> Iterator[Address]:
    texts = _joined(page)
    for index, text in enumerate(texts):
        if len(text) > 5000:
            continue
        taken = 0
        for country, match in _tails(text):
            if match.start() >= taken:
                taken = match.end()
                if found := _address(page, texts, index, country, match):
                    yield found
        if not taken:
            yield from _places(page, texts, index)


def _joined(page: Page) -> list[str]:
    """The lines of the page, a postcode that stands alone put behind the city above it."""
    texts: list[str] = []
    for line in page.lines:
        if texts and len(line.text) < 12 and _POSTCODE.fullmatch(line.text) and len(texts[-1]) < 60:
            texts[-1] = f"{texts[-1]} {line.text}"
        else:
            texts.append(line.text)
    return texts


@remembered
def _tails(text: str) -> tuple[tuple[str, re.Match[str]], ...]:
    """The city-and-postcode ends of addresses in a line, the pattern that names a region first."""
    if not _ANY_POSTCODE.search(text):
        return ()
    found = [(country, match) for country, pattern in _TAILS for match in pattern.finditer(text)]
    return tuple(sorted(found, key=lambda one: (one[1].start("postcode"), 0 if one[0] else 1)))


def _address(page: Page, texts: list[str], index: int, country: str, match: re.Match[str]) -> Address | None:
    text = texts[index]
    before, after = text[: match.start()], text[match.end() :]
    groups = match.groupdict()
    city = (groups.get("city") or "").strip(" ,.")
    street, city = _street(before, city, texts, index)
    named = _country(after, texts[index + 1] if index + 1 < len(texts) and not after.strip(" ,.") else "")
    if not country and not _EUROPEAN.search(street[-_HEAD:]):
        return None  # "1998 Berlin" is an address only under a street
    region = groups.get("region") or ""
    if country == "GB":
        street, city, region = _british(street, city, before, texts[max(0, index - _LINES_ABOVE) : index])
    parts = (street, city, region, groups["postcode"], named)
    whole = ", ".join(part for part in parts if part)
    said = snippet(text, match.start(), match.end())
    if street and street not in text:
        said = " / ".join((*texts[max(0, index - _LINES_ABOVE) : index], text))[-SNIPPET_LENGTH:]
    return Address(
        text=whole,
        street=street,
        city=city,
        region=region,
        postcode=groups["postcode"],
        country=named,
        found=Found("address", whole, said, "text", 0.85 if street else 0.6, page.url),
    )


def _street(before: str, city: str, texts: list[str], index: int) -> tuple[str, str]:
    """The street in front of the city, in its line or in the lines above; moves words of it out of the city."""
    head = _LABEL.sub("", before[-_HEAD:]).strip(" ,;|•·–-")
    part = head if _PART_OF_BUILDING.match(head) and len(head) < 40 else ""
    if part:
        head = ""
    elif not before.rstrip().endswith(",") and not _EUROPEAN.search(head) and (opening := _OPENING.search(head)):
        # "325 Cherry Street Bridgeport, CT 06605": without a comma the street's name was taken for the city's.
        return _split_city(head[opening.start() :], city)
    if head:
        numbered = _NUMBERED.search(head) or _EUROPEAN.search(head)
        if numbered and len(re.findall(r"\b[a-z]{2,}\b", numbered[0])) < 4:
            return _split_city(numbered[0].strip(" ,"), city)
        if _STREET.match(head) and len(head) < 80 and not _NOISE.search(head):
            return head, city
        # The pattern of the city may have swallowed the street: "12 Main Street Springfield, MA".
    above: list[str] = []
    for text in reversed(texts[max(0, index - _LINES_ABOVE) : index]):
        line = _LABEL.sub("", text).strip(" ,;|")
        if head or len(line) > 90 or _NOISE.search(line) or not _STREET.match(line):
            break
        above.insert(0, line)
        if re.match(r"\W*\d", line):
            break
    return ", ".join((*above, part) if part else above), city


def _split_city(street: str, city: str) -> tuple[str, str]:
    """Without a comma the street's last words stand in the city: cut after the last word that ends streets."""
    words = city.split()
    for at in range(len(words) - 1, 0, -1):
        if re.fullmatch(rf"{_STREET_WORD}\.?,?", words[at - 1], re.IGNORECASE) and not re.fullmatch(
            r"st\.?|park|point|green|hill|grove|end|view|ridge|house", words[at - 1], re.IGNORECASE
        ):
            return f"{street} {' '.join(words[:at])}".strip(" ,"), " ".join(words[at:])
    return street, city


def _british(street: str, city: str, before: str, above: list[str]) -> tuple[str, str, str]:
    """Street, town and county: in Britain the county may stand before the postcode, and each part in its own line."""
    region = ""
    parts = [part.strip() for part in before.split(",") if part.strip()]
    if city.casefold() in _COUNTIES:
        region, city = city, ""
    for line in reversed(above if not parts else ()):
        if _NOISE.search(line) or len(line) > 60 or len(parts) > 3:
            break
        parts[:0] = [part.strip() for part in line.split(",") if part.strip()]
        if re.search(r"\d", line):
            break
    if not city and parts and _TOWN.fullmatch(parts[-1].strip(" .")):
        city = parts.pop().strip(" .")
    starts = [
        index
        for index, part in enumerate(parts)
        if re.match(r"(?:p\.?o\.? ?box |unit |no\.? ?)?\d|unit ", part, re.IGNORECASE)
    ]
    if starts:
        street = ", ".join(parts[starts[0] :])
    return street, city or region, region if city else ""


def _country(after: str, below: str) -> str:
    for text in (after, below):
        match = _leading_country().match(text)
        if match and country_code(match[1]):
            return match[1]
    return ""


@lru_cache(maxsize=1)
def _leading_country() -> re.Pattern[str]:
    return re.compile(rf"^[\s,.;|/-]*({country_pattern()})(?!\w)")


def _places(page: Page, texts: list[str], index: int) -> Iterator[Address]:
    """City and state without a postcode: under a street, alone in a line, or where the page says somebody is there."""
    text = texts[index]
    alone, named = _named_places(text)
    for match in named:
        city, region = match["city"], match.groupdict().get("region") or ""
        street, city = _street(text[: match.start("city")], city, texts, index) if alone else ("", city)
        postcode = match.groupdict().get("postcode") or ""
        street = street if re.search(r"\d", street) else ""
        if not street and not region:
            continue
        whole = ", ".join(part for part in (street, city, region, postcode) if part)
        said = snippet(text, match.start(), match.end()) if not street else f"{street} / {text}"[:240]
        found = Found("address", whole, said, "text", 0.7 if street else 0.4, page.url)
        yield Address(whole, street, city, region, postcode, "", found)


@remembered
def _named_places(text: str) -> tuple[bool, tuple[re.Match[str], ...]]:
    """Whether a line is nothing but a place, and the cities with their states in it."""
    if "," not in text:
        return False, ()
    alone = _CITY_LINE.match(text) if len(text) < 80 else None
    return bool(alone), (alone,) if alone else tuple(_PLACE.finditer(text))
