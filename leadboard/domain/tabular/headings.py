"""What the name of a column says: whose it is (company, contact, deal) and which attribute, in the usual languages."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from leadboard.domain.words import word_set


def _phrases(text: str) -> frozenset[str]:
    """The parts between semicolons."""
    return frozenset(text.split("; "))


_OWNERS = {
    "company": (
        "company companies organization organisation org account accounts firm business unternehmen firma kunde "
        "kunden kundenname betrieb societe entreprise empresa compania azienda societa ditta bedrijf foretag "
        "spolka customer client corporate billing hq headquarters employer supplier vendor site store brand "
        "startup"
    ),
    "contact": (
        "contact contacts person people ansprechpartner kontakt kontaktperson contacto contatto interlocutor lead "
        "prospect primary personal individual employee work direct mitarbeiter"
    ),
    "deal": (
        "deal deals opportunity opp opportunities chance verkaufschance affaire oportunidad opportunite negocio "
        "trattativa kans"
    ),
}
_OWNER_OF = {word: owner for owner, words in _OWNERS.items() for word in words.split()}
_FILLERS = word_set("the of de la le du der des for s associated main primary")

ATTRIBUTES: dict[str, str] = {
    "name": (
        "name; legal name; trading name; display name; title name; nombre; nom; nome; naam; namn; navn; nazwa; "
        "raison sociale; razon social; ragione sociale; denominazione; bezeichnung; firmenname; unternehmensname; "
        "kontoname; bedrijfsnaam; names"
    ),
    "first_name": (
        "first name; firstname; first; given name; forename; fname; vorname; prenom; nombre de pila; primer "
        "nombre; voornaam; fornamn; fornavn; imie"
    ),
    "last_name": (
        "last name; lastname; last; surname; family name; lname; nachname; familienname; nom de famille; "
        "apellido; apellidos; cognome; sobrenome; achternaam; efternamn; etternavn; nazwisko"
    ),
    "full_name": (
        "full name; fullname; contact name; person name; ansprechpartner; kontaktperson; nom complet; nombre "
        "completo; nome completo; nome e cognome; vollstandiger name; volledige naam; attention; attn"
    ),
    "website": (
        "website; domain; web site; url; website url; homepage; home page; web; webseite; internetseite; web "
        "address; domain name; company domain; www; site web; site internet; sitio web; pagina web; sito web; "
        "sito; internet; domaine; dominio; site url; organization url; webadresse; strona www; hemsida"
    ),
    "tagline": (
        "tagline; one liner; oneliner; short description; slogan; headline; pitch; summary; kurzbeschreibung; "
        "claim; what it does; what they do; elevator pitch; description courte; descripcion corta"
    ),
    "description": (
        "description; long description; about; about us; full description; beschreibung; descripcion; "
        "descrizione; descricao; profile; overview; seo description; omschrijving; bio"
    ),
    "industry": (
        "industry; sector; branche; industrie; secteur; industria; settore; setor; vertical; industry sector; "
        "secteur d activite; secteur activite; giro; ramo; industry name; primary industry; sic description; "
        "naics description; business type; wirtschaftszweig; sektor; bransch; branza; industries"
    ),
    "headcount": (
        "employees; number of employees; employee count; no of employees; num employees; headcount; head count; "
        "team size; company size; size; staff; employee range; employees range; employees count; mitarbeiter; "
        "mitarbeiterzahl; anzahl mitarbeiter; mitarbeiteranzahl; nombre d employes; nombre d employees; effectif; "
        "effectifs; salaries; empleados; numero de empleados; n empleados; dipendenti; numero dipendenti; "
        "funcionarios; medewerkers; aantal medewerkers; anstallda; antal anstallda; workforce; "
        "unternehmensgrosse; taille; taille de l entreprise; tamano"
    ),
    "revenue": (
        "revenue; annual revenue; revenues; yearly revenue; turnover; annual turnover; annual sales; sales "
        "volume; umsatz; jahresumsatz; chiffre d affaires; chiffre d affaires annuel; ca; ingresos; ingresos "
        "anuales; facturacion; fatturato; faturamento; omzet; jaaromzet; omsattning; revenue range; arr"
    ),
    "location": (
        "location; locations; all locations; office location; hq location; headquarters location; headquarters; "
        "standort; sitz; firmensitz; ort und land; localisation; ubicacion; localizacion; sede; localita; lieu; "
        "place; city state; city country; vestiging"
    ),
    "address": (
        "address; street; street address; address line 1; address 1; address1; mailing address; full address; "
        "postal address; strasse; strasse hausnummer; adresse; anschrift; rue; direccion; calle; domicilio; "
        "indirizzo; via; endereco; adres; adress; location address; addr"
    ),
    "city": (
        "city; town; ort; stadt; ville; ciudad; citta; cidade; stad; plaats; wohnort; municipality; localidad; "
        "miasto; city name; town address"
    ),
    "state": (
        "state; province; region; state province; state region; county; bundesland; kanton; departement; "
        "provincia; estado; regione; provincie; state code; state name; lan; wojewodztwo"
    ),
    "country": (
        "country; country region; land; pays; pais; paese; nation; staat; country code; country name; iso "
        "country; kraj; landkod"
    ),
    "phone": (
        "phone; phone number; telephone; telephone number; tel; tel no; telefon; telefonnummer; rufnummer; "
        "telefono; telefone; telefoon; numero de telephone; numero de telefono; mobile; mobile phone; mobile "
        "number; cell; cell phone; handy; mobiltelefon; mobil; portable; movil; celular; cellulare; corporate "
        "phone; office phone; main phone; phone work; work phone; direct phone; phone mobile; festnetz; "
        "telefonszam; direct dial"
    ),
    "email": (
        "email; e mail; email address; e mail address; mail; emailaddress; e mail adresse; mailadresse; adresse "
        "email; adresse mail; adresse e mail; courriel; correo; correo electronico; posta elettronica; indirizzo "
        "email; mail address; email work; work email; business email; email 1; primary email; kontakt e mail; "
        "epost; e post; e mailadres"
    ),
    "linkedin": (
        "linkedin; linkedin url; linkedin profile; linkedin page; linkedin company page; linkedin link; li url; "
        "linkedin profil; linkedin profile url; linkedin bio; company linkedin url; linkedin id"
    ),
    "founded_year": (
        "year founded; founded; founded year; year established; established; founding year; foundation year; year "
        "of foundation; grundungsjahr; gegrundet; gegrundet in; annee de creation; annee de fondation; ano de "
        "fundacion; anno di fondazione; founded in; founded on; founding date; date founded; established in; "
        "inception; year of establishment"
    ),
    "technologies": (
        "technologies; technology; tech stack; techstack; web technologies; tools; technologien; tecnologias; "
        "tecnologie; software used; technologies used; stack"
    ),
    "tags": (
        "tags; keywords; labels; categories; category; schlagworter; schlagworte; etiquetas; etiquettes; mots "
        "cles; palabras clave; tag; label; kategorie; kategorien; lists; segment; topics"
    ),
    "hiring": (
        "hiring; is hiring; currently hiring; hiring now; open positions; has open jobs; stellt ein; recrute; contrata"
    ),
    "funding_stage": (
        "funding stage; funding round; last funding type; latest funding; last round; round; investment stage; "
        "finanzierungsphase; last funding round; latest funding type; funding type; company stage"
    ),
    "funding_date": (
        "funding date; last funding date; last raised at; latest funding date; last funding on; date of funding; "
        "announced date; funding round date; finanzierungsdatum"
    ),
    "status": (
        "status; operating status; company status; account status; lead status; zustand; statut; estado actual; stato"
    ),
    "title": (
        "title; job title; position; role; jobtitle; job; function; funktion; berufsbezeichnung; "
        "stellenbezeichnung; poste; fonction; cargo; puesto; ruolo; qualifica; functie; befattning; designation; "
        "job position; stelle; titel; titre"
    ),
    "value": (
        "amount; value; deal value; deal size; close value; deal amount; opportunity amount; expected revenue; "
        "expected value; acv; tcv; mrr; contract value; wert; betrag; auftragswert; volumen; montant; valeur; "
        "importe; valor; importo; valore; bedrag; waarde; amount in company currency; weighted amount; belopp; "
        "angebotswert; dealwert"
    ),
    "currency": (
        "currency; currency code; deal currency; wahrung; waehrung; devise; monnaie; moneda; divisa; valuta; moeda"
    ),
    "stage": (
        "stage; deal stage; sales stage; pipeline stage; opportunity stage; stage name; phase; verkaufsphase; "
        "dealphase; etape; etapa; fase; sales phase; pipeline status"
    ),
    "close_date": (
        "close date; closing date; expected close date; estimated close date; closed date; close; abschlussdatum; "
        "erwartetes abschlussdatum; date de cloture; date de fermeture; fecha de cierre; data di chiusura; data "
        "de fechamento; sluitingsdatum; won time; expected closing date; due date; erwarteter abschluss; "
        "voraussichtliches abschlussdatum"
    ),
    "owner": (
        "owner; sales agent; sales rep; sales representative; account owner; account manager; account executive; "
        "owner name; deal owner; contact owner; lead owner; opportunity owner; owner full name; owner email; "
        "assigned to; responsible; besitzer; zustandig; betreuer; inhaber; verantwortlich; verantwortlicher; "
        "vertriebsmitarbeiter; proprietaire; responsable; commercial; propietario; vendedor; proprietario; "
        "eigenaar; assignee; salesperson; verkaufer; agent; rep; kundenbetreuer"
    ),
    "id": (
        "id; external id; record id; identifier; opportunity id; deal id; account id; company id; contact id; "
        "lead id; crm id; uuid; guid; kundennummer; kunden nr; numero client; codigo; object id; hubspot id; "
        "salesforce id; organization id; kundennr; ref; customer id; customer number; account number; lfd nr; "
        "record"
    ),
}
"""Attribute -> its names without accents and signs, the most telling first."""

_OTHERS = _phrases(
    "age; anrede; birthday; cap; code postal; codigo postal; create date; created; created at; created date; "
    "date; department; departments; email status; engage date; facebook; facebook url; fax; former names; funding "
    "amount; gender; image; image url; initials; instagram; ip; language; last activity; last contacted; last "
    "modified; lat; latest funding amount; latitude; lead source; logo; logo url; lon; longitude; middle name; "
    "modified; parent; parent account; parent company; password; phone type; photo; photo url; plz; postal code; "
    "postcode; postleitzahl; probability; product; quantity; regions; salutation; seniority; slug; source; source "
    "url; start date; subsidiary of; total funding; twitter; twitter url; updated; updated at; zip"
)
"""Names we know and want nothing of: no field may come near them by spelling."""

_CAMEL = re.compile(r"(?<=[a-zäöüß\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NEAR = 86


@dataclass(frozen=True)
class Heading:
    """What a column's name says: "company", "contact", "deal" or "" and an attribute; `rank` 0 is the surest."""

    owner: str
    attribute: str
    rank: int


