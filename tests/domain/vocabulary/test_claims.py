"""What companies say they stand for, told from what only sounds alike."""

import pytest

from leadboard.domain.vocabulary import claims


@pytest.mark.parametrize(
    ("sentence", "audience"),
    [
        ("We help dentists grow.", "dentists grow."),
        ("We only work with law firms.", "law firms."),
        ("Acme helps small clinics fill their books.", "small clinics fill their books."),
        ("Our team proudly serves restaurants in Leeds.", "restaurants in Leeds."),
        ("Marketing for charities", "charities"),
        ("Helping builders win work since 1999", "builders win work since 1999"),
        ("A web design agency for schools.", "schools."),
        ("Made especially for farmers.", "farmers."),
        ("We specialise in working with hotels.", "hotels."),
    ],
)
def test_the_audience_stands_behind_the_words_for_it(sentence, audience):
    found = claims.AUDIENCE.search(sentence)

    assert found
    assert sentence[found.end() :].strip() == audience


@pytest.mark.parametrize(
    "sentence",
    [
        "How can we help?",
        "We can help you with your next home.",
        "Each producer we work with has been chosen for what they do best.",
        "We are happy to serve your guests.",
        "Dan is the Director of Marketing for Hayden Outdoors.",
        "He currently serves as chair of a foundation.",
        "We specialise in web design and hosting.",
        "The team is easy to work with and they deliver.",
        "We partner with more than forty brands of printers.",
        "Good branding for your company.",
    ],
)
def test_these_sentences_name_no_audience(sentence):
    assert not claims.AUDIENCE.search(sentence)


@pytest.mark.parametrize(
    ("sentence", "says_result"),
    [
        ("Enquiries rose by 85% within six months.", True),
        ("A 3x return on every campaign.", True),
        ("We doubled their bookings.", True),
        ("They saved $40,000 in the first year.", True),
        ("We were founded in 1985.", False),
        ("Our office is open 100% of the week.", False),
    ],
)
def test_a_result_has_a_figure_and_what_became_of_it(sentence, says_result):
    assert bool(claims.RESULT.search(sentence)) is says_result


@pytest.mark.parametrize(
    ("sentence", "count"),
    [("Over 1,200 happy clients", "1,200"), ("trusted by 140+ companies", "140"), ("25 years for clients", "")],
)
def test_a_number_of_clients_stands_before_the_word(sentence, count):
    found = claims.CLIENTS_CLAIMED.search(sentence)

    assert (found["count"] if found else "") == count


def test_a_word_for_a_kind_of_company_stands_for_sizes():
    told = {hit.key for hit in claims.SIZES.hits("From startups and small businesses to the Fortune 500.")}

    assert told == {"1-10", "1-10|11-50", "501+"}
