"""What companies struggle with, the words that show it on their own pages, and what to ask about it.

A pain counts only where its words stand; being usual in the sector makes it surer, never present.
"""

from dataclasses import dataclass

from leadboard.domain.vocabulary.lexicon import Lexicon, phrases
from leadboard.domain.words import word_set


@dataclass(frozen=True, slots=True)
class Pain:
    """A pain: what the words show, what it costs, what to ask, and the words of an offer that helps.

    `weight` is how pressing it is, 1 to 3; `sectors` are the industries where it is usual. A `bound` one exists only in
    these: a dentist who customises is no workshop.
    """

    key: str
    category: str
    words: str
    shows: str
    impact: str
    question: str
    helps: str
    weight: int
    sectors: frozenset[str] = frozenset()
    bound: bool = False


PAINS: tuple[Pain, ...] = (
    Pain(
        "growth",
        "growth",
        """
            growing team, rapidly growing, fast growing, fastest growing, we are growing, we re growing, expanding
            our, expansion, scale up, scaling up, rapid growth
        """,
        "They are growing",
        "What worked at a smaller size gets slow first: hand-overs, tools, reporting.",
        "What breaks first when you take on more work?",
        "scale growth crm automation recruiting hiring finance reporting",
        2,
        word_set("saas technology ecommerce healthcare"),
    ),
    Pain(
        "manual_work",
        "paperwork",
        """
            manually, manual process, manual processes, paperwork, fax your order, fax us your, print and fax, print
            and mail, spreadsheets, spreadsheet, print this form, printable form, mail in form
        """,
        "Part of the work runs on paper or by hand",
        "Every hand-over on paper costs time and brings errors.",
        "Which steps does somebody still type or print twice?",
        "automation workflow documents integration",
        2,
        word_set("logistics finance legal government manufacturing healthcare"),
    ),
    Pain(
        "availability",
        "availability",
        """
            24 7, 24 hours a day, 24 hour service, 24 hour emergency, open 24 hours, emergency service, emergency
            services, emergency repair, emergency repairs, emergency dentistry, round the clock, after hours, same
            day service, same day appointments, emergency call
        """,
        "They promise help at short notice",
        "A call that nobody takes is a job for somebody else.",
        "What happens to a call that comes in after hours?",
        "call answering phone dispatch scheduling chat telephony booking",
        2,
        word_set("construction healthcare automotive"),
    ),
    Pain(
        "enquiries",
        "enquiries",
        """
            free quote, free quotes, free estimate, free estimates, request a quote, get a quote, request an
            estimate, free consultation, request an appointment, schedule a consultation, book a consultation,
            request a demo, book a demo, request a callback
        """,
        "They win work by enquiries from the website",
        "An enquiry goes to whoever answers it first.",
        "How long does an enquiry wait for its first answer today?",
        "crm marketing lead leads sales quoting website advertising seo campaign outreach booking",
        1,
        word_set("construction legal professional_services saas real_estate"),
    ),
    Pain(
        "turnaround",
        "deadlines",
        """
            fast turnaround, quick turnaround, on time, tight deadlines, next day delivery, same day delivery, same
            day shipping, rush orders, short lead times
        """,
        "They promise short deadlines",
        "One late job costs the promise, and planning leaves no slack.",
        "Where does a job lose most time between order and delivery?",
        "planning scheduling logistics automation production delivery fulfilment",
        1,
        word_set("logistics manufacturing professional_services ecommerce"),
    ),
    Pain(
        "compliance",
        "compliance",
        """
            iso 9001, iso 13485, iso 27001, iso 14001, hipaa, gdpr, fda approved, fda registered, soc 2, osha,
            licensed and insured, licensed bonded and insured, fully licensed, fully insured, accredited,
            regulatory, compliance, board certified
        """,
        "They rely on licences and certificates",
        "A lapsed licence or a failed audit stops work.",
        "Who keeps track of licences and certificates, and when they run out?",
        "compliance audit certification document legal quality insurance training security",
        1,
        word_set("healthcare finance legal construction energy manufacturing"),
    ),
    Pain(
        "price",
        "price pressure",
        """
            competitive prices, competitive pricing, competitively priced, lowest prices, lowest price, price match,
            best prices, low prices, unbeatable prices, affordable prices, affordable rates, wholesale prices, fixed
            price, price guarantee
        """,
        "They compete on price",
        "Margins are thin, so each extra hour shows.",
        "Where does cost grow that customers do not pay for?",
        "cost savings procurement efficiency automation pricing energy finance sourcing",
        1,
        word_set("retail ecommerce construction automotive travel"),
    ),
    Pain(
        "season",
        "seasons",
        """
            seasonal, storm season, peak season, busy season, tax season, holiday season, winter months, summer
            months, off season
        """,
        "Their work comes in seasons",
        "Peaks overload the team, quiet months still cost.",
        "How do you get through the peak, and what fills the quiet months?",
        "staffing planning forecast marketing temporary scheduling",
        1,
        word_set("construction travel hospitality retail agriculture"),
    ),
    Pain(
        "supply",
        "stock and delivery",
        """
            supply chain, in stock, out of stock, back order, backorder, ships worldwide, worldwide shipping, free
            shipping, inventory, import and export
        """,
        "They depend on stock and delivery",
        "What is not in stock is not sold.",
        "Which items run out, and how early do you see it?",
        "inventory logistics supply warehouse shipping procurement forecast fulfilment erp",
        1,
        word_set("retail ecommerce manufacturing logistics food_beverage"),
        bound=True,
    ),
    Pain(
        "reputation",
        "reputation",
        """
            word of mouth, referrals, referral, satisfied customers, happy customers, customer reviews, read our
            reviews, leave a review, customer satisfaction, recommended by
        """,
        "They live on recommendations",
        "New work depends on customers who speak up by themselves.",
        "How much of your new work comes by recommendation, and what brings the rest?",
        "reviews marketing referral reputation customer survey crm loyalty",
        1,
        word_set("construction healthcare professional_services hospitality food_beverage automotive"),
    ),
    Pain(
        "several_places",
        "several places",
        """
            multiple locations, our locations, several locations, nationwide, across the country, our branches, our
            offices, regional offices, offices in, stores in, showrooms
        """,
        "They work in several places",
        "Prices, stock and service drift apart between places.",
        "What does each location still do in its own way?",
        "coordination communication logistics reporting training collaboration",
        1,
        word_set("retail logistics healthcare hospitality professional_services"),
    ),
    Pain(
        "custom_work",
        "custom work",
        """
            custom made, bespoke, tailor made, made to measure, made to order, custom designed, customized,
            customised, handcrafted, one of a kind
        """,
        "Every order is different",
        "Each order needs its own quote, drawing and follow-up.",
        "How many hours go into an order before it is won?",
        "quoting configuration crm planning automation",
        1,
        word_set("manufacturing construction retail ecommerce"),
        bound=True,
    ),
    Pain(
        "confidential_data",
        "confidential",
        """
            data protection, data security, confidential, confidentiality, patient records, sensitive data,
            encryption, personal data, fraud
        """,
        "They handle confidential data",
        "One leak costs more trust than years have built.",
        "Who may see customer data today, and how would you notice misuse?",
        "security privacy encryption backup compliance access cyber insurance",
        1,
        word_set("finance legal healthcare saas government"),
    ),
)

PAIN_BY_KEY = {pain.key: pain for pain in PAINS}

LEXICON = Lexicon({pain.key: phrases(pain.words) for pain in PAINS})

STAFFING = Pain(
    "staffing",
    "staffing",
    "",
    "They are looking for people",
    "Until a role is filled, its work waits or falls to others.",
    "Who does the work until the role is filled?",
    "recruiting recruitment staffing hiring talent training automation outsourcing onboarding hr",
    3,
)
"""Rests on an open role rather than on words."""
