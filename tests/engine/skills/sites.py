"""Websites of agencies that do not exist, as small as they can be and as untidy as real ones are."""

from collections.abc import Mapping
from datetime import date

from leadboard.domain.site import read_page
from leadboard.engine.skills.base import Context
from leadboard.engine.skills.parse_website import Website, page_content
from leadboard.engine.skills.shapes import PageContent

TODAY = Context(date(2026, 11, 22))

Site = Mapping[str, str]
"""Path of a page -> its HTML."""


def page(title: str, main: str, name: str = "Tidewater") -> str:
    """A page with the menu, logo and footer that every page of the site has."""
    return f"""<!doctype html><html lang="en"><head><title>{title}</title>
    <meta property="og:site_name" content="{name}"></head><body>
    <header><a href="/"><img src="/img/logo.svg" alt="{name} logo"></a>
    <nav><a href="/">Home</a><a href="/about">About</a><a href="/services">Services</a><a href="/work">Work</a>
    <a href="/contact">Contact</a></nav></header><main>{main}</main>
    <footer><p>© 2026 {name} Pty Ltd. All rights reserved.</p><img src="/img/fb.png" alt="Facebook">
    <img src="/img/google-partner.png" alt="Google Partner badge"></footer></body></html>"""


def read(site: Site, url: str = "https://www.tidewater.com.au") -> tuple[PageContent, ...]:
    """The pages of a site as the first skill gives them."""
    return tuple(page_content(read_page(html, url + path)) for path, html in site.items())


def website(site: Site, url: str = "https://www.tidewater.com.au") -> Website:
    """A site as the first skill is given it."""
    (first, html), *others = site.items()
    return Website(
        url=url + first,
        html=html,
        page_urls=tuple(url + path for path, _ in others),
        page_html=tuple(html for _, html in others),
    )


CLIENTS = {
    "Harbourview Dental", "Redgum Physiotherapy", "Kestrel Logistics", "Silverline Roofing", "Bayside Orthodontics",
    "Corella Aged Care", "Wattle Legal", "Mallee Grain", "Northpoint Medical Centre", "Dunes Resort",
    "Ironbark Engineering", "Lantern Education",
}  # fmt: skip
"""Everybody whom `PORTFOLIO` names as a client."""

PORTFOLIO: Site = {
    "/": page(
        "Tidewater | Digital marketing in Perth",
        """
        <h1>Digital marketing that pays its way</h1>
        <p>We help medical practices and local businesses in Western Australia get found. Over 140 happy clients.</p>
        <section class="logo-strip"><h2>Trusted by</h2>
          <img src="/img/hv.png" alt="Harbourview Dental logo">
          <img src="/img/rg.png" alt="Logo of Redgum Physiotherapy">
          <img src="/img/ks.png" alt="Kestrel Logistics"><img src="/img/mg.svg" alt="mallee-grain.svg" title="x">
          <img src="/img/award.png" alt="Australian Web Awards 2024 winner">
          <img src="/img/meta.png" alt="Meta Business Partner">
        </section>
        <section class="testimonials"><h2>What our clients say</h2>
          <blockquote><p>“Enquiries doubled in the first quarter and they have not dropped since.”</p>
            <footer>Helen Marsh, Practice Manager, Bayside Orthodontics</footer></blockquote>
          <div class="testimonial"><p>"They answer the phone, they keep their word and our site finally works."</p>
            <p>Paul Green</p><p>Director, Silverline Roofing</p></div>
        </section>""",
    ),
    "/work": page(
        "Our work | Tidewater",
        """
        <h1>Our work</h1>
        <div class="case-study-card"><h3><a href="/case-studies/corella-aged-care">Corella Aged Care</a></h3>
          <p>A nursing home group with nine houses.</p><a href="/case-studies/corella-aged-care">Read more</a></div>
        <div class="case-study-card">
          <h3><a href="/case-studies/wattle-legal">How a law firm won 60% more matters</a></h3></div>
        <h2>More of our clients</h2>
        <ul><li>Northpoint Medical Centre</li><li>Dunes Resort</li><li>Ironbark Engineering</li>
          <li>Harbourview Dental</li></ul>""",
    ),
    "/case-studies/corella-aged-care": page(
        "Corella Aged Care | Tidewater",
        """
        <h1>Case study: Corella Aged Care</h1><p>Industry: Aged care and health services</p>
        <p>Corella Aged Care runs nine nursing homes in Australia and wanted families to find them sooner.</p>
        <p>Enquiries increased by 85% within six months.</p>""",
    ),
    "/case-studies/lantern-education": page(
        "Lantern Education | Tidewater",
        """
        <h1>Case study: Lantern Education</h1>
        <p>A school for adults that teaches English in three cities.</p>""",
    ),
    "/services": page(
        "Services | Tidewater",
        """
        <h1>Our services</h1><h2>SEO</h2><p>Be found by the people who look for what you do, in your own suburb.</p>
        <h2>Google Ads</h2><p>Campaigns that are paid by what they bring, with a report that you can read.</p>
        <h2>Website design</h2><p>Fast websites with online booking that are easy to keep up to date.</p>""",
    ),
}

