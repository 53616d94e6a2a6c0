"""What names of people and titles of jobs look like."""

import re
from functools import lru_cache

from leadboard.domain.site.text import remembered
from leadboard.domain.words import word_set

_GIVEN = """
aaron abby abigail abdul abraham ada adam adele adrian adriana agnes ahmed aidan aileen aimee akira alan alana albert
alberto alec alejandro alessandro alex alexa alexander alexandra alexandre alexis alfred ali alice alicia alina alison
alistair allan allen allison alma alvin alyssa amanda amber amelia amy ana anastasia andre andrea andreas andres
andrew andy angel angela angelica angelina anita anja ann anna anne annette annie annika anthony antoine anton antonia
antonio april ariel arlene armando arnold arthur arturo arvin ashley ashton astrid audrey austin ava axel barbara
barry bart beat beatrice becky belinda ben benjamin bernadette bernard bernd bernhard bernice bert beth bethany betty
beverly bianca bill billy birgit bjorn björn blake bob bobby bonnie boris brad bradley brandon brenda brendan brent
brett brian bridget britta brittany brooke bruce bruno bryan bryce byron caitlin caleb calvin cameron camille candice
carl carla carlos carmen carol carole caroline carolyn carrie casey cassandra catherine cathy cecilia cedric celeste
celia chad chantal charlene charles charlie charlotte chelsea cheryl chester chloe chris christa christian christiane
christina christine christoph christophe christopher chuck cindy claire clara clarence clark claude claudia clayton
clemens cliff clifford clint clive cody colin colleen connie connor conrad constance cora corey cornelia cory courtney
craig cristina crystal curtis cynthia cyril daisy dale damian damien damon dan dana daniel daniela daniele danielle
danny daphne darlene darrell darrel darren darryl daryl dave david dawn dean deb debbie deborah debra dee deirdre
delia demetrius denis denise dennis derek derrick desiree detlef devin dexter diana diane didier diego dieter dietmar
dimitri dina dirk dmitry dolores dominic dominik dominique don donald donna dora doreen doris dorothy doug douglas
drew duane duncan dustin dwayne dwight dylan earl ed eddie eden edgar edith edmund edna eduardo edward edwin eileen
elaine eleanor elena eli elias elisa elisabeth elise elizabeth ella ellen elliot elliott ellis elsa elvis emil emile
emilia emily emma enrico enrique eric erica erich erik erika erin ernest ernesto esteban esther ethan eugene eva evan
eve evelyn fabian fabio faith fatima felicia felicity felipe felix ferdinand fernando fiona flavio florence florian
frances francesca francesco francis francisco franco francois françois frank franklin franz fred freddie frederic
frederick friedrich fritz gabriel gabriela gabriele gabrielle gail gareth garrett garry gary gavin gayle gemma gene
genevieve geoff geoffrey george georgia georgina gerald geraldine gerard gerd gerhard gerry gertrude gianni gilbert
gilles gina giorgio giovanni giulia giuseppe gisela gladys glen glenda glenn gloria gordon grace graham grant greg
gregg gregor gregory greta gretchen guido guillaume guillermo gunnar gunther günter günther gus gustavo guy gwen hal
hank hannah hans harald harold harriet harry harvey hassan hazel heather hector heidi heike heiko heinrich heinz helen
helena helene helga helmut henri henrik henry herbert herman hilary hilda hiroshi holger holly hope howard hubert hugh
hugo humberto ian ida ignacio igor ike ilona imran ina ines inga inge ingo ingrid irene iris irina irving isaac isabel
isabella isabelle isaiah ivan ivo ivy jack jackie jacob jacqueline jacques jade jaime jake jakob james jamie jan jana
jane janet janice janine jared jasmine jason javier jay jayme jayne jean jeanette jeanne jeannie jeff jeffery jeffrey
jen jenna jennifer jenny jens jeremy jermaine jerome jerry jess jesse jessica jessie jesus jill jillian jim jimmy jo
joachim joakim joan joann joanna joanne joaquin jochen jodi jody joe joel joerg jörg johan johann johanna johannes
john johnny jon jonas jonathan jordan jorge jose josé josef joseph josephine josh joshua joy joyce juan juanita judith
judy juergen jürgen julia julian juliana julie julien juliet julio julius june justin jutta kai kara karen karin
karina karl karla karsten kat kate katharina katherine kathleen kathryn kathy katie katja katrin katrina kay kayla
keith kelley kelli kelly kelvin ken kendra kenneth kent kerry kerstin kevin khalid kim kimberly kirk kirsten klaus
konrad kris krista kristen kristin kristina kristine kristy kurt kyle lance larry lars laura lauren laurence laurent
laurie lawrence lea leah leander leanne lee leif leigh lena leo leon leonard leonardo leroy leslie lester leticia
lewis liam lidia lila lillian lily linda lindsay lindsey lionel lisa liz lloyd logan lois lola lon lora loren lorenzo
loretta lori lorraine lou louis louise lowell luc luca lucas lucia lucille lucinda lucy luigi luis luisa luke lukas
luther lutz lydia lyle lynda lynette lynn lynne mabel mack maddie madeline maggie magnus malcolm mandy manfred manuel
manuela mara marc marcel marcia marco marcos marcus margaret margarita marge margit margot maria marian marianne marie
marilyn marina mario marion marisa marissa marjorie mark markus marlene marlon marsha marshall marta martha martin
martina marty marvin mary mateo mathias mathieu matt matteo matthew matthias maureen maurice mauricio max maxim maxine
maya megan mehmet mel melanie melinda melissa melody melvin mercedes meredith mia michael michaela michel michele
michelle mick miguel mihai mikael mike mikhail mildred milton mindy minna mira miranda miriam mitch mitchell mohamed
mohammad mohammed moira molly mona monica monika monique morgan moritz morris muhammad muriel myra myrna nadia nadine
nancy naomi natalia natalie natasha nate nathan nathaniel neal ned neil nell nelson nettie nicholas nick nicola
nicolas nicole niels nigel nikki niklas nikolai nils nina nino noah noel nora norbert norm norma norman olaf ole oleg
olga oliver olivia olivier omar orlando oscar oskar otto owen pablo paige pam pamela paola paolo pascal pat patricia
patrick patti patty paul paula paulette pauline paulo pearl pedro peggy penelope penny percy perry pete peter petra
petr phil philip philipp philippe phillip phoebe phyllis pierre pietro priscilla rachel rafael raffaele rainer rajesh
rajat ralf ralph ramon randall randolph randy raoul raphael raquel raul ravi ray raymond rebecca reggie regina
reginald reinhard reinhold rekha renata renate rene renee reuben rex rhonda ricardo riccardo richard rick ricky rita
rob robert roberta roberto robin robyn rochelle rod roderick rodney rodrigo roger roland rolf roman romy ron ronald
ronnie rosa rosalie rosanne rose rosemarie rosemary ross roxanne roy ruben rudolf rudy rupert russ russell ruth ryan
sabine sabrina sally salvador salvatore sam samantha samir samuel sandra sandy sanjay santiago sara sarah sasha saul
scott sean sebastian selina serena serge sergei sergio seth shane shannon sharon shaun shawn sheila shelby sheldon
shelley shelly sherman sherri sherry shirley sid sidney siegfried sigrid silke silvia silvio simon simone sofia sonia
sonja sophia sophie stacey stacy stan stanley stefan stefanie stefano stella stephan stephane stephanie stephen
sterling steve steven stewart stuart sue sunil susan susanna susanne susie suzanne suzy sven svetlana sylvia sylvie
tabitha tamara tammy tania tanja tanya tara tasha taylor ted teresa terence teri terrance terri terry tessa thad
thelma theo theodore theresa therese thierry thomas thorsten tiffany till tim timo timothy tina tobias toby todd tom
tomas tommy toni tony torsten tracey traci tracy travis trevor tricia trina trish trisha troy tyler tyrone udo ulf
ulrich ulrike ursula ute uwe valerie valentin valentina vanessa vera verena vernon veronica vic vicki vicky victor
victoria vijay viktor vince vincent vincenzo viola violet virginia vivian vladimir volker wade wallace walter wanda
warren wayne wendell wendy werner wes wesley whitney wilbur wilfred wilhelm will willard william willie wilma winfried
winston wolfgang xavier yann yasmin yolanda yuri yves yvette yvonne zach zachary zoe
"""
GIVEN_NAMES = word_set(_GIVEN)

