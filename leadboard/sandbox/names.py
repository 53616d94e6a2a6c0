"""The words of the demo world: how its companies and people are called, where they are, and what each trade says."""

from dataclasses import dataclass

from leadboard.domain.vocabulary.lexicon import phrases


def _each(text: str) -> tuple[str, ...]:
    """The words of a table's cell."""
    return tuple(text.split())


FRONTS = _each(
    "Alder Amber Ash Birch Bracken Bramble Bright Brook Cedar Clover Copper Coral Corn Elder Ember Fair Fern Flint Fox "
    "Frost Gold Green Hart Hazel Heath Holly Iron Ivy Kestrel Lark Linden Maple Marsh Mill Moor Moss North Oak Orchard "
    "Otter Pebble Quarry Raven Reed River Rowan Sage Silver Slate Sparrow Spring Stone Swan Thistle Thorn Umber Vale "
    "Wheat Willow Wren Yarrow"
)
BACKS = _each(
    "well field ley combe ford wick mere holt brook gate stead bury dale croft haven ridge side moor shaw worth bourne "
    "cliffe garth lock marsh"
)
"""Halves of names that no company has to be called by: "Brightwell", "Fernmere"."""


def _by_country(**texts: str) -> dict[str, tuple[str, ...]]:
    return {country: _each(text) for country, text in texts.items()}


FIRST_NAMES = _by_country(
    GB="Aisha Alistair Amelia Callum Ceri Daniel Ellen Farah Fergus Gareth Hannah Imogen Jamal Joanna Kieran Lucy "
    "Marcus Megan Nadia Oliver Priya Rhys Rosie Samir Saskia Tamsin Tobias Victoria Yusuf Zara",
    US="Aaron Alicia Brandon Caleb Carmen Dana Derek Elena Evan Gabriela Grant Hailey Isaac Jasmine Jordan Kayla "
    "Logan Maria Mason Naomi Nolan Olivia Paige Quentin Renee Sierra Tyler Valerie Wesley Ximena",
    AU="Angus Bronte Chloe Darcy Eliza Finn Georgia Hamish Indi Jack Kirra Lachlan Matilda Noah Piper Ruby Sienna "
    "Tahlia Toby Zoe",
    DE="Anja Bastian Birgit Carsten Dorothea Emil Franziska Gregor Heike Ingrid Jonas Katrin Lukas Maren Nils Petra "
    "Rainer Sabine Thorsten Ulrike",
    FR="Adrien Bastien Camille Clara Elise Fabien Gaspard Helene Julien Lea Margaux Mathis Noemie Olivier Pauline "
    "Remi Solene Thibault Valentin Yasmine",
)
LAST_NAMES = _by_country(
    GB="Abernathy Ashdown Bellweather Blackmore Bramhall Cartwright Chaudhry Copplestone Dunmore Eastwick "
    "Fairbrother Greenhalgh Hathersage Iqbal Jessop Kirkbride Langthorne Mainwaring Nettleship Okonjo Penhaligon "
    "Quayle Ravenscroft Sandringham Thistlewood Underhill Venables Whitcombe Yardley Zaheer",
    US="Alvarado Bannister Calloway Delacruz Ellsworth Farnsworth Goldblum Hargrove Ibarra Jamison Kowalczyk "
    "Lockhart Montoya Nakagawa Ostrander Pemberton Quintero Redfield Stanhope Trevino Underwood Villanueva Westbrook "
    "Yamada Zimmer",
    AU="Attwood Billabury Carmody Drysdale Eaglehawk Farquhar Gundry Hollingworth Kellaway Lonsdale McAllan Nguyen "
    "Oxenford Pascoe Quigley Rafferty Stradbroke Tranter Wattleby Yarraby",
    DE="Ackermann Birkenfeld Diekmann Eichhorst Falkenberg Grünwald Hasselbach Immendorf Kesselring Lindenau "
    "Morgenthal Niehaus Osterkamp Pfefferkorn Quandtmann Rosenhagen Steinbrück Tannhoff Vogelsang Wiesengrund",
    FR="Aubertin Beaurivage Chastelain Delacourt Escoffet Fontanel Grandval Hautecoeur Jourdain Lavoisin "
    "Montclair Noirmont Pelletan Quesnel Rochambel Sauvigny Tournelle Valcourt",
)


