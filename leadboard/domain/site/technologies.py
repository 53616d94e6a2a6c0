"""Well-known products a page is made with, by the marks they leave in its head, scripts, links and source."""

import re
from collections.abc import Iterator

from leadboard.domain.site.dom import Page
from leadboard.domain.site.facts import Found
from leadboard.domain.site.text import snippet, unique

_SIGNATURES: tuple[tuple[str, str], ...] = (
    # content and shops
    ("WordPress", r"/wp-(?:content|includes)/|generator:wordpress"),
    ("WooCommerce", r"/plugins/woocommerce/|generator:woocommerce"),
    ("Elementor", r"/plugins/elementor/|generator:elementor"),
    ("Joomla", r"generator:joomla|/media/jui/js/"),
    ("Drupal", r"generator:drupal|/sites/(?:all|default)/(?:modules|themes|files)/|drupal\.settings"),
    ("TYPO3", r"generator:typo3|/typo3(?:conf|temp)/"),
    ("Shopify", r"cdn\.shopify\.com|generator:shopify"),
    ("Magento", r"/skin/frontend/|mage/cookies|/static/version\d+/frontend/"),
    ("PrestaShop", r"generator:prestashop"),
    ("BigCommerce", r"cdn\d*\.bigcommerce\.com"),
    ("Wix", r"static\.wixstatic\.com|static\.parastorage\.com|generator:wix"),
    ("Squarespace", r"static\d?\.squarespace\.com|generator:squarespace"),
    ("Webflow", r"generator:webflow|assets(?:-global)?\.website-files\.com"),
    ("Weebly", r"cdn\d?\.editmysite\.com|generator:weebly"),
    ("Ghost", r"generator:ghost"),
    ("Contao", r"generator:contao"),
    ("Jimdo", r"jimdo(?:static)?\.com|generator:jimdo"),
    ("Duda", r"irp\.cdn-website\.com|generator:duda"),
    ("Sitecore", r"/-/media/|generator:sitecore"),
    ("Adobe Experience Manager", r"/etc\.clientlibs/|/etc/designs/"),
    ("Hugo", r"generator:hugo"),
    ("Jekyll", r"generator:jekyll"),
    ("Framer", r"framerusercontent\.com|generator:framer"),
    # frameworks
    ("Next.js", r"/_next/static/|__next_data__"),
    ("Nuxt", r"/_nuxt/|window\.__nuxt__"),
    ("Gatsby", r"generator:gatsby|/page-data/app-data\.json"),
    ("React", r"react(?:-dom)?(?:\.production)?(?:\.min)?\.js|data-reactroot"),
    ("Vue.js", r"vue(?:\.runtime)?(?:\.global)?(?:\.prod)?(?:\.min)?\.js"),
    ("Angular", r"angular(?:\.min)?\.js|ng-version="),
    ("jQuery", r"jquery(?:[-.]\d[\d.]*)?(?:\.slim)?(?:\.min)?\.js"),
    ("Bootstrap", r"bootstrap(?:\.bundle)?(?:\.min)?\.(?:js|css)"),
    ("Tailwind CSS", r"cdn\.tailwindcss\.com|tailwind(?:\.min)?\.css"),
    ("ASP.NET", r"__viewstate|webresource\.axd"),
    ("Ruby on Rails", r"csrf-param:authenticity_token"),
    ("Laravel", r"window\.laravel\b"),
    # measuring and advertising
    ("Google Analytics", r"google-analytics\.com/(?:ga|urchin|analytics)\.js|googletagmanager\.com/gtag/js"),
    ("Google Tag Manager", r"googletagmanager\.com/gtm\.js"),
    ("Google Ads", r"googleadservices\.com|googlesyndication\.com|googleads\.g\.doubleclick\.net"),
    ("Meta Pixel", r"connect\.facebook\.net/[^\"']{0,20}/fbevents\.js"),
    ("LinkedIn Insight Tag", r"snap\.licdn\.com"),
    ("Hotjar", r"static\.hotjar\.com"),
    ("Microsoft Clarity", r"clarity\.ms/tag"),
    ("Matomo", r"matomo\.js|piwik\.js"),
    ("Plausible", r"plausible\.io/js"),
    ("Segment", r"cdn\.segment\.com"),
    ("Mixpanel", r"cdn\.mxpnl\.com"),
    ("Optimizely", r"cdn\.optimizely\.com"),
    ("New Relic", r"js-agent\.newrelic\.com"),
    ("Sentry", r"browser\.sentry-cdn\.com"),
    # sales, marketing and service
    ("HubSpot", r"js\.hs-scripts\.com|js\.hsforms\.net|hs-analytics\.net"),
    ("Salesforce Pardot", r"pi\.pardot\.com|go\.pardot\.com"),
    ("Salesforce", r"webto\.salesforce\.com|force\.com/embeddedservice"),
    ("Marketo", r"munchkin\.marketo\.net|\.mktoresp\.com"),
    ("Mailchimp", r"list-manage\.com|chimpstatic\.com"),
    ("Klaviyo", r"static\.klaviyo\.com"),
    ("ActiveCampaign", r"activehosted\.com|trackcmp\.net"),
    ("Constant Contact", r"constantcontact\.com/(?:d|optin)|ctctcdn\.com"),
    ("Intercom", r"widget\.intercom\.io|js\.intercomcdn\.com"),
    ("Drift", r"js\.driftt?\.com"),
    ("Zendesk", r"static\.zdassets\.com|assets\.zendesk\.com"),
    ("LiveChat", r"cdn\.livechatinc\.com"),
    ("Tawk.to", r"embed\.tawk\.to"),
    ("Calendly", r"assets\.calendly\.com|calendly\.com/"),
    ("Typeform", r"embed\.typeform\.com"),
    ("Stripe", r"js\.stripe\.com"),
    ("PayPal", r"paypal\.com/sdk/js|paypalobjects\.com"),
    # places
    ("Cloudflare", r"/cdn-cgi/|cdnjs\.cloudflare\.com"),
    ("Google Maps", r"maps\.google(?:apis)?\.com/maps"),
    ("Google Fonts", r"fonts\.googleapis\.com"),
    ("Font Awesome", r"font-?awesome|use\.fontawesome\.com"),
    ("reCAPTCHA", r"google\.com/recaptcha"),
    ("Cookiebot", r"consent\.cookiebot\.com"),
    ("OneTrust", r"cdn\.cookielaw\.org"),
)  # fmt: skip
_VARYING = re.compile(r"\(\?:[^()]*\)\??|\[[^\]]*\](?:\{[^}]*\}|[*+?])?|\\d[*+?]?|\\b|.\?")