_TITLES = (
    r"(?:co-?)?(?:founder|owner|president|chair(?:man|woman|person)?|partner|principal|director)|vice[ "
    r"-]president|(?:e|s|a)?vp|svp|"
    r"ceo|cfo|coo|cto|cmo|cio|ciso|cpo|cro|chro|chief(?=\s)|managing director|general manager"
    r"|manager(?:in)?|head of|leader|officer|executive|"
    r"supervisor|superintendent|foreman|secretary|treasurer|administrator|coordinator|assistant"
    r"|receptionist|associate|specialist|"
    r"representative|rep|agent|broker|realtor|consultant|advisor|adviser|analyst|accountant|bookkeeper"
    r"|controller|auditor|attorney|lawyer|"
    r"paralegal|counsel|engineer|developer|programmer|designer|architect|technician|scientist|researcher"
    r"|technologist|strategist|planner|"
    r"producer|editor|writer|author|journalist|reporter|publisher|photographer|artist|musician|carpenter"
    r"|painter|estimator|"
    r"installer|mechanic|electrician|plumber|builder|contractor|inspector|surveyor|driver|pilot|captain"
    r"|chef|cook|trainer|teacher|tutor|"
    r"instructor|professor|lecturer|dean|coach|counsell?or|therapist|psychologist|psychotherapist"
    r"|physician|surgeon|doctor|dentist|hygienist|nurse|"
    r"pharmacist|veterinarian|orthodontist|buyer|merchandiser|recruiter|marketer|evangelist|ambassador"
    r"|operator|host(?:ess)?|pastor|minister|"
    r"member of the board|board member|trustee|investor|spokes(?:man|woman|person)|liaison|intern"
    r"|sales(?:person|man|woman)?|support|"
    r"geschäftsführer(?:in)?|inhaber(?:in)?|gründer(?:in)?|leiter(?:in)?|vorstand|prokurist(?:in)?"
    r"|gesellschafter(?:in)?|"
    r"ansprechpartner(?:in)?|sekretariat|assistenz|berater(?:in)?|entwickler(?:in)?|mitarbeiter(?:in)?"
    r"|\w+leit(?:er|erin|ung)|"
    r"directeur|directrice|gérant|gérante|président|présidente|fondateur|fondatrice|responsable|"
    r"gerente|presidente|fundador|fundadora|directora|titolare|amministratore|direttore|eigenaar|oprichter|directeur"
)
_TITLE_WORD = re.compile(rf"(?<![\w-])(?:{_TITLES})(?![\w])")
STRONG_TITLE = re.compile(
    r"(?<![\w-])(?:(?:co-?)?founder|owner|president|chair(?:man|woman|person)?|ceo|cfo|coo|cto|cmo|cio"
    r"|chief \w+ officer|"
    r"(?:e|s|a)?vp|vice president|director|manager|partner|principal|head of|geschäftsführer(?:in)?"
    r"|inhaber(?:in)?|leiter(?:in)?|gérant|"
    r"attorney|lawyer|psychologist|psychotherapist|dentist|physician|broker|salesperson|sales associate"
    r"|engineer|consultant|coordinator|realtor|counsel|editor|secretary|treasurer|developer|designer"
    r"|architect)(?![\w])",
    re.IGNORECASE,
)