@dataclass(frozen=True, slots=True)
class City:
    """A town with where it lies, how its postcodes look (`#` a digit, `@` a letter) and the block of numbers that its
    country keeps for fiction (E.164, `#` a digit). `relation` is its number on the demo world's map."""

    name: str
    region: str
    country: str
    postcode: str
    latitude: float
    longitude: float
    phone: str
    relation: int


def _city(relation: int, said: str) -> City:
    name, region, country, postcode, latitude, longitude, phone = (part.strip() for part in said.split("|"))
    return City(name, region, country, postcode, float(latitude), float(longitude), phone, 9_000_000 + relation)


CITIES: dict[str, City] = {
    city.name: city
    for number, line in enumerate(
        """
        Manchester | England | GB | M# #@@ | 53.4795 | -2.2451 | +441614960###
        London | England | GB | EC#A #@@ | 51.5074 | -0.1278 | +442079460###
        Leeds | England | GB | LS# #@@ | 53.7974 | -1.5438 | +441134960###
        Bristol | England | GB | BS# #@@ | 51.4538 | -2.5918 | +441174960###
        Birmingham | England | GB | B## #@@ | 52.4796 | -1.9026 | +441214960###
        Edinburgh | Scotland | GB | EH# #@@ | 55.9533 | -3.1883 | +441314960###
        New York | New York | US | 100## | 40.7128 | -74.0060 | +121255501##
        Austin | Texas | US | 787## | 30.2672 | -97.7431 | +151255501##
        Portland | Oregon | US | 972## | 45.5152 | -122.6784 | +150355501##
        Boston | Massachusetts | US | 021## | 42.3601 | -71.0589 | +161755501##
        Denver | Colorado | US | 802## | 39.7392 | -104.9903 | +130355501##
        San Francisco | California | US | 941## | 37.7749 | -122.4194 | +141555501##
        Sydney | New South Wales | AU | 20## | -33.8688 | 151.2093 | +6125550####
        Melbourne | Victoria | AU | 30## | -37.8136 | 144.9631 | +6135550####
        Brisbane | Queensland | AU | 40## | -27.4698 | 153.0251 | +6175550####
        Berlin | Berlin | DE | 101## | 52.5200 | 13.4050 | +493023125###
        Hamburg | Hamburg | DE | 203## | 53.5511 | 9.9937 | +494066969###
        Munich | Bavaria | DE | 803## | 48.1351 | 11.5820 | +498999998###
        Paris | Île-de-France | FR | 750## | 48.8566 | 2.3522 | +3319900####
        Lyon | Auvergne-Rhône-Alpes | FR | 690## | 45.7640 | 4.8357 | +33465714###
        """.strip().splitlines()
    )
    for city in [_city(number, line)]
}

STREETS = {
    "GB": phrases(
        "Albion Street, Canal Row, Chapel Lane, Cooper Street, Dale Street, Foundry Lane, Granary Yard, Mill Lane, "
        "Oldham Walk, Quay Street, Station Road, Tanners Court, Thomas Street, Weavers Row"
    ),
    "US": phrases(
        "Alder Street, Bayview Avenue, Cedar Street, Congress Road, Division Street, Elm Avenue, Harbor Street, "
        "Lakeshore Drive, Market Street, Oak Avenue, Prospect Street, Union Avenue"
    ),
    "AU": phrases(
        "Acacia Street, Banksia Lane, Collingwood Road, Dockside Parade, Flinders Road, Jetty Street, King Street, "
        "Lygon Lane, Market Parade, Wattle Street"
    ),
    "DE": phrases(
        "Ahornstraße, Bahnhofstraße, Gartenstraße, Hafenstraße, Lindenstraße, Mühlenweg, Schillerstraße, Werkstraße"
    ),
    "FR": phrases("rue de la Gare, rue des Lilas, rue du Moulin, avenue des Tilleuls, quai des Tanneurs, rue Pasteur"),
}

LEGAL = {"GB": ("Ltd", "Limited"), "US": ("Inc.", "LLC"), "AU": ("Pty Ltd",), "DE": ("GmbH",), "FR": ("SAS", "SARL")}
REGION_CODES = {
    "New York": "NY",
    "Texas": "TX",
    "Oregon": "OR",
    "Massachusetts": "MA",
    "Colorado": "CO",
    "California": "CA",
    "New South Wales": "NSW",
    "Victoria": "VIC",
    "Queensland": "QLD",
}
"""Regions as their countries shorten them."""


