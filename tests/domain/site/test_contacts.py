"""E-mail addresses, phone numbers and profiles of a page."""

import csv

import pytest

from leadboard.domain.site.emails import valid_email
from leadboard.domain.site.phones import e164
from leadboard.domain.site.socials import profile
from tests.conftest import need
from tests.domain.site.pages import read


def _cloudflare(address: str, key: int = 0x4B) -> str:
    return f"{key:02x}" + "".join(f"{byte ^ key:02x}" for byte in address.encode())


@pytest.mark.parametrize(
    ("body", "method"),
    [
        ('<a href="mailto:Info@acme.com?subject=Hi">Write</a>', "mailto"),
        ('<a href="mailto:info%40acme.com">Write</a>', "mailto"),
        ("<p>Write to info@acme.com.</p>", "text"),
        ("<p>info&#64;acme&#46;com</p>", "text"),
        ("<p>info<span>@</span>acme.com</p>", "text"),
        ("<p>info [at] acme [dot] com</p>", "obfuscated"),
        ("<p>info (at) acme.com</p>", "obfuscated"),
        ("<p>info at acme dot com</p>", "obfuscated"),
        (f'<a class="__cf_email__" data-cfemail="{_cloudflare("info@acme.com")}">[email protected]</a>', "cloudflare"),
        ("""<script>document.write('<a href="mailto:info@acme.com">')</script>""", "script"),
    ],
)
def test_finds_an_address_however_it_is_written(body, method):
    found = read(body).emails

    assert [(one.value, one.method) for one in found] == [("info@acme.com", method)]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Meet us at acme.com on Monday</p>",
        "<img src='logo@2x.png'><p>logo@2x.png</p>",
        "<input placeholder='you@example.com'><p>name@example.com your@email.com</p>",
        "<p>4f9a0c2b7d6e5f4a3b2c1d0e9f8a7b6c@o1.ingest.sentry.io</p>",
        "<p>@acme on Twitter, a@b, info@acme</p>",
    ],
)
def test_takes_nothing_else_for_an_address(body):
    assert read(body).emails == ()


def test_judges_the_syntax_of_addresses_as_their_labels_do():
    rows = list(csv.DictReader((need("email_addresses") / "cases.csv").open(encoding="utf-8")))
    invalid = [
        row["address"] for row in rows if row["verdict"] == "invalid" and row["address"] == row["address"].strip()
    ]

    # Letters around an address are trimmed as a page's punctuation would be, so only untrimmed ones are compared.
    accepted = [address for address in invalid if valid_email(address) == address.lower()]

    assert accepted == []


@pytest.mark.parametrize(
    ("body", "url", "number"),
    [
        ("<p>Call (413) 732-8702</p>", "https://acme.com/", "+14137328702"),
        ("<p>800.330.8247</p>", "https://acme.com/", "+18003308247"),
        ("<td>Phone:</td><td>413-732-8702</td>", "https://acme.com/", "+14137328702"),
        ("<p>1-800-PLUMBER now</p>", "https://acme.com/", "+18007586237"),
        ("<p>Tel. 089 / 95 07 78 35</p>", "https://acme.de/", "+498995077835"),
        ("<p>01483 300 300</p>", "https://acme.co.uk/", "+441483300300"),
        ("<p>1300 346 227</p>", "https://acme.com.au/", "+611300346227"),
        ("<p>+46 771 105000</p>", "https://acme.com/", "+46771105000"),
        ("<p>(86-10) 5869 8989</p>", "https://acme.com/", "+861058698989"),
        ('<a href="tel:+1%20413%20732%208702">Call us</a>', "https://acme.com/", "+14137328702"),
        ('<a href="https://wa.me/4915123456789">Chat</a>', "https://acme.com/", "+4915123456789"),
    ],
)
def test_reads_numbers_as_the_country_of_the_page_writes_them(body, url, number):
    assert [found.value for found in read(body, url).phones] == [number]


@pytest.mark.parametrize(
    "text",
    ["ISBN 0-306-40615-2", "2013-10-12 10:11:12", "Order 4137328702", "500/600/1200", "5.167.214.238", "$413,732,870"],
)
def test_takes_nothing_else_for_a_number(text):
    facts = read(f"<p>{text}</p>")

    assert (*facts.phones, *facts.faxes) == ()


@pytest.mark.parametrize(
    ("text", "phones", "faxes"),
    [
        ("Tel 413-732-8702 Fax 413-732-8703", ["+14137328702"], ["+14137328703"]),
        ("Fax number (US): 413-732-8703", [], ["+14137328703"]),
        ("Tel/Fax: 413-732-8702", ["+14137328702"], []),
        ("413-732-8703 (fax)", [], ["+14137328703"]),
        ("F: 413-732-8703 P: 413-732-8702", ["+14137328702"], ["+14137328703"]),
    ],
)
def test_tells_a_fax_from_a_phone_by_its_label(text, phones, faxes):
    facts = read(f"<p>{text}</p>")

    assert ([one.value for one in facts.phones], [one.value for one in facts.faxes]) == (phones, faxes)


def test_reads_every_country_s_example_numbers():
    rows = list(csv.DictReader((need("phones") / "example_numbers.csv").open(encoding="utf-8")))

    assert [row for row in rows if e164(row["international"], ("US",)) != row["e164"]] == []


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://www.facebook.com/acme/?ref=ts", ("facebook", "https://www.facebook.com/acme")),
        ("http://twitter.com/#!/acme", ("twitter", "https://x.com/acme")),
        ("https://de.linkedin.com/company/acme/", ("linkedin", "https://www.linkedin.com/company/acme")),
        ("https://www.youtube.com/@acme", ("youtube", "https://www.youtube.com/@acme")),
        ("https://www.facebook.com/sharer/sharer.php?u=x", None),
        ("https://twitter.com/intent/tweet?text=x", None),
        ("https://twitter.com/acme/status/1", None),
        ("https://www.linkedin.com/in/jane-doe", None),
        ("https://www.linkedin.com/shareArticle?url=x", None),
        ("https://www.youtube.com/watch?v=1", None),
        ("https://notfacebook.com/acme", None),
        ("https://facebook.com.evil.example/acme", None),
    ],
)
def test_knows_a_company_s_profile_from_shares_posts_and_people(url, known):
    assert profile(url) == known