PREFIX = r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Rev|Fr|Sir|Capt|Captain|Col|Sgt|Hon|Herr|Frau|Dipl\.-\w+|Ing|Mag|Sen|Gov)\.?\s)"
_WORD = r"(?:(?:Mc|Mac|O['’]|D['’]|De|Di|La|Le|Van|Von|St\.\s?)?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)?)"
_INITIAL = r"(?:[A-Z]\.(?:\s?[A-Z]\.)?)"
_PARTICLE = r"(?:(?:van|von|de|der|den|del|di|da|la|le|bin|al|el|ten|ter|zu|dos)\s)"
_NICK = r"(?:\s[(\"“'][A-Z][a-z]+[)\"”'])?"
SUFFIX = (
    r"(?:,?\s(?:Jr|Sr|II|III|IV|Esq|Ph\.?D|M\.?D|D\.?D\.?S|DMD|MBA|CPA|P\.?E|RN|J\.?D|CFP®?|CFA|CKD|MS|RD|CD"
    r"|AIA|LEED AP|PMP|CPCU)\.?(?![\w])){0,4}"
)
NAME = rf"{PREFIX}{{0,2}}(?:{_WORD}|{_INITIAL}){_NICK}(?:\s(?:{_PARTICLE}){{0,2}}(?:{_WORD}|{_INITIAL})){{1,3}}{SUFFIX}"
_PREFIXES = re.compile(rf"^{PREFIX}{{1,2}}")
_SUFFIXES = re.compile(rf"{SUFFIX}$")
_NOT_IN_NAMES = re.compile(r"[^\w'’-]")
_NOT_IN_TITLES = re.compile(
    r"[@©$?!]|https?:|\d{3}|\b(?:our|your|my|we|you|us|is|are|was|were|will|have|click|read|more"
    r"|contact|call|become|find|why|how)\b",
    re.IGNORECASE,
)
NAME_ONLY = re.compile(rf"^{NAME}$")
UPPER_NAME = re.compile(r"^(?:DR\.? )?[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]+(?: [A-Z]\.?)?(?: [A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]+){1,2}$")

