"""The board beside the sign-in form: invented companies, drawn at build time, out of everybody's reach."""

import reflex as rx

from leadboard.ui.components.marks import glyph, spinner
from leadboard.ui.display import Card, Person

ADA, BEN, CLARA = Person("AM", 0, "Ada Moreno"), Person("BO", 1, "Ben Oduya"), Person("CV", 2, "Clara Voss")


def _card(
    name: str, what: str, fit: int, value: str, place: str, who: Person, since: str, agent: str = "", percent: int = 0
) -> Card:
    band = "strong" if fit >= 70 else "fair"
    return Card(name, name, "", what, fit, band, value, who, place, since, agent=agent, percent=percent)


COLUMNS = (
    (
        "Analysis",
        "6",
        "€195k",
        (
            _card(
                "Vestland Spectro",
                "Spectrometers and software for food safety labs",
                82,
                "€64k",
                "Bergen, NO",
                BEN,
                "1 min",
                "Contact extraction",
                25,
            ),
            _card(
                "Brightwater Diagnostics",
                "Point-of-care tests for rural clinics",
                78,
                "€36k",
                "Aarhus, DK",
                ADA,
                "40 s",
                "Web research",
                17,
            ),
            _card(
                "Elbe Photonics",
                "Laser modules for small-batch lab instruments",
                73,
                "€48k",
                "Dresden, DE",
                ADA,
                "48 s",
                "Pain points",
                30,
            ),
            _card(
                "Ferrous & Field",
                "Soil sensors and lab analysis for growers",
                58,
                "€12k",
                "Bremen, DE",
                CLARA,
                "31 s",
                "Persona",
                11,
            ),
            _card(
                "Ilmen Trials",
                "Patient recruitment for clinical trials",
                57,
                "€19k",
                "Berlin, DE",
                CLARA,
                "20 s",
                "Company analysis",
                3,
            ),
            _card(
                "Acker Genetics",
                "Plant genotyping at field scale",
                47,
                "€16k",
                "Lund, SE",
                CLARA,
                "12 s",
                "Company analysis",
                3,
            ),
        ),
    ),
    (
        "Strategy",
        "3",
        "€101k",
        (
            _card(
                "Solvane",
                "Solvent recovery systems for chemical labs",
                76,
                "€54k",
                "Linz, AT",
                BEN,
                "now",
                "Plan of approach",
                80,
            ),
            _card(
                "Tessel Labware",
                "Reusable labware with tracked sterilisation",
                71,
                "€22k",
                "Graz, AT",
                CLARA,
                "3 min",
                "Strategy",
                63,
            ),
            _card(
                "Granit Metrology",
                "Calibration services for measuring devices",
                68,
                "€25k",
                "Bern, CH",
                BEN,
                "3 min",
                "Value propositions",
                53,
            ),
        ),
    ),
    (
        "Enriched",
        "412",
        "€11.4m",
        (
            _card(
                "Lumen Pathology", "Slide scanning and remote pathology reading", 84, "€72k", "Zürich, CH", ADA, "6 s"
            ),
            _card(
                "Rask Automation", "Pipetting robots for hospital laboratories", 86, "€58k", "Oslo, NO", ADA, "4 min"
            ),
            _card("Hollis Optics", "Lenses and cameras for digital microscopy", 79, "€66k", "Jena, DE", BEN, "18 min"),
            _card(
                "Cedar Immunology", "Antibody discovery for veterinary medicine", 74, "€34k", "Malmö, SE", ADA, "1 h"
            ),
            _card(
                "Onda Microfluidics",
                "Chip-based sample preparation for clinics",
                80,
                "€40k",
                "Lausanne, CH",
                ADA,
                "2 h",
            ),
            _card("Aurel Biosystems", "Cell counters for brewing and dairy labs", 76, "€70k", "Turku, FI", BEN, "2 h"),
        ),
    ),
)


def sample_board() -> rx.Component:
    """Three columns to look at; nothing in it can be reached by pointer, keyboard or screen reader."""
    return rx.el.div(
        *(
            rx.el.div(
                rx.el.div(
                    rx.el.span(title, class_name="column-title"),
                    rx.el.span(count),
                    rx.el.span(value, class_name="column-value"),
                    rx.el.span(glyph("more", "g-16"), class_name="btn icon ghost small"),
                    class_name="column-head",
                ),
                rx.el.div(*(_draw(card, card.name == "Solvane") for card in cards), class_name="cards"),
                class_name="column",
            )
            for title, count, value, cards in COLUMNS
        ),
        class_name="door-board",
        aria_hidden="true",
        custom_attrs={"inert": ""},
    )


def _draw(card: Card, changed: bool) -> rx.Component:
    working = (
        rx.el.div(spinner(), rx.el.span(card.agent), rx.el.span(f"{card.percent}%"), class_name="card-work"),
        rx.el.span(rx.el.i(style={"transform": f"scaleX({card.percent / 100})"}), class_name="bar"),
    )
    return rx.el.div(
        rx.el.span(card.name, class_name="card-name cut"),
        rx.el.span(rx.el.i(), str(card.fit), class_name=f"chip fit {card.band}"),
        rx.el.p(card.what, class_name="card-what"),
        *(working if card.agent else ()),
        rx.el.div(
            rx.el.span(card.owner.initials, class_name=f"person hue-{card.owner.hue}"),
            rx.el.span(card.value, class_name="card-value"),
            rx.el.span(card.place, class_name="cut"),
            rx.el.span(glyph("clock"), card.since, class_name="since"),
            class_name="card-foot",
        ),
        class_name="card changed" if changed else "card",
    )
