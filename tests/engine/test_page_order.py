"""Which pages come first, and which addresses are one page."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadboard.engine.page_order import is_file, rank, same_page_key, tidy

HOST = "https://acme.example"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("/about", "/team"),
        ("/team", "/contact"),
        ("/contact", "/services"),
        ("/impressum", "/leistungen"),
        ("/services", "/case-studies"),
        ("/kunden", "/karriere"),
        ("/careers", "/pricing"),
        ("/pricing", "/blog"),
        ("/blog", "/team/ada"),
        ("/team/ada", "/blog/2024/how-to-clean-a-gutter-in-autumn"),
        ("/blog/a-post", "/whatever"),
        ("/whatever", "/privacy-policy"),
        ("/whatever", "/about/login"),
        ("/de/ueber-uns", "/en/blog"),
        ("/company/team.html", "/news"),
        ("/sobre-nosotros/", "/tienda"),
        ("/over-ons", "/winkel"),
        ("/%C3%BCber-uns", "/seite"),
        ("/executive-search", "/search"),
    ],
)
def test_a_page_that_says_more_about_the_company_comes_first(first, then):
    assert rank(HOST + first) < rank(HOST + then)


def test_the_text_of_a_link_counts_as_much_as_its_address():
    assert rank(f"{HOST}/page-7", "About us") == rank(f"{HOST}/about")
    assert rank(f"{HOST}/p7", "Everything you always wanted to know about gutters") == rank(f"{HOST}/p7")


@pytest.mark.parametrize(
    ("url", "tidied"),
    [
        (f"{HOST}/a#team", f"{HOST}/a"),
        (HOST, f"{HOST}/"),
        (f"{HOST}/?utm_source=x&utm_medium=y&fbclid=z", f"{HOST}/"),
        (f"{HOST}/?id=7&gclid=z", f"{HOST}/?id=7"),
        (f"{HOST}/?a=%20b&c", f"{HOST}/?a=%20b&c"),
        (f"{HOST}/shop;jsessionid=0A", f"{HOST}/shop"),
        ("mailto:a@acme.example", None),
        ("javascript:void(0)", None),
        ("tel:+1555", None),
        ("/relative", None),
        ("http://[::1", None),
        ("", None),
    ],
)
def test_an_address_is_freed_of_what_does_not_name_the_page(url, tidied):
    assert tidy(url) == tidied


@pytest.mark.parametrize(
    "url",
    [
        "http://acme.example/team",
        "https://www.acme.example/team/",
        "https://ACME.example/team/index.html",
        "https://acme.example/team/index.php?utm_campaign=x",
        "https://acme.example/%74eam#top",
    ],
)
def test_spellings_of_one_page_have_one_key(url):
    assert same_page_key(url) == same_page_key("https://acme.example/team")


@pytest.mark.parametrize("url", ["/Team", "/team?id=1", "/team/ada", "//other.example/team", "/"])
def test_different_pages_have_different_keys(url):
    assert same_page_key(f"https:{url}" if url.startswith("//") else HOST + url) != same_page_key(f"{HOST}/team")


@given(st.text(max_size=60))
@example("\f#")
def test_any_text_after_the_host_can_be_ranked(text):
    url = tidy(f"{HOST}/{text}")
    if url:
        assert rank(url, text) >= 0
        assert same_page_key(url) == same_page_key(url)
        assert tidy(url) == url


@pytest.mark.parametrize(("path", "file"), [("/a.PDF", True), ("/a.jpg?x", True), ("/a.html", False), ("/a", False)])
def test_a_file_is_known_by_its_ending(path, file):
    assert is_file(HOST + path) is file
