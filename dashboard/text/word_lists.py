"""Word lists: what never names a topic. English; of other languages the small words are known."""

from __future__ import annotations

import re

# "don't", "we'll", "o'clock"; and "l'", "dell'", which the token rule parts from what follows.
_CONTRACTION = re.compile(r".*n't|.*'(?:ll|re|ve|d|m|em|all|cause|clock|am|s|t|hui)?|'.*")


def is_contraction(word: str) -> bool:
    """True for a small word that an apostrophe shortens; "o'brien" is none."""
    return "'" in word and _CONTRACTION.fullmatch(word) is not None


# Words of news writing that say how something was reported, not what it is about.
NEWS_WORDS = frozenset(
    """
    according add added adding ago also amid announced article articles asked based called calling
    came come comes coming day days did does doing earlier end file get gets getting given go goes
    going good got great high including just know known last late later latest let like likely long
    made make makes making many may mean means media month months mr mrs ms near need new news news
    number official officials one ones part past people photo place point press previous quoted read
    recent recently related report reported reporter reporters reporting reports right said say
    saying says second see seen senior set several show since source sources spokesman spokesperson
    spokeswoman state states statement still story take taken takes taking tell thing things think
    third three time times today told tomorrow took two use used using want wants way ways week
    weeks went will work world would writes wrote year years yesterday dr first four five six seven
    eight nine ten hundred thousand million billion trillion percent per cent
    """.split()
)

DATE_WORDS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat
    sun january february march april may june july august september october november december jan
    feb mar apr jun jul aug sep sept oct nov dec
    """.split()
)

# Lower-case words that may not stand at the edge of a name: verbs, adjectives, adverbs of degree.
EDGE_WORDS = frozenset(
    """
    able accept act agree agreed agrees aim aimed aims allow allowed allows appear appears apply
    argue argued argues arrive arrived asserting attempt attempts attend avoid aware back become
    becomes began begin believe believed believes best better big biggest boost bring brought build
    built buy call cause caused changed claim claimed claims clear close commit common consider
    considered continue continued continues cut dear decide decided deep deepen deeper describe
    described different difficult direct dollar drive driven due early easy emphasize emphasized
    enhance ensure entire establish even ever expand expect expected extend extremely face faced
    faces fail failed far fast feel fell few final find firm follow followed following forced found
    free fresh full further gain gave give gives grand grew grow growing grown happen hard has head
    held help helped hit hold holds huge identify impact important increase increased increasing
    involve join joint keep keeps key kind large largest launch launched lead leading leave led left
    less lines little live local look looking lose lost low main maintain major mark marked meet
    meets met more most move moved much must nearly next offer offered old only open oppose over own
    particularly pay planned play possible potential present prevent prime produce promote propose
    proposed protect provide provided pull push put raise raised ran reach reached real receive
    reduce refuse reflect reject reiterate release released remain remained remains remove respond
    return reveal rise rose run saw seek seeks seem seems sell send sent serious serve shared short
    shortly show showed shown shows side sign signed significant similar single small sought special
    spend spoke spoken spread stand start started stay stood stop strengthen stress stressed strong
    stronger such suggest support supported sure surge surged talk tend thought together top total
    toward towards true try trying turn turned underscore underscores understand urge urged various
    very view visit vow wait wanted warn warned watch weak whole wide win won worth wrong young
    outside inside amid despite beyond near ahead least instead rather quite within without although
    though because whether while across against among between during per than upon via
    """.split()
)

# Titles and roles: part of a name, no theme by themselves.
TITLE_WORDS = frozenset(
    """
    president presidents premier chancellor minister ministers secretary chairman chairwoman chair
    senator senators sen rep representative governor gov mayor leader leaders director professor
    general captain judge justice king queen prince princess pope ceo chief mister madam counterpart
    jr sr speaker attorney counsel commissioner ambassador adviser advisor aide congressman
    congresswoman analyst analysts expert experts critics candidate member members
    """.split()
)

# People and adjectives of a place, each with the place: no name for a theme beside it.
_PLACES = """
    afghan afghanistan african africa albanian albania algerian algeria american america arab
    arabia arabian arabia argentine argentina armenian armenia asian asia australian australia
    austrian austria azerbaijani azerbaijan bangladeshi bangladesh belarusian belarus belgian
    belgium bolivian bolivia brazilian brazil british britain bulgarian bulgaria cambodian
    cambodia canadian canada catalan catalonia chilean chile chinese china colombian colombia
    croatian croatia cuban cuba cypriot cyprus czech czechia danish denmark dutch netherlands
    eastern east ecuadorian ecuador egyptian egypt english england ethiopian ethiopia european
    europe finnish finland french france georgian georgia german germany ghanaian ghana greek
    greece haitian haiti hungarian hungary indian india indonesian indonesia iranian iran iraqi
    iraq irish ireland israeli israel italian italy jamaican jamaica japanese japan jordanian
    jordan kazakh kazakhstan kenyan kenya korean korea kurdish kurds kuwaiti kuwait latin latin
    latvian latvia lebanese lebanon libyan libya lithuanian lithuania malaysian malaysia mexican
    mexico mongolian mongolia moroccan morocco nepalese nepal nicaraguan nicaragua nigerian
    nigeria northern north norwegian norway pakistani pakistan palestinian palestine peruvian
    peru philippine philippines filipino philippines polish poland portuguese portugal qatari
    qatar romanian romania russian russia rwandan rwanda saudi arabia scottish scotland serbian
    serbia sino china singaporean singapore slovak slovakia slovenian slovenia somali somalia
    southern south spanish spain sudanese sudan swedish sweden swiss switzerland syrian syria
    taiwanese taiwan tanzanian tanzania thai thailand tunisian tunisia turkish turkey ugandan
    uganda ukrainian ukraine uruguayan uruguay venezuelan venezuela vietnamese vietnam welsh
    wales western west yemeni yemen zimbabwean zimbabwe
