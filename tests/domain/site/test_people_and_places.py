"""People with titles, and addresses."""

import pytest

from tests.domain.site.pages import read

CARD = """<div class=member><h3>Karla Weiss</h3><p>Head of Sales</p><p>karla@acme.com</p><p>413-732-8702</p></div>
<div class=member><h3>Tom Baker</h3><p>Chief Executive Officer</p></div>"""


def test_reads_team_cards_with_their_own_contacts():
    people = {person.name: person for person in read(CARD).people}

    assert people["Karla Weiss"].title == "Head of Sales"
    assert (people["Karla Weiss"].email, people["Karla Weiss"].phone) == ("karla@acme.com", "+14137328702")
    assert (people["Tom Baker"].title, people["Tom Baker"].email) == ("Chief Executive Officer", "")


@pytest.mark.parametrize(
    ("body", "name", "title"),
    [
        ("<p>Steve White, CFO</p>", "Steve White", "CFO"),
        ("<p>Owner and founder: Hugh Stearns</p>", "Hugh Stearns", "Owner and founder"),
        ("<li>Rod Robinson – Lead Carpenter</li>", "Rod Robinson", "Lead Carpenter"),
        ("<p>We spoke to Anna Berg, director of sales at Acme, in May.</p>", "Anna Berg", "director of sales"),
        ("<p>Geschäftsführer: Hans Müller</p>", "Hans Müller", "Geschäftsführer"),
        (
            '<script type="application/ld+json">{"@type":"Person","name":"Ana Lima","jobTitle":"CTO"}</script>',
            "Ana Lima",
            "CTO",
        ),
        ('<div class="vcard"><b class="fn">Ana Lima</b><i class="title">CTO</i></div>', "Ana Lima", "CTO"),
    ],
)
def test_reads_a_name_with_the_title_beside_it(body, name, title):
    best = read(body).people[0]

    assert (best.name, best.title) == (name, title)
    assert best.found.confidence >= 0.6


@pytest.mark.parametrize(
    "text", ["Our Services", "Read More", "Grand Hall", "Privacy Policy", "New York Office", "Contact Sales Manager"]
)
def test_headings_are_not_people(text):
    assert read(f"<h3>{text}</h3><p>Manager</p>").people == ()


def test_a_name_that_only_occurs_is_a_weak_mention():
    (person,) = read("<p>Last summer we met Walter Hill in the city and talked for hours.</p>").people

    assert (person.name, person.title, person.found.method) == ("Walter Hill", "", "mention")
    assert person.found.confidence < 0.4


@pytest.mark.parametrize(
    ("body", "url", "parts"),
    [
        (
            "<p>122 Doty Circle<br>West Springfield, MA 01089</p>",
            "https://a.com/",
            ("122 Doty Circle", "West Springfield", "MA", "01089", ""),
        ),
        (
            "<p>325 Cherry Street Bridgeport, CT 06605</p>",
            "https://a.com/",
            ("325 Cherry Street", "Bridgeport", "CT", "06605", ""),
        ),
        (
            "<p>720 Brazos Street,</p><p>Ste 110 Austin, TX 78701</p>",
            "https://a.com/",
            ("720 Brazos Street, Ste 110", "Austin", "TX", "78701", ""),
        ),
        (
            "<p>1617 3rd Avenue<br>New York, NY<br>10128</p>",
            "https://a.com/",
            ("1617 3rd Avenue", "New York", "NY", "10128", ""),
        ),
        (
            "<p>8765 Cariboo Pl, Burnaby, B.C., V3N 4T2</p>",
            "https://a.com/",
            ("8765 Cariboo Pl", "Burnaby", "B.C.", "V3N 4T2", ""),
        ),
        (
            "<p>Unit 4 Mill Lane, Guildford, Surrey GU1 3XX</p>",
            "https://a.co.uk/",
            ("Unit 4 Mill Lane", "Guildford", "Surrey", "GU1 3XX", ""),
        ),
        (
            "<p>Gutenbergerstraße 3<br>85774 Unterföhring<br>Deutschland</p>",
            "https://a.de/",
            ("Gutenbergerstraße 3", "Unterföhring", "", "85774", "Deutschland"),
        ),
        (
            "<p>12 rue de la Paix, 75002 Paris, France</p>",
            "https://a.fr/",
            ("12 rue de la Paix", "Paris", "", "75002", "France"),
        ),
    ],
)
def test_reads_the_parts_of_an_address(body, url, parts):
    (one,) = read(body, url).addresses

    assert (one.street, one.city, one.region, one.postcode, one.country) == parts


@pytest.mark.parametrize(
    "text", ["In 1998 Berlin changed", "We sold 12345 Widgets", "Copyright 2013 Acme", "Version 2008 Beacon"]
)
def test_a_number_before_a_word_is_no_address(text):
    assert read(f"<p>{text}</p>").addresses == ()
