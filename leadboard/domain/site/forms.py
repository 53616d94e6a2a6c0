"""What the forms of a page are for: a contact form is a way to reach a company."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leadboard.domain.site.dom import Page, clean
from leadboard.domain.site.facts import Found
from leadboard.domain.site.text import snippet

_SEARCH = re.compile(
    r"search|suche|recherche|buscar|query|(?<![a-z])(?:q|s|k|kw|keys?|keywords?|term|find)(?![a-z])", re.IGNORECASE
)
_EMAIL = re.compile(r"e-?mail|courriel|correo", re.IGNORECASE)
_NEWSLETTER = re.compile(
    r"newsletter|subscri|mailing|sign ?up for|updates|mailchimp|list-manage|feedburner|aweber|mc4wp|opt-?in|alerts?",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"contact|comment|message|enquir|inquir|feedback|kontakt|nachricht|wpcf7|gform|quote|question|reply"
    r"|support request",
    re.IGNORECASE,
)
_RECOVERY = re.compile(r"forgot|lost ?pass|reset|recover|retrieve|passwor[dt] vergessen|remind", re.IGNORECASE)
_REGISTER = re.compile(r"regist|sign ?up|create (?:an? )?(?:new )?account|join|regform", re.IGNORECASE)
_CART = re.compile(
    r"add.?to.?(?:cart|basket|bag)|checkout|in den warenkorb|buy now|place order|billing|shipping", re.IGNORECASE
)
_LOGIN = re.compile(r"log-?in|sign-?in|logon|anmelden", re.IGNORECASE)
_TYPED = frozenset({"text", "email", "tel", "url", "number", "search", ""})


@dataclass(frozen=True, slots=True)
class _Form:
    """What is visible of a form: names of its text fields, how many passwords and text areas, all its words."""

    fields: tuple[str, ...]
    passwords: int
    areas: int
    choices: int
    words: str
    method: str


def forms(page: Page) -> tuple[Found, ...]:
    """Each form's kind in page order: search, login, registration, recovery, contact, mailing_list, order or other."""
    return tuple(
        Found("form", _kind(form), snippet(form.words), "form", 0.8, page.url)
        for form in map(_read, page.tree.iter("form"))
    )


def _read(node) -> _Form:
    fields: list[str] = []
    passwords = areas = choices = 0
    words = [node.get(name) or "" for name in ("action", "id", "class", "name")]
    for item in node.iter("input", "textarea", "select", "button"):
        kind = (item.get("type") or "").lower()
        name = " ".join(filter(None, (item.get("name"), item.get("id"), item.get("placeholder"), item.get("title"))))
        if item.tag == "textarea":
            areas += 1
            fields.append(name)
        elif item.tag == "select" or kind in ("radio", "checkbox"):
            choices += 1
        elif item.tag == "input" and kind == "password":
            passwords += 1
        elif item.tag == "input" and kind in _TYPED:
            fields.append(f"{name} email" if kind == "email" else name)
        elif kind in ("submit", "button", "image"):
            words.append(item.get("value") or item.get("alt") or "")
        words.append(name)
    text = clean(" ".join(_visible(node)))[:1500]
    said = clean(" ".join((*words, text)))
    return _Form(tuple(fields), passwords, areas, choices, said, (node.get("method") or "get").lower())


def _visible(node) -> Iterator[str]:
    for item in node.iter():
        if isinstance(item.tag, str) and item.tag not in ("script", "style", "option"):
            yield item.text or ""
        yield item.tail or "" if item is not node else ""


def _kind(form: _Form) -> str:
    has_email = any(_EMAIL.search(name) for name in form.fields)
    if form.passwords:
        many = form.passwords > 1 or len(form.fields) > 2
        return "registration" if many or (_REGISTER.search(form.words) and not _LOGIN.search(form.words)) else "login"
    if form.areas and len(form.fields) > 1:
        return "order" if _CART.search(form.words) and not _CONTACT.search(form.words) else "contact"
    if len(form.fields) <= 2 and _RECOVERY.search(form.words) and not _NEWSLETTER.search(form.words):
        return "recovery"
    if has_email and len(form.fields) <= 3:
        return "mailing_list"
    if len(form.fields) <= 2 and _SEARCH.search(form.words):
        return "search"
    if _CART.search(form.words):
        return "order"
    if has_email and _REGISTER.search(form.words) and not _CONTACT.search(form.words):
        return "mailing_list" if _NEWSLETTER.search(form.words) and len(form.fields) < 5 else "registration"
    if has_email and _CONTACT.search(form.words):
        return "contact"
    return "mailing_list" if has_email and _NEWSLETTER.search(form.words) else "other"
