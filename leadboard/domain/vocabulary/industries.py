"""The industries of the skills sheet with the trades inside them and the words each goes by.

A word stands here only when it says what a company does by itself: "team" or "quality" never do.
"""

from dataclasses import dataclass

from leadboard.domain.vocabulary.lexicon import Lexicon, phrases


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry: the word of the sheet, its name for people, and trade -> words; "" is the industry itself."""

    key: str
    label: str
    trades: dict[str, str]


INDUSTRIES: tuple[Industry, ...] = (
    Industry(
        "saas",
        "Software as a service",
        {
            "": """
                saas, software as a service, cloud platform, all in one platform, start your free trial, free
                trial, book a demo, request a demo, api access, self hosted, no code, low code
            """,
            "Sales software": "crm software, sales platform, sales automation software, revenue intelligence",
            "Developer tools": """
                developer tools, for developers, devops, apis, developer platform, devops platform, observability,
                open source
            """,
            "HR software": "hr software, hris, applicant tracking, payroll software, people platform",
            "Artificial intelligence": """
                ai, ai agent, ai platform, ai assistant, ai powered, ai copilot, llm, machine learning, generative
                ai, large language model, foundation model, voice ai
            """,
        },
    ),
    Industry(
        "technology",
        "Technology",
        {
            "": """
                technology company, information technology, tech company, technology provider, semiconductors,
                computer hardware
            """,
            "Software development": """
                software development, custom software, management software, software suite, enterprise software,
                software company, software engineering, app development, mobile app development, software
                consultancy
            """,
            "Web development": """
                web development, website development, web design, website design, web hosting, web design company
            """,
            "IT services": """
                it services, it support, managed services provider, managed it, help desk, technical support,
                network installation, computer repair, it consulting
            """,
            "Cybersecurity": "cybersecurity, cyber security, information security, penetration testing",
            "Data services": "data engineering, data platform, data analytics, cloud migration, data science",
            "Robotics": "robotics, robot, drone, autonomous vehicles, computer vision",
        },
    ),
    Industry(
        "ecommerce",
        "E-commerce",
        {
            "": """
                ecommerce, e commerce, online store, online shop, add to cart, free shipping, shop online,
                dropshipping, online marketplace
            """
        },
    ),
    Industry(
        "retail",
        "Retail",
        {
            "": "retailer, retail store, retail shop, department store, our stores, gift shop, in store",
            "Furniture": """
                furniture store, furniture shop, mattresses, home furnishings, interior furniture, furniture
            """,
            "Jewellery": "jewelry, jewellery, jeweler, jeweller, diamonds, engagement rings",
            "Office supplies": "ink cartridges, toner cartridges, toners, office supplies, printers",
            "Florist": "florist, flower shop, flower delivery, bouquets",
            "Clothing": "clothing store, boutique, apparel, fashion, footwear, menswear, womenswear",
            "Bookshops": "bookstore, bookshop, book shop, used books",
            "Pet supplies": "pet store, pet shop, pet supplies",
            "Hardware stores": "hardware store, garden centre, garden center, home improvement store",
            "Sporting goods": "sporting goods, bike shop, bicycle shop, golf shop",
            "Musical instruments": "music store, guitar shop, musical instruments, pianos",
        },
    ),
    Industry(
        "healthcare",
        "Healthcare",
        {
            "": """
                healthcare, health care, healthtech, oncology, patient care, patients, medical centre, medical
                center, medical practice, hospital, clinic, physician, nurse practitioner, health services
            """,
            "Dental care": """
                dental, dentist, dentistry, dental implants, orthodontics, orthodontist, teeth whitening,
                endodontics
            """,
            "Veterinary care": "veterinary, veterinarian, animal hospital, vet clinic, animal clinic",
            "Physiotherapy": """
                physiotherapy, physical therapy, physiotherapist, chiropractic, chiropractor, osteopath, massage
                therapy, acupuncture
            """,
            "Mental health": """
                mental health, psychotherapy, psychologist, psychiatry, counselling, therapist, behavioral health
            """,
            "Eye care": "optometrist, optometry, eye care, ophthalmology, eyewear, optician",
            "Biotech": """
                biotech, biotechnology, clinical trials, drug discovery, therapeutics, genomics, diagnostics, gene
                therapy
            """,
            "Medical devices": """
                medical device, medical equipment, medical device technology, hearing aids, prosthetics
            """,
            "Pharmacy": "pharmacy, pharmacist, prescriptions, pharmaceutical",
            "Elder care": "assisted living, senior care, nursing home, home care, elder care, hospice, senior living",
            "Plastic surgery": "plastic surgery, cosmetic surgery, dermatology, botox, medspa",
            "Digital health": "telehealth, telemedicine, digital health, health tech, electronic health records",
        },
    ),
    Industry(
        "finance",
        "Finance",
        {
            "": """
                financial services, financial planning, financial advisor, wealth management, investment
                management, asset management
            """,
            "Insurance": """
                insurance agency, insurance broker, insurance company, insurance, life insurance, auto insurance,
                home insurance, health insurance, insurance quotes
            """,
            "Banking": """
                bank, banking, credit union, checking account, savings account, mortgage, mortgages, home loans,
                lending, loans
            """,
            "Payments": """
                payments, payment processing, fintech, neobank, credit card, money transfer, payment platform
            """,
            "Crypto": "crypto, cryptocurrency, blockchain, defi, web3",
            "Venture capital": "venture capital, private equity, hedge fund",
        },
    ),
    Industry(
        "real_estate",
        "Real estate",
        {
            "": "real estate, realtor, realty, homes for sale, property listings, estate agent, immobilien",
            "Property management": """
                property management, rental properties, apartments for rent, lettings, property manager,
                apartments, self storage, storage units, office space, coworking
            """,
            "Home inspection": """
                home inspection, home inspector, property inspection, real estate appraisal, appraiser
            """,
        },
    ),
    Industry(
        "legal",
        "Legal",
        {
            "": """
                law firm, attorney, lawyer, solicitors, legal services, legal advice, attorneys at law,
                rechtsanwalt, legaltech, legal tech, law office, barristers, notary
            """,
            "Personal injury law": "personal injury, accident lawyer, injury attorney",
            "Family law": "family law, divorce, child custody",
            "Immigration law": "immigration law, immigration lawyer, visa lawyer",
            "Criminal law": "criminal defense, criminal law, dui",
            "Patents": "patent, trademark, intellectual property law",
        },
    ),
    Industry(
        "professional_services",
        "Professional services",
        {
            "": "consultancy, consulting firm, management consulting, business consulting",
            "Accounting": """
                accounting, accountant, bookkeeping, bookkeeper, tax returns, tax preparation, cpa, payroll
                services, payroll, chartered accountants, tax advice, audit services
            """,
            "Marketing": """
                marketing agency, digital marketing, advertising agency, seo services, branding agency, creative
                agency, public relations, marketing services, graphic design, social media marketing
            """,
            "Recruiting": """
                recruitment agency, staffing agency, staffing, executive search, recruiting, temp agency,
                headhunter
            """,
            "Architecture": """
                architects, architecture firm, architectural design, interior design, interior designer, landscape
                architecture
            """,
            "Engineering": """
                engineering firm, civil engineering, structural engineering, consulting engineers, surveying, land
                surveying
            """,
            "Translation": "translation services, translation agency, interpreting, localization services",
            "Printing": """
                printing services, print shop, screen printing, business cards, signage, sign company, banners,
                embroidery
            """,
            "Cleaning": """
                cleaning services, cleaning company, janitorial, carpet cleaning, window cleaning, maid service,
                dry cleaning, laundry
            """,
            "Security services": """
                security guards, private investigator, alarm systems, locksmith, security services, cctv
            """,
            "Event planning": """
                event planning, event planner, wedding planner, party rentals, event management, conference
                organiser
            """,
            "Photography": """
                photographer, photography studio, wedding photography, portrait photography, photo studio
            """,
            "Personal care": """
                hair salon, beauty salon, day spa, barber, barbershop, nail salon, tattoo, massage, skin care, spa
                treatments
            """,
            "Funeral services": "funeral home, funeral services, cremation",
            "Pest control": "pest control, exterminator, termite",
        },
    ),
    Industry(
        "manufacturing",
        "Manufacturing",
        {
            "": "manufacturer, manufacturing, factory, production facility, oem, production line, made to order",
            "Machinery": """
                machinery, machine tools, industrial equipment, hydraulic, conveyor, packaging machines, pumps,
                valves, compressors
            """,
            "Metalwork": """
                metal fabrication, welding, cnc machining, precision machining, sheet metal, steel fabrication,
                machine shop, stainless steel, castings
            """,
            "Plastics": "injection molding, injection moulding, plastics, thermoforming, rubber products",
            "Electronics": """
                electronics manufacturing, circuit boards, pcb, sensors, led lighting, cables, electronic
                components
            """,
            "Textiles": "textiles, fabrics, garment, upholstery, yarn",
            "Packaging": "packaging supplier, corrugated, labels and packaging, packaging solutions, paper products",
            "Chemicals": "chemicals, coatings, adhesives, paints, lubricants",
            "Woodwork": "cabinetry, cabinet maker, joinery, woodworking, millwork, sawmill",
            "Glass products": "glass manufacturer, glazing, stained glass",
            "Aerospace": "aerospace, aircraft, satellites, rocket, defense contractor",
        },
    ),
    Industry(
        "construction",
        "Construction",
        {
            "": """
                construction company, general contractor, contractor, construction, building contractor, builders,
                remodeling, home renovation, home improvement, custom homes, home builder, renovations
            """,
            "Roofing": "roofing, roof repair, roofer, gutter installation, gutters",
            "Plumbing": "plumbing, plumber, drain cleaning, water heater, septic",
            "Heating and cooling": """
                hvac, air conditioning, heating and cooling, furnace, heating, refrigeration, boiler
            """,
            "Electrical work": "electrician, electrical contractor, electrical services, wiring",
            "Painting": "painting contractor, house painting, painters, interior painting",
            "Landscaping": """
                landscaping, lawn care, landscaper, tree service, irrigation, tree removal, lawn mowing, fencing,
                fence
            """,
            "Flooring": "flooring, hardwood floors, tile installation, carpet installation, carpets",
            "Concrete and paving": "concrete, paving, asphalt, masonry, brickwork, driveways, excavation",
            "Windows and doors": """
                window installation, replacement windows, garage doors, windows and doors, blinds, shutters,
                awnings
            """,
            "Pools": "swimming pools, pool service, pool builder",
            "Kitchens and bathrooms": """
                kitchen remodeling, bathroom remodeling, countertops, kitchens, bathrooms, granite
            """,
            "Restoration": """
                water damage, fire damage, mold remediation, restoration services, demolition, scaffolding
            """,
        },
    ),
    Industry(
        "hospitality",
        "Hospitality",
        {
            "": "hospitality",
            "Hotels": """
                hotel, boutique hotel, bed and breakfast, guest house, guest rooms, resort, motel, inn, holiday
                apartments, b&b, lodge, our rooms, hostel
            """,
            "Event venues": "wedding venue, banquet hall, event venue, conference centre, function rooms",
            "Campgrounds": "campground, camping, rv park, campsite, holiday park",
        },
    ),
    Industry(
        "food_beverage",
        "Food and beverage",
        {
            "": "food and beverage, food products, food production, beverages, food company",
            "Restaurants": """
                restaurant, our menu, dining, cuisine, pizzeria, pizza, bistro, grill, sushi, steakhouse, lunch
                menu, cafe, coffee shop
            """,
            "Bakery": "bakery, cakes, pastries, wedding cakes, bread",
            "Catering": "catering, caterer, food delivery, meal delivery",
            "Brewery and winery": """
                brewery, winery, craft beer, wines, vineyard, distillery, wine tasting, coffee roaster
            """,
            "Grocery": "grocery, supermarket, butcher, delicatessen, chocolates, candy",
        },
    ),
    Industry(
        "education",
        "Education",
        {
            "": """
                school, university, college, students, academy, curriculum, elementary school, edtech, e learning,
                online courses
            """,
            "Childcare": """
                childcare, child care, preschool, kindergarten, daycare, day care, early childhood, nursery
                school, montessori
            """,
            "Tutoring": "tutoring, tutor, test prep, language school, music lessons, english classes, dance classes",
            "Training": """
                training courses, professional training, driving school, certification courses, flight school,
                martial arts
            """,
        },
    ),
    Industry(
        "nonprofit",
        "Non-profit",
        {
            "": """
                nonprofit, non profit, charity, registered charity, 501 c 3, donate, donations, volunteer,
                foundation, ngo, fundraising
            """,
            "Religious communities": "church, ministry, worship, parish, synagogue, sermons",
            "Associations": "association, membership organization, chamber of commerce, trade association",
        },
    ),
    Industry(
        "automotive",
        "Automotive",
        {
            "": "automotive, auto parts, car parts, vehicles, car wash",
            "Car dealers": """
                car dealer, car dealership, used cars, new cars, auto sales, pre owned vehicles, motorcycle
                dealer, test drive, motorcycles
            """,
            "Vehicle repair": """
                auto repair, car repair, oil change, brake repair, auto body, collision repair, tyres, tire shop,
                tires, transmission repair, towing, mechanic, windshield
            """,
            "Vehicle rental": "car rental, truck rental, van hire, limousine, limo service, taxi, chauffeur",
        },
    ),
    Industry(
        "media_entertainment",
        "Media and entertainment",
        {
            "": "entertainment, publisher, publishing, magazine, newspaper, media company, broadcasting",
            "Film and video": "film production, video production, movie, cinema, animation studio, post production",
            "Music and concerts": "record label, recording studio, concert, orchestra, band, dj services, live music",
            "Games": "video games, game studio, gaming, esports, casino",
            "Arts and museums": "art gallery, museum, theatre, theater, artists, dance company, paintings",
            "Sports and leisure": """
                golf course, fitness centre, gym, yoga studio, fitness, amusement park, bowling, sports club,
                marina, personal training, ski resort, country club
            """,
        },
    ),
    Industry(
        "travel",
        "Travel",
        {
            "": """
                travel agency, tours, tour operator, vacation packages, holiday packages, sightseeing, cruises,
                travel company, vacation rentals, adventure travel, safari, charter, fishing trips, excursions
            """,
            "Airlines": "airline, airport, flights",
        },
    ),
    Industry(
        "energy",
        "Energy",
        {
            "": """
                energy company, utilities, power plant, renewable energy, energy storage, electricity supplier,
                energy efficiency
            """,
            "Solar": "solar panels, solar energy, solar panel mounting, photovoltaic, solar installation, solar",
            "Oil and gas": "oil and gas, drilling, pipeline, petroleum, propane, heating oil, fuel",
            "Wind": "wind energy, wind turbines, wind farm",
            "Climate": "carbon capture, carbon removal, climate tech, decarbonization, fusion, nuclear",
            "Batteries": "batteries, ev charging, battery",
        },
    ),
    Industry(
        "agriculture",
        "Agriculture",
        {
            "": """
                agriculture, agricultural, farm, farmers, farming, livestock, crops, cattle, horses, ranch,
                greenhouse, nursery, seeds, fertilizer, dairy, aquaculture, equine
            """,
        },
    ),
    Industry(
        "logistics",
        "Logistics",
        {
            "": "logistics, supply chain, fulfilment, fulfillment",
            "Freight": """
                freight, freight forwarding, freight forwarder, trucking, shipping company, customs clearance, air
                freight, sea freight, haulage, cargo, freight brokerage
            """,
            "Warehousing": "warehousing, warehouse, cold storage, distribution centre, distribution center",
            "Courier": """
                courier, last mile delivery, last mile, parcel delivery, same day delivery, messenger service
            """,
            "Moving": "moving company, movers, removals, relocation services, moving services",
        },
    ),
    Industry(
        "government",
        "Government",
        {
            "": """
                city council, municipality, county government, government agency, public sector, town hall,
                government, govtech, department of
            """
        },
    ),
    Industry(
        "b2b_general",
        "Business to business",
        {
            "": """
                b2b, for businesses, business to business, wholesale, wholesaler, distributor
            """
        },
    ),
    Industry(
        "b2c_general",
        "Consumer",
        {
            "": """
                b2c, direct to consumer, consumer brand, consumer products, consumer app, consumer
            """
        },
    ),
)

INDUSTRY_BY_KEY = {industry.key: industry for industry in INDUSTRIES}

GENERAL = frozenset({"b2b_general", "b2c_general"})
"""Last resorts: they count only when nothing says more."""

LEXICON = Lexicon(
    {f"{industry.key}/{trade}": phrases(text) for industry in INDUSTRIES for trade, text in industry.trades.items()}
)
"""Hits have the key `industry/trade`."""

SCHEMA_TYPES: dict[str, str] = {
    "Dentist": "healthcare/Dental care",
    "Physician": "healthcare/",
    "MedicalClinic": "healthcare/",
    "MedicalBusiness": "healthcare/",
    "Hospital": "healthcare/",
    "Pharmacy": "healthcare/Pharmacy",
    "Optician": "healthcare/Eye care",
    "VeterinaryCare": "healthcare/Veterinary care",
    "Restaurant": "food_beverage/Restaurants",
    "FoodEstablishment": "food_beverage/Restaurants",
    "CafeOrCoffeeShop": "food_beverage/Restaurants",
    "BarOrPub": "food_beverage/Restaurants",
    "Bakery": "food_beverage/Bakery",
    "Brewery": "food_beverage/Brewery and winery",
    "Winery": "food_beverage/Brewery and winery",
    "Hotel": "hospitality/Hotels",
    "Motel": "hospitality/Hotels",
    "Resort": "hospitality/Hotels",
    "LodgingBusiness": "hospitality/Hotels",
    "BedAndBreakfast": "hospitality/Hotels",
    "Campground": "hospitality/Campgrounds",
    "Attorney": "legal/",
    "LegalService": "legal/",
    "Notary": "legal/",
    "AccountingService": "professional_services/Accounting",
    "EmploymentAgency": "professional_services/Recruiting",
    "HairSalon": "professional_services/Personal care",
    "BeautySalon": "professional_services/Personal care",
    "DaySpa": "professional_services/Personal care",
    "HealthAndBeautyBusiness": "professional_services/Personal care",
    "Locksmith": "professional_services/Security services",
    "InsuranceAgency": "finance/Insurance",
    "BankOrCreditUnion": "finance/Banking",
    "FinancialService": "finance/",
    "RealEstateAgent": "real_estate/",
    "SelfStorage": "real_estate/Property management",
    "RoofingContractor": "construction/Roofing",
    "Plumber": "construction/Plumbing",
    "Electrician": "construction/Electrical work",
    "HVACBusiness": "construction/Heating and cooling",
    "HousePainter": "construction/Painting",
    "GeneralContractor": "construction/",
    "HomeAndConstructionBusiness": "construction/",
    "AutoDealer": "automotive/Car dealers",
    "AutoRepair": "automotive/Vehicle repair",
    "AutoBodyShop": "automotive/Vehicle repair",
    "AutoRental": "automotive/Vehicle rental",
    "MovingCompany": "logistics/Moving",
    "TravelAgency": "travel/",
    "Airline": "travel/Airlines",
    "NGO": "nonprofit/",
    "GovernmentOrganization": "government/",
    "School": "education/",
    "CollegeOrUniversity": "education/",
    "EducationalOrganization": "education/",
    "Preschool": "education/Childcare",
    "ChildCare": "education/Childcare",
    "ExerciseGym": "media_entertainment/Sports and leisure",
    "GolfCourse": "media_entertainment/Sports and leisure",
    "HealthClub": "media_entertainment/Sports and leisure",
    "Store": "retail/",
    "FurnitureStore": "retail/Furniture",
    "JewelryStore": "retail/Jewellery",
    "Florist": "retail/Florist",
    "ClothingStore": "retail/Clothing",
    "BookStore": "retail/Bookshops",
    "OnlineStore": "ecommerce/",
}
"""What the type of an organisation in structured data says about its industry, as a key of the lexicon."""


def label(key: str) -> str:
    """An industry or trade for people: "Roofing, construction", or "Construction" when no trade is known."""
    name, _, trade = key.partition("/")
    industry = INDUSTRY_BY_KEY[name].label
    return f"{trade}, {industry[0].lower()}{industry[1:]}" if trade else industry
