"""The fixed text that is looked for before a product's pattern must stand in everything the pattern matches."""

import pytest

from leadboard.domain.site import read_page


@pytest.mark.parametrize(
    ("mark", "product"),
    [
        ("/wp-includes/x.js", "WordPress"),
        ("/typo3temp/x.css", "TYPO3"),
        ("/static/version123/frontend/a.js", "Magento"),
        ("https://cdn11.bigcommerce.com/a.js", "BigCommerce"),
        ("https://static1.squarespace.com/a.js", "Squarespace"),
        ("https://assets-global.website-files.com/a.js", "Webflow"),
        ("/jquery-3.6.0.slim.min.js", "jQuery"),
        ("/js/react-dom.production.min.js", "React"),
        ("/css/bootstrap.bundle.min.css", "Bootstrap"),
        ("https://js.drift.com/a.js", "Drift"),
        ("https://js.driftt.com/a.js", "Drift"),
        ("/fontawesome.css", "Font Awesome"),
        ("/font-awesome.css", "Font Awesome"),
        ("https://connect.facebook.net/en_US/fbevents.js", "Meta Pixel"),
        ("https://maps.googleapis.com/maps/api/js", "Google Maps"),
    ],
)
def test_a_product_is_known_by_every_way_its_mark_is_written(mark: str, product: str) -> None:
    facts = read_page(f"<html><head><script src='{mark}'></script></head><body></body></html>", "https://acme.com/")
    assert product in [found.value for found in facts.technologies]