@dataclass(frozen=True, slots=True)
class Sector:
    """A kind of company. `industry` and `trade` are those of `vocabulary.industries`, `kind` a name of
    `vocabulary.trades` ("" where it has none); `called` ends its names; `leads` are titles of who runs it, `staff`
    those of everybody else; `size` its headcount; `hiring`, `code` and `funded` are shares of such companies that have
    open roles, publish code and took money."""

    key: str
    industry: str
    trade: str
    kind: str
    called: tuple[str, ...]
    about: str
    specialities: tuple[str, ...]
    leads: tuple[str, ...]
    staff: tuple[str, ...]
    size: tuple[int, int]
    technologies: tuple[str, ...]
    roles: tuple[str, ...]
    hiring: float = 0.25
    code: float = 0.0
    funded: float = 0.0

    @property
    def local(self) -> bool:
        """Whether people walk in: such a business stands on maps."""
        return self.size[1] <= 60


def _sector(key: str, trade: str, kind: str, size: tuple[int, int], *said: str, **shares: float) -> Sector:
    industry, _, trade = trade.partition("/")
    called, about, specialities, leads, staff, technologies, roles = said
    return Sector(
        *(key, industry, trade, kind, phrases(called), about, phrases(specialities), phrases(leads), phrases(staff)),
        *(size, phrases(technologies), phrases(roles)),
        **shares,
    )


_OWNERS = "Owner, Founder, Co-Founder, Managing Director"
_PARTNERS = "Managing Partner, Founding Partner, Partner, Director"
_CHIEFS = "Chief Executive Officer, Founder and CEO, Co-Founder and CEO"
_SHOP_TECH = "Google Analytics, WordPress, Square, Mailchimp"
_FIRM_TECH = "Google Analytics, WordPress, Microsoft 365, HubSpot"
_SOFT_STAFF = (
    "Chief Technology Officer, VP Sales, Head of Marketing, Head of Product, VP Engineering, Head of Customer Success, "
    "Chief Financial Officer, Sales Manager, People Operations Manager, Senior Software Engineer"
)
_SOFT_TECH = "AWS, HubSpot, Google Analytics, Intercom, Stripe, Cloudflare, React, Segment"
_SOFT_ROLES = "Account Executive, Backend Engineer, Product Designer, Customer Success Manager, Sales Development Lead"
_WORKS_STAFF = (
    "Operations Director, Head of Sales, Production Manager, Purchasing Manager, Quality Manager, Finance Director, "
    "Export Sales Manager"
)