SPECIALIST: Site = {
    "/": page(
        "Tidewater",
        "<h1>Marketing for clinics</h1><p>We help clinics grow. "
        + "Every week we look at what the week before has brought, and change what did not work. " * 3
        + "</p><h2>Our clients</h2><ul>"
        + "".join(
            f"<li>{name}</li>"
            for name in (
                "Harbourview Dental", "Redgum Physiotherapy", "Bayside Orthodontics", "Pearl Dental Clinic",
                "Corella Hospital", "Northpoint Medical Centre", "Eastgate Veterinary", "Lakeside Optometry",
                "Wattle Legal", "Silverline Roofing",
            )
        )
        + "</ul>",
    )
}  # fmt: skip
"""Eight of ten clients are in healthcare."""

PEOPLE = (
    "Ann Miller", "Ben Carter", "Clara Jones", "David Novak", "Emma Lewis", "Frank Moore", "Grace Kelly",
    "Henry Adams", "Isabel Romero", "Jack Turner", "Karen Walsh", "Liam Byrne", "Maria Silva", "Noah Fischer",
)  # fmt: skip
TITLES = ("Managing Director", "Account Manager", "Designer", "Developer", "SEO Specialist", "Copywriter", "Producer")

TEAM: Site = {
    "/about": page(
        "About us | Tidewater",
        """<h1>About us</h1><p>Founded in 2011, we are at home by the sea.</p>
        <address>12 Marine Parade, Cottesloe WA 6011</address>
        <blockquote>"The best agency we ever had, and we have had many of them by now."</blockquote>
        <p>Rose Hunter, CEO, Kestrel Logistics</p>""",
    ),
    "/team": page(
        "Our team | Tidewater",
        "<h1>Meet the team</h1>"
        + "".join(
            f'<div class="member"><img src="/p/{at}.jpg" alt="{name}">'
            f"<h3>{name}</h3><p>{TITLES[at % len(TITLES)]}</p></div>"
            for at, name in enumerate(PEOPLE)
        ),
    ),
}
"""Fourteen people, and a customer who is none of them."""

OTHER_CLIENTS = {
    "Fenwick & Sons", "Aurora Hotels", "Quillfeather Books", "Stonebridge Bank", "Pinecrest School", "Halyard Marine",
    "Morrow Foods", "Cobalt Energy", "Larkspur Florist", "Tessellate", "Ardent Motors", "Grovewood Farm",
}  # fmt: skip
"""Everybody whom `OTHER_PORTFOLIO` names as a client."""