@lru_cache(maxsize=4096)
def simplify(name: str) -> str:
    """A column's name in lower case, words apart, no accents or signs: "Billing-Straße", "billingStrasse"."""
    apart = _CAMEL.sub(" ", name.strip())
    folded = unicodedata.normalize("NFKD", apart.replace("ß", "ss").replace("ø", "o")).casefold()
    plain = "".join(char if char.isalnum() else " " for char in folded if not unicodedata.combining(char))
    return " ".join(plain.split())


@lru_cache(maxsize=4096)
def read_heading(name: str) -> Heading | None:
    """What the name of a column says, or None when it says nothing we know."""
    plain = simplify(name)
    words = [word for word in plain.split() if word not in _FILLERS]
    rest = [word for word in words if not _owner(word)]
    owner = next((owner for owner in map(_owner, words) if owner), "")
    if plain in _OTHERS or " ".join(rest) in _OTHERS:
        return None
    if found := _exact(plain):
        surely = next((_OWNER_OF[word] for word in words if word in _OWNER_OF), "")
        return Heading("" if surely == "deal" and found[0] == "name" else surely, *found)
    if words and not rest:
        return None if owner == "deal" else Heading(owner, "name", 1)
    for phrase in (" ".join(words), " ".join(rest)):
        if found := _exact(phrase):
            return Heading(owner, *found)
    for phrase in (plain, " ".join(rest)):
        near = (
            process.extractOne(phrase, _names().keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
            if len(phrase) > 4
            else None
        )
        if near and not process.extractOne(phrase, _OTHERS, scorer=fuzz.ratio, score_cutoff=near[1]):
            attribute, rank = _names()[near[0]]
            return Heading(owner, attribute, rank + 20)
    return None


@lru_cache(maxsize=4096)
def _owner(word: str) -> str:
    """Whose attribute the word announces, a slip of the pen allowed; empty for any other word."""
    if word in _OWNER_OF or len(word) < 6 or word in _names():
        return _OWNER_OF.get(word, "")
    near = process.extractOne(word, _OWNER_OF.keys(), scorer=fuzz.ratio, score_cutoff=92)
    return _OWNER_OF[near[0]] if near else ""


def is_heading(name: str) -> bool:
    """Whether this is surely the name of a column."""
    plain = simplify(name)
    return (
        _exact(plain) is not None
        or plain in _OTHERS
        or bool(re.fullmatch(r"[a-z]+(?:_[a-z0-9]+)+|[a-z]+Id", name.strip()))
    )


def _exact(phrase: str) -> tuple[str, int] | None:
    return _names().get(phrase)


@cache
def _names() -> dict[str, tuple[str, int]]:
    names: dict[str, tuple[str, int]] = {}
    for attribute, listed in ATTRIBUTES.items():
        for rank, name in enumerate(listed.split("; ")):
            names.setdefault(name, (attribute, min(rank, 15)))
    return names
