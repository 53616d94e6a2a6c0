"""Words that tell the industry where they stand in the name of a company, though in a text they would tell nothing."""

from leadboard.domain.vocabulary.lexicon import Lexicon, phrases

LEXICON = Lexicon(
    {
        industry: phrases(words)
        for industry, words in {
            "healthcare": """
                vets, vet, medical, health, healthcare, medicine, medico, dental, dentistry, dentist, smiles, clinic,
                physio, physiotherapy, orthodontics, chiro, chiropractic, pharmacy, chemist, hospital, therapy,
                therapies, wellness, aged care, home care, care group, pharma, biotech, biosciences, therapeutics,
                diagnostics, optometry, optical, radiology, pathology, surgery, surgical, cardiology, dermatology,
                psychology, podiatry
            """,
            "legal": """
                legal, law, lawyers, law firm, attorneys, solicitors, barristers, advocates, notary, conveyancing
            """,
            "finance": """
                bank, credit union, insurance, capital, wealth, finance, financial, mortgages, lending, loans, asset
                management, fintech, superannuation, investments
            """,
            "real_estate": "realty, real estate, properties, property, estates, homes, residences",
            "construction": """
                construction, constructions, builders, building group, roofing, plumbing, electrical, joinery,
                concrete, paving, landscapes, landscaping, carpentry, painting, glazing, hvac, scaffolding,
                contracting
            """,
            "manufacturing": """
                manufacturing, industries, steel, metals, plastics, packaging, machinery, tooling, fabrication,
                foundry, textiles, chemicals, engineering works
            """,
            "hospitality": "hotel, resort, inn, lodge, suites, motel, retreat, hostel, villas",
            "food_beverage": """
                restaurant, cafe, café, coffee, roasters, brewery, brewing, winery, wines, vineyards, bakery, bistro,
                kitchen, foods, catering, pizza, pizzeria, distillery, chocolates, grill, tavern, creamery
            """,
            "education": """
                school, college, university, academy, education, learning, institute, kindergarten, preschool,
                tutoring, montessori, childcare, early learning
            """,
            "nonprofit": "foundation, charity, ministries, church, relief, food bank, trust fund",
            "automotive": "motors, auto, automotive, cars, tyres, tires, smash repairs, mechanics, motorcycles",
            "travel": "travel, tours, cruises, airlines, airways, holidays, safaris, expeditions",
            "energy": "solar, energy, power, renewables, gas, petroleum, oil, wind farms",
            "agriculture": "farm, farms, grain, orchard, orchards, dairy, livestock, agri, agriculture, nursery",
            "logistics": "logistics, freight, shipping, transport, couriers, haulage, trucking, removals, movers",
            "government": "city of, council, shire, county of, ministry of, department of",
            "media_entertainment": """
                studios, films, records, media, theatre, theater, museum, festival, gallery, fitness, gym
            """,
            "retail": """
                boutique, jewellers, jewelers, jewellery, jewelry, furniture, florist, toys, books, apparel, clothing,
                outfitters, footwear, supermarket
            """,
            "technology": """
                technologies, technology, software, systems, robotics, cyber, it services, data, cloud, labs
            """,
            "professional_services": """
                accounting, accountants, consulting, consultants, advisory, recruitment, staffing, engineers,
                engineering, architects, surveyors, bookkeeping
            """,
        }.items()
    }
)
"""Industry of the skills sheet by the words of names."""