OTHER_PORTFOLIO: Site = {
    "/": page(
        "Plumb Line Studio - brand and web design",
        """
        <div class="hero"><img src="/img/hero.jpg" alt="People around a table"><h1>Design with a plumb line</h1></div>
        <div class="wp-block-group clients"><h2>Brands we have worked with</h2><div class="clients__row">
          <a href="https://www.fenwickandsons.co.uk">
            <img class="clients__logo" src="/up/1.png" alt="Fenwick &amp; Sons"></a>
          <a href="https://aurora-hotels.com"><img class="clients__logo" src="/up/2.png" alt="Aurora Hotels"></a>
          <img class="clients__logo" src="/up/3.png" alt="Quillfeather Books Logo">
          <img class="clients__logo" src="/up/4.png" alt="Client: Stonebridge Bank"></div></div>
        <div class="press"><h2>As seen in</h2>
          <img src="/up/9.png" alt="Forbes"><img src="/up/10.png" alt="The Guardian"></div>
        <div class="partners"><h2>Technology partners</h2>
          <img src="/up/11.png" alt="Shopify"><img src="/up/12.png" alt="HubSpot"></div>
        """,
        "Plumb Line Studio",
    ),
    "/portfolio": page(
        "Portfolio – Plumb Line Studio",
        """
        <h1>Portfolio</h1>
        <figure class="portfolio-item"><img src="/p/1.jpg" alt="Pinecrest School logo">
          <figcaption>Identity</figcaption></figure>
        <figure class="portfolio-item"><img src="/p/2.jpg" alt="Halyard Marine logo">
          <figcaption>Website</figcaption></figure>
        <a href="/case-studies/morrow-foods/">Morrow Foods</a>
        <a href="/case-studies/cobalt-energy/">A new face for an old grid</a>
        """,
        "Plumb Line Studio",
    ),
    "/testimonials": page(
        "Testimonials – Plumb Line Studio",
        """
        <h1>Testimonials</h1>
        <blockquote>“They listened, they drew, and the third draft was better than anything we had hoped for.”
          <cite>Laura Bennett, Owner, Larkspur Florist</cite></blockquote>
        <div class="quote"><p>“Our sign-ups rose by 32% in the month after the launch of the new pages.”</p>
          <p class="name">Martin Reyes</p><p class="role">Head of Growth, Tessellate</p></div>
        <div class="testimonial-card"><p>“Straight answers, fair prices, and a website that our buyers can use.”</p>
          <p><strong>Sophie Clark</strong></p><p>Marketing Manager at Ardent Motors</p></div>
        <div class="testimonial-card"><p>“We would work with them again tomorrow, and we probably will as well.”</p>
          <p>George Hill – Farm Manager, Grovewood Farm</p></div>
        """,
        "Plumb Line Studio",
    ),
}

UNSEEN_CLIENTS = {
    "The Gannet Inn", "Seven Oaks Hotel", "Brae House", "Casa Verde", "Hotel Mirador", "Old Mill Lodge",
    "Lakeview Resort", "Riad Zitoun", "Alpenhof", "Villa Serena", "Pier Nine", "Hotel Okavango",
}  # fmt: skip
"""Everybody whom `UNSEEN_PORTFOLIO` names as a client."""

UNSEEN_PORTFOLIO: Site = {
    "/": page(
        "Northlight — growth partner",
        """
        <h1>The growth partner for independent hotels</h1>
        <p>Northlight is a consultancy for independent hotels and inns.</p>
        <section class="logos"><h3>They trust us</h3><ul>
          <li><img src="a.webp" alt="The Gannet Inn"></li><li><img src="b.webp" alt="Seven Oaks Hotel logo"></li>
          <li><img src="c.webp" alt="Logo: Brae House"></li><li><img src="d.webp" alt="casa-verde-logo.png"></li>
        </ul></section>
        <section class="stories"><h2>Success stories</h2>
          <article class="story"><h3>Hotel Mirador</h3><p>Direct bookings up 48% in a year.</p>
            <a href="/success-stories/hotel-mirador">Read the story</a></article>
          <article class="story"><h3>From empty to full</h3>
            <a href="/success-stories/old-mill-lodge">Read the story</a></article></section>
        <section class="reviews"><h2>Kind words</h2>
          <p class="quote">“They know hotels from the inside, and it shows in everything they do.”</p>
          <p>Nina Petrov, General Manager, Lakeview Resort</p>
          <p class="quote">“We pay less to the portals every month, which is all that I ever asked for.”</p>
          <p>— Omar Haddad, Owner of Riad Zitoun</p></section>
        <h2>Some of our clients</h2>
        <table><tr><td>Alpenhof</td><td>Villa Serena</td></tr><tr><td>Pier Nine</td><td>Hotel Mirador</td></tr>
          <tr><td>Hotel Okavango</td></tr></table>
        <h2>Memberships</h2><img src="m.png" alt="Tourism Council member">
        <h2>Services</h2><ul><li>Revenue management</li><li>Distribution strategy</li></ul>""",
        "Northlight",
    )
}
"""Written when the rules stood, and they were left as they were: one client is missed."""
