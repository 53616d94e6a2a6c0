"""Pages of one site as one, and the JSON of it."""

import json

from leadboard.domain.site import read_site, site_json
from tests.domain.site.pages import read

HOME = "<title>Acme Builders</title><meta name=description content='Roofs'>"


def _site():
    return read_site(
        [
            read("<p>Fax 413-732-8703</p><p>info@acme.com</p>", "https://acme-builders.com/contact"),
            read(
                "<p>Karla Weiss was there.</p><a href='mailto:info@acme.com'>Mail</a>",
                "https://acme-builders.com/",
                head=HOME,
            ),
            read("<h3>Karla Weiss</h3><p>Head of Sales</p>", "https://acme-builders.com/team", head=HOME),
        ]
    )


def test_each_value_stands_once_with_its_best_evidence_and_its_page():
    site = _site()
    (email,), (person,) = site.emails, site.people

    assert (email.value, email.method, email.url) == ("info@acme.com", "mailto", "https://acme-builders.com/")
    assert (person.title, person.found.url) == ("Head of Sales", "https://acme-builders.com/team")
    assert (site.company_name, site.description, len(site.pages)) == ("Acme Builders", "Roofs", 3)


def test_a_number_that_is_a_phone_anywhere_is_no_fax():
    pages = [read("<p>Fax 413-732-8703</p>", "https://a.com/1"), read("<p>Phone 413-732-8703</p>", "https://a.com/2")]

    assert ([one.value for one in read_site(pages).phones], read_site(pages).faxes) == (["+14137328703"], ())


def test_a_site_without_pages_has_nothing():
    site = read_site([])

    assert (site.company_name, site.pages, site.emails, site.people) == ("", (), (), ())


def test_the_json_has_what_a_program_expects():
    made = json.loads(json.dumps(site_json("acme", _site())))

    assert list(made) == ["file", "company_name", "emails", "phones", "social", "people", "addresses", "organizations"]
    assert made["phones"] == ["+14137328703"]
    assert made["people"] == [{"name": "Karla Weiss", "title": "Head of Sales"}]
