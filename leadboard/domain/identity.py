"""Who a company is: the key that makes two records one lead (icp sheet, section 2)."""

import re
import unicodedata
from functools import lru_cache

import idna
from tldextract import TLDExtract

from leadboard.domain.words import word_set

_split = TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
"""Reads the list of suffixes that comes with the package: no network, no cache on disk."""
_split("example.com")  # reads the list now: 60 ms on import rather than in the middle of the event loop

_HOST = re.compile(r"\s*(?:[a-z][a-z0-9+-]*:)?[/\\]*(?:[^\s@/\\?#]*@)?([^\s/\\?#:,;|]+)", re.IGNORECASE)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
_HOST_NAME = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]+)")
_INITIALS = re.compile(r"\b(?:\w\.)+\w\b\.?")

_LEGAL = word_set("inc incorporated llc ltd limited pty gmbh co company corp corporation")

_GENERIC = word_set("business companies firms group groups industry industries market sector sectors space")
_INDUSTRIES = word_set(
    "accounting advertising aerospace agriculture agritech automotive aviation b2b b2c banking beverage biotech "
    "biotechnology chemicals cleantech construction consulting cybersecurity defense ecommerce edtech education "
    "electronics energy engineering entertainment fashion finance fintech fitness food gaming government hardware "
    "health healthcare healthtech hospitality insurance insurtech law legal logistics manufacturing "
    "marketing media medtech "
    "mining nonprofit oil packaging pharma pharmaceutical pharmaceuticals pharmacy proptech publishing recruiting "
    "recruitment restaurants retail robotics saas semiconductors shipping software sports staffing startup startups "
    "technology telecom telecommunications textiles tourism transportation travel utilities wholesale"
) | {
    "consumer goods",
    "e commerce",
    "financial services",
    "food and beverage",
    "food beverage",
    "health care",
    "information technology",
    "life sciences",
    "media and entertainment",
    "media entertainment",
    "medical devices",
    "oil and gas",
    "oil gas",
    "professional services",
    "real estate",
    "venture capital",
}

_NOT_THEIR_OWN: dict[str, frozenset[str]] = {
    "a news site": word_set(
        "apnews.com bbc.co.uk bbc.com bizjournals.com bloomberg.com businessinsider.com businesswire.com cnbc.com "
        "cnn.com economist.com fastcompany.com forbes.com fortune.com ft.com "
        "globenewswire.com handelsblatt.com inc.com "
        "latimes.com lemonde.fr news.google.com news.yahoo.com nytimes.com prnewswire.com reuters.com spiegel.de "
        "techcrunch.com theguardian.com theverge.com venturebeat.com washingtonpost.com wired.com wsj.com "
        "zdnet.com"
    ),
    "a job board": word_set(
        "angel.co builtin.com careerbuilder.com dice.com glassdoor.co.uk glassdoor.com greenhouse.io hired.com "
        "indeed.co.uk indeed.com jobs.ashbyhq.com lever.co monster.com reed.co.uk seek.com.au simplyhired.com "
        "smartrecruiters.com stepstone.de totaljobs.com weworkremotely.com wellfound.com workable.com xing.com "
        "ziprecruiter.com"
    ),
    "a social network or directory": word_set(
        "apps.apple.com bit.ly crunchbase.com discord.com discord.gg docs.google.com facebook.com fb.com github.com "
        "instagram.com itunes.apple.com linkedin.com linktr.ee lnkd.in medium.com meetup.com pinterest.com "
        "play.google.com producthunt.com quora.com reddit.com sites.google.com slideshare.net snapchat.com "
        "substack.com t.me telegram.me threads.net tiktok.com tumblr.com twitch.tv twitter.com vimeo.com "
        "vk.com wa.me wikipedia.org "
        "x.com yelp.com youtu.be youtube.com"
    ),
    "a free mail service": word_set(
        "126.com 163.com aol.com bk.ru comcast.net fastmail.com free.fr gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net "
        "googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr icloud.com inbox.ru laposte.net "
        "libero.it list.ru live.co.uk live.com mac.com mail.com mail.ru me.com msn.com naver.com orange.fr outlook.com "
        "outlook.de pm.me proton.me protonmail.com qq.com rediffmail.com rocketmail.com "
        "sbcglobal.net t-online.de tutanota.com "
        "verizon.net wanadoo.fr web.de yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.de yahoo.fr yandex.com "
        "yandex.ru ymail.com zoho.com"
    ),
}
_KIND_OF_HOST = {host: kind for kind, hosts in _NOT_THEIR_OWN.items() for host in hosts}


