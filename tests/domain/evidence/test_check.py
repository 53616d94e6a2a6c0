"""Sentences are kept only as far as what they cite bears them out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.evidence import Dropped, Kept, Sentence, Snippet, check

SNIPPETS = (
    Snippet("s1", "We run nine cafés in Leeds with 40 employees since 2019.", "https://brightwell.example/"),
    Snippet("s2", "On 14 March 2026 we opened our second roastery for $1.2 million, up 12%.", "https://b.example/news"),
    Snippet("s3", "Ada Fischer, Head Barista, and Bob Marsh lead the team of Brightwell.", "https://b.example/team"),
    Snippet("s4", "Am 3. März 2026 eröffnen wir in Köln 1.200 m² Fläche.", "https://b.example/de"),
    Snippet("s5", "We do not ship to Ireland.", "https://b.example/faq"),
    Snippet("s6", "Our office has moved: 12-month leases, 3,500 members, 02/03/2026.", "https://b.example/office"),
)
ABOUT = ("Brightwell Coffee Ltd", "Northstar")


def verdict(text: str, *cites: str, advice: bool = False) -> Kept | Dropped:
    """What the check says of one sentence."""
    (one,) = check([Sentence(text, cites, advice)], SNIPPETS, ABOUT).verdicts
    return one


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("They run 9 cafés in Leeds.", "s1"),
        ("Brightwell Coffee runs nine cafes.", "s1"),
        ("They have 40 employees.", "s1"),
        ("Since 2019 they run cafés.", "s1"),
        ("Forty employees run the cafés.", "s1"),
        ("The roastery opened in March 2026.", "s2"),
        ("It opened on 2026-03-14.", "s2"),
        ("It opened on March 14th, 2026 for $1.2m.", "s2"),
        ("It cost 1.2 million dollars.", "s2"),
        ("It grew by 12 percent.", "s2"),
        ("The second roastery opened in 2026.", "s2"),
        ("Head Barista Ada Fischer leads the team.", "s3"),
        ("Bob Marsh and Ada Fischer lead the team.", "s3"),
        ("Ada Fischer's team is that of Brightwell.", "s3"),
        ("They open 1,200 m² in Köln on 3 March 2026.", "s4"),
        ("They do not ship to Ireland.", "s5"),
        ("They lease for 12 months.", "s6"),
        ("They have 3500 members.", "s6"),
        ("They moved in February 2026.", "s6"),
        ("They moved in March 2026.", "s6"),
        ("Ada Fischer leads the team that runs nine cafés.", "s3 s1"),
    ],
)
def test_a_sentence_that_its_evidence_bears_out_is_kept(text, cited):
    assert isinstance(verdict(text, *cited.split()), Kept), verdict(text, *cited.split())


@pytest.mark.parametrize(
    ("text", "cited", "why"),
    [
        ("They run nine cafés.", "", "cites nothing"),
        ("They run nine cafés.", "s9", "not given"),
        ("They run nine cafés.", "s1 s2 s3 s4", "more than 3"),
        ("They run ten cafés.", "s1", "number"),
        ("They run 40 cafés.", "s1", "number"),
        ("They have 40% employees.", "s1", "number"),
        ("It cost €1.2 million.", "s2", "number"),
        ("It cost 1.2 million.", "s2", "number"),
        ("It opened for 12 million.", "s2", "number"),
        ("The roastery opened in April 2026.", "s2", "date"),
        ("The roastery opened on 15 March 2026.", "s2", "date"),
        ("The roastery opened in March 2025.", "s2", "date"),
        ("They run cafés since 2018.", "s1", "number"),
        ("They run hundreds of cafés.", "s1", "quantity"),
        ("Ada Marsh leads the team.", "s3", "name"),
        ("Cara Fischer leads the team.", "s3", "name"),
        ("Acme leads the team.", "s3", "name"),
        ("They run nine cafés in Paris.", "s1", "name"),
        ("They run nine cafés, as Ada Fischer says.", "s1", "name"),
        ("They use Salesforce for the cafés.", "s1", "name"),
        ("They probably run nine cafés.", "s1", "guesses"),
        ("They have no roastery.", "s2", "denies"),
        ("They sell tractors.", "s1", "says nothing"),
        ("Read https://evil.example about nine cafés.", "s1", "link"),
        ("Write to ada@evil.example about nine cafés.", "s1", "link"),
        ("They run <b>nine</b> cafés.", "s1", "markup"),
        ("How do you run cafés in Paris?", "s1", "name"),
        ("How do you run ten cafés?", "s1", "number"),
    ],
)
def test_a_sentence_that_its_evidence_does_not_bear_out_is_dropped(text, cited, why):
    said = verdict(text, *cited.split())

    assert isinstance(said, Dropped)
    assert why in said.why


@pytest.mark.parametrize("text", ["Ask who plans the next opening.", "What would help most just now?"])
def test_advice_and_questions_may_have_words_of_their_own(text):
    assert isinstance(verdict(text, "s1", advice=True), Kept)


@pytest.mark.parametrize("text", ["Ask Tom about it.", "Offer them 20 seats.", "Call them before 3 May 2027."])
def test_advice_may_not_have_names_numbers_and_dates_of_its_own(text):
    assert isinstance(verdict(text, "s1", advice=True), Dropped)


def test_the_evidence_shown_is_the_one_snippet_that_bears_a_sentence_out():
    kept = verdict("They run nine cafés.", "s2", "s1")

    assert isinstance(kept, Kept)
    assert kept.evidence == SNIPPETS[0]


def test_evidence_from_several_places_is_shown_together_with_the_least_confidence():
    (kept,) = check(
        [Sentence("Ada leads nine cafés.", ("a", "b"))],
        [Snippet("a", "Ada leads.", "https://x.example", 0.9), Snippet("b", "Nine cafés.", "https://x.example/b", 0.5)],
    ).kept

    assert kept.evidence.text == "Ada leads. … Nine cafés."
    assert kept.evidence.confidence == 0.5


WORDS = st.lists(
    st.sampled_from(["cafés", "roast", "coffee", "beans", "open", "shop", "team", "growing", "local", "fresh"]),
    min_size=2,
)


@given(words=WORDS, number=st.integers(2, 10**7), other=st.integers(2, 10**7))
def test_a_number_is_borne_out_by_itself_however_it_is_set_and_by_no_other(words, number, other):
    evidence = [Snippet("s", f"We {' '.join(words)}: {number:,} of them.", "https://x.example")]

    kept = check([Sentence(f"They {words[0]} {shown}.", ("s",)) for shown in (number, f"{number:,}")], evidence).kept
    assert len(kept) == 2
    wrong = check([Sentence(f"They {words[0]} {other}.", ("s",))], evidence)
    assert bool(wrong.kept) == (other == number)


ODD = st.text(max_size=200) | st.text("0123456789.,'’ $€%k-/:A", max_size=60)


@given(text=ODD, evidence=ODD)
def test_any_text_gets_a_verdict(text, evidence):
    checked = check([Sentence(text, ("s",))], [Snippet("s", evidence, "https://x.example")])

    assert len(checked.kept) + len(checked.dropped) == 1


@given(name=st.from_regex(r"\A[A-Z][a-z]{3,9}\Z"), words=WORDS)
def test_a_name_that_is_not_in_the_evidence_is_never_kept(name, words):
    evidence = f"we {' '.join(words)} here"

    checked = check([Sentence(f"They {words[0]} with {name}.", ("s",))], [Snippet("s", evidence, "https://x.example")])

    assert bool(checked.kept) == (name.casefold().rstrip("s") in {word.rstrip("s") for word in evidence.split()})