SECTORS: dict[str, Sector] = {
    sector.key: sector
    for sector in (
        _sector(
            *("cafe", "food_beverage/Restaurants", "Coffee shop", (4, 28)),
            "Coffee, Coffee House, Café, Coffee Co, Espresso Bar, Tea Room",
            "an independent coffee shop serving speciality coffee, brunch and cakes baked next door",
            "Speciality coffee, Brunch and lunch, Cakes and bakes, Office catering, Loose leaf tea, Private hire, "
            "Barista classes",
            _OWNERS,
            "Head Barista, Operations Manager, Café Manager, Head Baker, Events Manager",
            *(_SHOP_TECH, "Barista, Assistant Café Manager, Weekend Baker"),
        ),
        _sector(
            *("roaster", "food_beverage/Brewery and winery", "Coffee roaster", (6, 45)),
            "Roasters, Roastery, Coffee Roasters",
            "a coffee roaster that supplies cafés, restaurants and offices with freshly roasted beans",
            "Wholesale coffee beans, Single origin roasts, Coffee subscriptions, Espresso machine leasing, "
            "Barista training, White label roasting",
            _OWNERS,
            "Head Roaster, Head of Wholesale, Operations Manager, Green Coffee Buyer, Marketing Manager",
            *("Shopify, Klaviyo, Google Analytics, Stripe", "Wholesale Account Manager, Production Roaster"),
            hiring=0.4,
        ),
        _sector(
            *("bakery", "food_beverage/Bakery", "Bakery", (5, 40)),
            "Bakery, Bakehouse, Bread Co, Pâtisserie",
            "a family bakery making sourdough bread, pastries and celebration cakes by hand",
            "Sourdough bread, Wedding cakes, Pastries, Wholesale bread, Gluten-free baking, Baking courses",
            _OWNERS,
            "Head Baker, Bakery Manager, Wholesale Manager, Pastry Chef",
            *(_SHOP_TECH, "Night Baker, Delivery Driver, Pastry Chef"),
        ),
        _sector(
            *("dentist", "healthcare/Dental care", "Dentist", (6, 40)),
            "Dental, Dental Practice, Dental Care, Smile Clinic, Orthodontics",
            "a dental practice offering general, cosmetic and implant dentistry for the whole family",
            "Dental implants, Teeth whitening, Orthodontics, Emergency dentistry, Children's dentistry, Root canal "
            "treatment, Hygienist appointments",
            "Principal Dentist, Practice Owner, Clinical Director",
            "Practice Manager, Orthodontist, Dental Hygienist, Treatment Coordinator, Associate Dentist",
            *("WordPress, Google Analytics, Dentally, Mailchimp", "Dental Nurse, Associate Dentist, Receptionist"),
            hiring=0.4,
        ),
        _sector(
            *("physio", "healthcare/Physiotherapy", "Physiotherapist", (3, 25)),
            "Physio, Physiotherapy, Sports Therapy, Osteopathy",
            "a physiotherapy clinic treating back pain, sports injuries and recovery after surgery",
            "Physiotherapy, Sports massage, Post-surgery rehabilitation, Acupuncture, Clinical Pilates, Workplace "
            "assessments",
            "Clinic Director, Founder, Principal Physiotherapist",
            "Senior Physiotherapist, Practice Manager, Sports Therapist, Rehabilitation Lead",
            *("WordPress, Cliniko, Google Analytics", "Physiotherapist, Front Desk Coordinator"),
        ),
        _sector(
            *("vet", "healthcare/Veterinary care", "Vet", (6, 40)),
            "Vets, Veterinary Clinic, Animal Hospital",
            "an independent veterinary clinic caring for dogs, cats and small animals",
            "Vaccinations, Pet dentistry, Soft tissue surgery, Puppy plans, Out-of-hours emergencies, Digital X-ray",
            "Clinical Director, Practice Owner, Veterinary Surgeon and Owner",
            "Practice Manager, Head Nurse, Veterinary Surgeon, Client Care Manager",
            *(_SHOP_TECH, "Veterinary Nurse, Veterinary Surgeon"),
            hiring=0.35,
        ),
        _sector(
            *("gym", "media_entertainment/Sports and leisure", "Gym", (4, 45)),
            "Fitness, Gym, Strength Club, Training Rooms",
            "an independent gym with small group classes, personal training and a proper free weights floor",
            "Personal training, Group classes, Strength coaching, Nutrition coaching, Corporate memberships, Spin "
            "studio",
            _OWNERS,
            "Head Coach, Gym Manager, Membership Manager, Studio Manager",
            *("Mindbody, Google Analytics, Meta Pixel, WordPress", "Personal Trainer, Front of House Lead"),
        ),
        _sector(
            *("hotel", "hospitality/Hotels", "Hotel", (12, 60)),
            "Hotel, House Hotel, Inn, Lodge",
            "a boutique hotel with individually designed guest rooms, a restaurant and space for small weddings",
            "Guest rooms, Weddings, Meeting rooms, Restaurant and bar, Afternoon tea, Long stays",
            "General Manager, Owner, Managing Director",
            "Head of Sales, Events Manager, Front of House Manager, Revenue Manager, Head Chef",
            *("Cloudbeds, Google Analytics, Mailchimp, WordPress", "Night Porter, Events Coordinator, Sous Chef"),
            hiring=0.45,
        ),
        _sector(
            *("estate", "real_estate/", "Estate agent", (4, 40)),
            "Homes, Property, Estate Agents, Residential",
            "an independent estate agent helping people sell, let and buy homes in the area",
            "Residential sales, Lettings, Property management, Free valuations, Landlord services",
            _OWNERS,
            "Sales Director, Lettings Manager, Branch Manager, Senior Valuer, Property Manager",
            *("WordPress, Rightmove, Google Analytics, HubSpot", "Lettings Negotiator, Sales Negotiator"),
        ),
        _sector(
            *("trade", "construction/Plumbing", "Plumber", (3, 35)),
            "Plumbing, Plumbing and Heating, Drainage",
            "a plumbing company for repairs, bathrooms and emergency call-outs, day and night",
            "Emergency plumbing, Boiler repair, Bathroom installation, Drain cleaning, Water heater replacement",
            _OWNERS,
            "Operations Manager, Service Manager, Office Manager, Lead Plumber",
            *("WordPress, ServiceM8, Google Analytics", "Plumber, Apprentice Plumber, Dispatcher"),
        ),
        _sector(
            *("law", "legal/", "Law firm", (5, 60)),
            "Law, Solicitors, Legal",
            "a law firm advising owner-managed businesses and families in plain language",
            "Commercial law, Employment law, Family law, Conveyancing, Wills and probate, Dispute resolution",
            _PARTNERS,
            "Practice Manager, Head of Employment, Head of Family Law, Associate Solicitor, Business Development "
            "Manager",
            *(_FIRM_TECH, "Paralegal, Conveyancing Solicitor, Legal Secretary"),
        ),
        _sector(
            *("accountant", "professional_services/Accounting", "Accountant", (4, 55)),
            "Accountants, Accounting, Bookkeeping, Tax and Advisory",
            "an accounting practice that keeps the books, payroll and tax returns of small companies in order",
            "Bookkeeping, Payroll services, Tax returns, Management accounts, Cloud accounting, Audit services",
            _PARTNERS,
            "Practice Manager, Head of Tax, Payroll Manager, Client Manager, Senior Accountant",
            *("WordPress, Xero, Microsoft 365, HubSpot", "Accounts Senior, Payroll Administrator, Tax Adviser"),
            hiring=0.35,
        ),
        _sector(
            *("agency", "professional_services/Marketing", "Marketing agency", (5, 60)),
            "Creative, Digital, Studio, Media, Brand Agency",
            "a digital marketing agency for growing brands: strategy, search, paid social and content",
            "SEO services, Paid social, Brand strategy, Website design, Content marketing, Email marketing",
            _OWNERS,
            "Head of Growth, Client Services Director, Creative Director, SEO Lead, New Business Manager",
            *("WordPress, HubSpot, Google Analytics, Hotjar, Slack", "Account Manager, PPC Specialist, Copywriter"),
            hiring=0.4,
        ),
        _sector(
            *("architect", "professional_services/Architecture", "Architect", (4, 50)),
            "Architects, Architecture, Design Studio",
            "an architecture practice designing homes, schools and workplaces that use little energy",
            "Residential architecture, Workplace design, Planning applications, Retrofit, Interior design",
            "Founding Director, Managing Director, Partner",
            "Associate Director, Studio Manager, Project Architect, Head of Interiors",
            *("Squarespace, Google Analytics, Microsoft 365", "Part II Architectural Assistant, Project Architect"),
        ),
        _sector(
            *("recruiter", "professional_services/Recruiting", "Recruiter", (5, 60)),
            "Recruitment, Talent, People, Search",
            "a recruitment agency that finds engineers, accountants and managers for mid-sized employers",
            "Permanent recruitment, Executive search, Contract staffing, Salary benchmarking, Interview training",
            _OWNERS,
            "Operations Director, Head of Technology, Principal Consultant, Marketing Manager",
            *("Bullhorn, LinkedIn Insight, WordPress, HubSpot", "Recruitment Consultant, Resourcer"),
            hiring=0.5,
        ),
        _sector(
            *("saas_hr", "saas/HR software", "Software", (12, 420)),
            "People, HR, Work, Roster",
            "the maker of HR software for growing teams: payroll, holidays and reviews on one cloud platform",
            "HR software, Payroll automation, Shift planning, Applicant tracking, Performance reviews",
            *(_CHIEFS, _SOFT_STAFF, _SOFT_TECH, _SOFT_ROLES),
            hiring=0.6,
            code=0.4,
            funded=0.6,
        ),
        _sector(
            *("saas_sales", "saas/Sales software", "Software", (10, 380)),
            "Revenue, Pipeline, CRM, Signal",
            "the maker of CRM software that keeps the sales pipeline of business-to-business teams honest",
            "CRM software, Sales automation, Revenue forecasting, Lead scoring, Conversation recording",
            *(_CHIEFS, _SOFT_STAFF, _SOFT_TECH + ", Salesforce", _SOFT_ROLES),
            hiring=0.6,
            code=0.3,
            funded=0.6,
        ),
        _sector(
            *("saas_dev", "saas/Developer tools", "Software", (8, 260)),
            "Labs, Cloud, Stack, Systems",
            "a maker of developer tools: an observability platform that shows engineers why their services are slow",
            "Observability, Log management, API monitoring, Incident response, Open source agents",
            *(_CHIEFS, _SOFT_STAFF, "AWS, Kubernetes, Cloudflare, Stripe, React, GitHub", _SOFT_ROLES),
            hiring=0.65,
            code=0.9,
            funded=0.7,
        ),
        _sector(
            *("saas_ai", "saas/Artificial intelligence", "Software", (6, 180)),
            "AI, Intelligence, Minds",
            "the company behind an AI assistant that answers the questions of customers from a company's own documents",
            "AI assistants, Document search, Voice AI, Support automation, Machine learning consulting",
            *(_CHIEFS, _SOFT_STAFF, "AWS, Cloudflare, Segment, Intercom, React", _SOFT_ROLES),
            hiring=0.7,
            code=0.7,
            funded=0.8,
        ),
        _sector(
            *("it", "technology/IT services", "IT services", (6, 120)),
            "IT, Networks, Managed Services, Technologies",
            "a managed IT services provider that looks after the networks, laptops and phones of local firms",
            "Managed IT support, Cyber security, Cloud migration, Microsoft 365 support, Business telephony",
            "Managing Director, Founder, Chief Executive Officer",
            "Operations Director, Head of Service Desk, Sales Director, Technical Director, Account Manager",
            *("Microsoft 365, ConnectWise, HubSpot, WordPress", "Service Desk Engineer, Network Engineer"),
            hiring=0.5,
            code=0.1,
        ),
        _sector(
            *("biotech", "healthcare/Biotech", "Biotechnology", (14, 320)),
            "Therapeutics, Biosciences, Biologics, Genomics",
            "a clinical-stage biotechnology company developing therapies for diseases without a good treatment",
            "Gene therapy, Drug discovery, Clinical trials, Oncology, Rare diseases, Neurology, CDMO partnering",
            "Chief Executive Officer, Founder and CEO, President",
            "Chief Medical Officer, Chief Scientific Officer, VP Clinical Operations, Head of Regulatory Affairs, "
            "Chief Financial Officer, VP Manufacturing, Director of Business Development",
            *("Microsoft 365, Veeva, Cloudflare", "Clinical Research Associate, Process Scientist, Regulatory Manager"),
            hiring=0.6,
            code=0.1,
            funded=0.9,
        ),
        _sector(
            *("medtech", "healthcare/Medical devices", "Medical devices", (20, 350)),
            "Medical, Medical Systems, Diagnostics",
            "a medical device manufacturer making monitors and single-use instruments for hospitals",
            "Patient monitors, Single-use instruments, Contract manufacturing, Sterile packaging, Device testing",
            "Chief Executive Officer, Managing Director",
            _WORKS_STAFF + ", Head of Regulatory Affairs",
            *("SAP, Microsoft 365, Salesforce", "Quality Engineer, Regulatory Specialist, Sales Representative"),
            hiring=0.5,
            funded=0.4,
        ),
        _sector(
            *("metal", "manufacturing/Metalwork", "", (20, 400)),
            "Precision, Metalworks, Engineering, Fabrication",
            "a family-owned manufacturer of precision parts: CNC machining, sheet metal and welding under one roof",
            "CNC machining, Sheet metal fabrication, Welding, Prototype parts, Surface finishing, Assembly",
            "Managing Director, Owner, Chief Executive Officer",
            *(_WORKS_STAFF, "SAP, Microsoft 365, Matomo, TYPO3"),
            "CNC Machinist, Welder, Production Planner",
            hiring=0.45,
        ),
        _sector(
            *("packaging", "manufacturing/Packaging", "", (25, 380)),
            "Packaging, Cartons, Labels",
            "a packaging manufacturer for food and cosmetics brands: folding cartons, labels and mailers",
            "Folding cartons, Labels, Mailer boxes, Compostable packaging, Short-run printing",
            "Managing Director, Chief Executive Officer",
            *(_WORKS_STAFF, "SAP, Microsoft 365, HubSpot, WordPress"),
            "Print Operator, Packaging Designer, Account Manager",
            hiring=0.4,
        ),
        _sector(
            *("solar", "energy/Solar", "", (10, 180)),
            "Solar, Renewables, Energy",
            "a solar company planning, installing and maintaining photovoltaic systems on roofs and in fields",
            "Solar panel installation, Battery storage, EV charging, Maintenance plans, Commercial rooftops",
            "Managing Director, Founder, Chief Executive Officer",
            "Head of Sales, Operations Director, Lead Designer, Finance Manager, Marketing Manager",
            *("HubSpot, WordPress, Google Analytics, Meta Pixel", "Solar Installer, Design Engineer, Sales Consultant"),
            hiring=0.55,
            funded=0.3,
        ),
        _sector(
            *("logistics", "logistics/", "", (15, 300)),
            "Freight, Logistics, Haulage",
            "a logistics company moving pallets and containers, with warehousing and customs clearance in house",
            "Freight forwarding, Warehousing, Pallet distribution, Customs clearance, Last mile delivery",
            "Managing Director, Chief Executive Officer, Owner",
            "Operations Director, Commercial Director, Transport Manager, Warehouse Manager, Head of Customs",
            *("Microsoft 365, WordPress, HubSpot, Descartes", "Freight Forwarder, HGV Driver, Warehouse Operative"),
            hiring=0.5,
        ),
        _sector(
            *("payments", "finance/Payments", "", (12, 320)),
            "Pay, Payments, Money, Ledger",
            "a payment platform which lets marketplaces take card payments and pay their sellers the same day",
            "Card payments, Payouts, Open banking, Fraud checks, Payment platform",
            *(_CHIEFS, _SOFT_STAFF + ", Head of Compliance", _SOFT_TECH, _SOFT_ROLES + ", Compliance Analyst"),
            hiring=0.6,
            code=0.4,
            funded=0.8,
        ),
    )
}