@lru_cache(maxsize=16384)
def host(address: str) -> str:
    """The host of a URL, domain or e-mail address, lower case, in its ASCII form; empty when there is none.

    Reads what people type: missing or broken schemes, ports, paths, and the first of several addresses in one cell.
    """
    found = _HOST.match(address)
    if not found:
        return ""
    name = found[1].strip(".").lower()
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode()
        except idna.IDNAError:
            return ""
    return name if len(name) <= 253 and _HOST_NAME.fullmatch(name) else ""


@lru_cache(maxsize=16384)
def registrable_domain(address: str) -> str:
    """The domain somebody registered, for a URL, domain or e-mail address; empty when there is none.

    `https://www.Acme.co.uk/team` gives `acme.co.uk`. Names below a shared host are told apart (`acme.github.io`), and
    an unknown ending counts as one label, as the public suffix list has it.
    """
    name = host(address)
    return _registered(name.removeprefix("www.")) or _registered(name)


def _registered(name: str) -> str:
    labels = name.split(".")
    if len(labels) < 2:
        return ""
    parts = _split(name)
    ending = parts.suffix.count(".") + 1
    if parts.is_private and len(labels) == ending:
        ending = parts.registry_suffix.count(".") + 1
    return ".".join(labels[-ending - 1 :]) if len(labels) > ending else ""


def somebody_elses(address: str) -> str:
    """What kind of site the address is when it cannot be a company's own ("a job board"), else an empty string."""
    labels = host(address).split(".")
    above = (".".join(labels[at:]) for at in range(len(labels) - 1))
    return next((_KIND_OF_HOST[name] for name in above if name in _KIND_OF_HOST), "")


def _name_words(name: str) -> list[str]:
    """Words of a name: lower case, initials joined ("L.L.C." is one word), apostrophes gone, no punctuation."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    joined = _INITIALS.sub(lambda found: found[0].replace(".", ""), folded.replace("'", "").replace("’", ""))
    return "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in joined).split()


@lru_cache(maxsize=16384)
def normalise_name(name: str) -> str:
    """A company's name for comparing: lower case, without punctuation and the legal form at its end.

    "ACME, Inc." and "Acme Pty. Ltd." are both "acme". A name that is nothing but a legal form keeps its first word.
    """
    parts = _name_words(name)
    while len(parts) > 1 and parts[-1] in _LEGAL:
        parts.pop()
    return " ".join(parts)


def is_legal_form(text: str) -> bool:
    """Whether a text says no more than what kind of company it is: "Inc.", "Pty. Ltd."; alone that names none."""
    parts = _name_words(text)
    return bool(parts) and _LEGAL.issuperset(parts)


def identity_key(name: str, domain: str) -> str:
    """The key of a company: its registrable domain, else its normalised name; empty when it has neither.

    An address on somebody else's site (a profile, a shop in an app store, a free mailbox) says nothing about who the
    company is, so its name decides.
    """
    own = "" if somebody_elses(domain) else registrable_domain(domain)
    return own or normalise_name(name)


def why_not_a_company(name: str, domain: str) -> str | None:
    """Why this is obviously no company, as a sentence, or None when it may be one.

    A legal form makes a company of an industry word: "Biotech" is none, "Biotech Ltd" may be one.
    """
    length = len(name.strip())
    if length < 3:
        return "The name is shorter than 3 characters."
    if length > 100:
        return "The name is longer than 100 characters."
    parts = _name_words(name)
    while len(parts) > 1 and parts[-1] in _GENERIC:
        parts.pop()
    if " ".join(parts) in _INDUSTRIES:
        return f"“{name.strip()}” names an industry, not a company."
    if kind := somebody_elses(domain):
        return f"{host(domain)} is {kind}, not a company's own site."
    return None