_NEVER = word_set(
    "about access account action adobe advanced agreement all america american and annual answers apple "
    "applications april areas article asia association august australia auto awards bank bay beach best black "
    "blog board book books brand british building business buy california call campus canada capital car card "
    "care career careers case center central certified chamber chat chinese city classic click client clients "
    "college commercial common community companies company computer conditions contact content copyright "
    "corporate corporation council country county court creative credit customer customers daily data december "
    "delivery dental department design development digital directions disclaimer district doctor download drive "
    "east education email emergency energy english enterprise estate europe european event events executive "
    "explore express facebook faculty family faq february federal feedback financial find first florida follow "
    "food for forum foundation france free french friday from full fund gallery general german germany gift "
    "global gold google government grand great green group guarantee guide hall health help high history holiday "
    "home hospital hotel hours house how inc india industrial info information inn institute insurance "
    "international internet investment investor investors island january japan job jobs join july june kitchen "
    "lake land latest law learn legal library license life limited link links list live loan local location "
    "locations log login london main management map maps march market marketing may media medical meet meeting "
    "member members memorial menu message microsoft mobile monday money more mortgage mountain museum music "
    "national network new newest news newsletter next north notice november october office official oil online "
    "open orange order our overview page paper park parts party partner partners past payment people phone photo "
    "pictures plan please policy popular portal post power premium press previous price pricing print privacy pro "
    "product products professional profile program project projects property public quality quick quote rating "
    "read real recent register registration regional related rent report request research reserve reserved "
    "residential resources restaurant results retail return review reviews rights river road room royal safety "
    "sale sales san santa saturday save school science search security send senior september service services "
    "share shipping shop shopping show sign site sitemap social software solutions south spa special sports "
    "spring staff standard start state states station store stories story street student students studio submit "
    "summer sunday super support survey systems tax team technical technologies technology terms testimonials the "
    "this thursday time today tools top total tour town track trade training travel trust tuesday twitter union "
    "united university updates us use user vacation valley value video view visit visitor warranty water web "
    "website wednesday welcome west what white why winter with women world year york your furniture ranch designs "
    "police pkwy parkway lane ave rd blvd drive investments outdoors repair collision pay dress flowers wedding "
    "motors metal street avenue suite llc ltd gmbh sons brothers associates fund funds championship cup show club "
    "awards award youth youtube zone credentials mission vision values expertise experience sponsor sponsors "
    "honda toyota ford chevrolet"
)
_ALSO_SURNAMES = word_set(
    "bank bay beach best black book brown buy card case chamber city day dean drew england field food foundation "
    "france friend frank gold grand grant great green hall hill holiday house island king lake land lane law "
    "london long love major march market marsh may mission music north page paper park parks parker part past "
    "pope power price print read rich river road room royal sale school search self senior sharp sign small south "
    "spa spring state stone store story street summer sun top tour town track trust valley waters water webb "
    "website welcome west white winter women wood world young youth english german french friday may"
)


@lru_cache(maxsize=4096)
def is_name(text: str, *, strong: bool = False) -> bool:
    """Whether `text` reads as a person's full name.

    `strong`: something beside it (a title, a card) says so too; then an unknown given name will do.
    """
    words = _PREFIXES.sub("", strip_suffix(text)).split()
    if not 2 <= len(words) <= 5:
        return False
    plain = [_NOT_IN_NAMES.sub("", word).casefold() for word in words]
    # "Steve White" and "Ann Green" are people; "Grand Hall" and "Service Price" are not.
    given = plain[0] in GIVEN_NAMES
    allowed = _ALSO_SURNAMES if given else frozenset()
    if any(word in _NEVER and word not in allowed for word in plain[1 if given else 0 :]):
        return False
    if plain[0] not in GIVEN_NAMES and says_title(text):
        return False
    return strong or plain[0].split("-")[0] in GIVEN_NAMES or bool(_PREFIXES.match(text))


def strip_suffix(text: str) -> str:
    """A name without the letters behind it (Jr., Ph.D., CPA)."""
    return _SUFFIXES.sub("", text).strip(" ,")


@remembered
def says_title(text: str) -> bool:
    """Whether a word for a job stands in the text. To ignore case would take the long pattern three times as long."""
    return bool(_TITLE_WORD.search(text.lower()))


def is_title(text: str) -> bool:
    """Whether a short text names a job: a word for one, and nothing that makes it a sentence or a heading."""
    if (
        not 2 <= len(text) <= 90
        or len(text.split()) > 11
        or (text[-1] in ".!?" and not text.endswith(("Inc.", "Sr.", "Jr.", "Dept.")))
    ):
        return False
    return says_title(text) and not _NOT_IN_TITLES.search(text)