BLOCKS: tuple[tuple[str, str, int], ...] = tuple(
    (sector, city, int(count))
    for line in """
        cafe: Manchester 64, London 8, Melbourne 10
        roaster: Manchester 4, Bristol 3, Portland 4
        bakery: Leeds 4, Paris 4, Manchester 3
        dentist: Manchester 14, London 6, Sydney 10, Austin 8
        physio: Brisbane 5, Leeds 4
        vet: Bristol 4, Denver 4
        gym: Manchester 8, Denver 4, Melbourne 4
        hotel: Edinburgh 5, Munich 3, Lyon 3
        estate: Birmingham 5, Sydney 4
        trade: Birmingham 5, Austin 5, Brisbane 4
        law: London 6, Leeds 4, New York 4
        accountant: Manchester 8, London 4, Sydney 4
        agency: Manchester 8, London 6, New York 5
        architect: Edinburgh 3, Berlin 3
        recruiter: London 5, Sydney 3
        saas_hr: London 10, Austin 5, Berlin 4
        saas_sales: London 8, San Francisco 6, Paris 3
        saas_dev: San Francisco 7, Berlin 5, London 4
        saas_ai: San Francisco 8, London 6, Paris 3
        it: Birmingham 5, Leeds 4, Denver 3
        biotech: Boston 14, London 4, Munich 3
        medtech: Boston 3, Munich 4
        metal: Munich 6, Hamburg 4, Birmingham 4
        packaging: Hamburg 3, Leeds 4
        solar: Brisbane 4, Hamburg 3, Austin 3
        logistics: Hamburg 4, Birmingham 4
        payments: London 5, New York 4
    """.strip().splitlines()
    for sector, _, rest in [line.strip().partition(": ")]
    for city, _, count in [part.rpartition(" ") for part in rest.split(", ")]
)
"""Sector, city and how many such companies a world of the usual size has."""

CONDITIONS = phrases(
    "Duchenne Muscular Dystrophy, Glioblastoma, Cystic Fibrosis, Parkinson Disease, Ulcerative Colitis, Sickle Cell "
    "Disease, Non-small Cell Lung Cancer, Retinitis Pigmentosa, Type 2 Diabetes, Lupus"
)
"""What therapies of the demo world are tried against."""