""".split()
DEMONYMS = dict(zip(_PLACES[::2], _PLACES[1::2], strict=True))

# Words of page furniture: a phrase that holds one is a button or a notice, no theme.
FURNITURE = frozenset(
    """
    advertisement caption captions click com copyright getty gov highlights href html http https
    newsletter newsletters org password photos signup slideshow thumbnail toggle username webpage
    www
    """.split()
)

# Words that need another one: names hold them, none is one.
NEEDS_COMPANY = frozenset(
    """
    administration agencies agency black change committee conservative democratic department
    domestic federal force foreign former future general information liberal modern national natural
    office order plan plans prime private public rate rates regional republican system white
    """.split()
)
PREFIXES = frozenset("anti co ex mid multi non post pre pro self semi".split())

ADJECTIVE_ENDINGS = ("ic", "al", "ive", "ous", "able", "ible", "ary", "ful", "ent", "ant")
# … and words that end like adjectives but name things.
NOUNS_LIKE_ADJECTIVES = frozenset(
    """
    music traffic clinic pandemic epidemic republic critic critics topic fabric plastic panic
    hospital proposal deal trial capital approval withdrawal festival journal funeral coal goal
    meal scandal signal animal metal terminal portal rival denial arrival burial survival removal
    betrayal renewal appeal refusal initiative executive drive native incentive archive detective
    relative objective table cable vegetable debris library salary secretary military anniversary
    boundary glossary missionary sanctuary summary diary government parliament development
    agreement investment environment movement employment treatment settlement statement payment
    department management event president student agent talent content accident incident patient
    percent continent parent moment component election investigation entertainment equipment
    argument document instrument experiment commitment comment tournament tenant plant restaurant
    giant grant immigrant migrant merchant warrant consultant assistant
    """.split()
)

# Small words allowed inside a name, between capitalised words: "Bank of England".
LINK_WORDS = frozenset(
    "of and the for de du des la le von van der den di da do y el al d' l' dell' all'".split()
)
# … and those that open one where they are capitalised: "El Salvador".
PARTICLES = frozenset("de du des la le von van der di da el al d' l'".split())