def _fixed(pattern: str) -> tuple[str, ...]:
    """For each way to match the pattern the longest text that stands in every match: to look for it costs next to
    nothing."""
    ways = _VARYING.sub("\0", pattern).replace("\\", "").split("|")
    return tuple(max(way.split("\0"), key=len) for way in ways)


_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _SIGNATURES)
_FIXED = tuple((text, name) for name, pattern in _SIGNATURES for text in _fixed(pattern))
_MAX_MARKS = 30_000


def technologies(page: Page) -> tuple[Found, ...]:
    """The products found, in the order of the table; `snippet` is the mark."""
    marks = "\n".join(_marks(page))[:_MAX_MARKS]
    low = marks.lower()
    likely = {name for text, name in _FIXED if text in low}
    found = [
        Found("technology", name, snippet(marks, *match.span())[:240], "script", 0.9, page.url)
        for name, pattern in _PATTERNS
        if name in likely and (match := pattern.search(low))
    ]
    return unique(found, lambda one: one.value)


def _marks(page: Page) -> Iterator[str]:
    for name in ("generator", "csrf-param"):
        if value := page.meta.get(name):
            yield f"{name}:{value}"
    for node in page.tree.iter("script", "link", "iframe", "form", "input"):
        address = node.get("src") or node.get("href") or node.get("action")
        if address and not address.startswith("data:"):
            yield address[:300]
        elif node.tag == "script" and node.text and "json" not in (node.get("type") or ""):
            yield node.text[:800]
        elif node.tag == "input" and (node.get("name") or "").startswith("__"):
            yield node.get("name") or ""
    yield from (image.src[:120] for image in page.images[:20])
    yield page.source[:500]
