"""What tells encodings apart: the letters of languages, and which encodings hold them."""

from __future__ import annotations

# Letters beyond a to z, the most used first.
_LETTERS = {
    "da": "åøæé",
    "de": "äüöß",
    "en": "",
    "es": "óáíéñúü",
    "et": "äõüöšž",
    "fi": "äöå",
    "fr": "éèàêçôâîùûëïœ",
    "hr": "čžšćđ",
    "hu": "áéöóőüíúű",
    "is": "áðíéóúýþæö",
    "it": "àèùòéì",
    "lt": "ėųšįžčąūę",
    "lv": "āīēšūņļžčķģ",
    "nl": "ëéïèö",
    "pl": "łąęóśżćńź",
    "pt": "ãçáéíóêõúâàô",
    "cs": "íáěéřýčšžůúťďňó",
    "ro": "ăîşţâșț",
    "sk": "áíčéžýšúľťďňôäĺóŕ",
    "sl": "čšž",
    "sq": "ëç",
    "sv": "äåöé",
    "ca": "àóèéíçòúïü",
    "tr": "ıüşçğöîâû",
    "be": "аіеностырлкяўдмвпуьзцгбйчхжюшёэф",
    "bg": "аоиентрсвдлкпмзъгбяучйхщжцшюфь",
    "mk": "аоиентрсвдкмплузбгшјчжцњќхѓфџљѕ",
    "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "sr": "аиоенрстјдувкмпљзбгчшцћжњхђфџ",
    "uk": "оаниівтреслкдумпзяьбгчйхцжїєющшфґ",
    "el": "αοιετνσρκςπμλυηγδίάόέθήώύφχβξζψϊϋΐΰ",
    "he": "יולהמרבאתשנכםדעחקפגזטסןצךףץ",
    "ar": "الينمورتبعدسهةكقفحجشصطخءأإىذئضغثزظؤآ",
    "fa": "ايرندومتهسبشكکزلخفقعگپجحطچغصآئذضثظژی",
    "th": "านรอกเงมยวลดตสคทบปหแจพชขใไโผซถธศญณภฐษฉฟฝฏฮฤฆฬฎฑฒฌะัาำิีึืุู็่้๊๋์ๆ",
}
# Letters that names and loans bring into any language that is written in Latin.
BORROWED = frozenset("áàâãäåçéèêëíïñóôöøúüœšž")
_WESTERN = ("en", "fr", "de", "es", "pt", "it", "nl", "sv", "da", "fi", "ca", "is", "sq", "et")
_CENTRAL = ("pl", "cs", "sk", "hu", "hr", "sl", "ro", "sq")
_TURKISH = ("tr",)
_BALTIC = ("lt", "lv", "et")
_CYRILLIC = ("ru", "uk", "bg", "be", "sr", "mk")

# Python's name → the name that is said, and the languages it is for. The more common first: where
# two read a text alike, the first is taken.
ENCODINGS = {
    "cp1252": ("Windows-1252", _WESTERN),
    "cp1250": ("Windows-1250", _CENTRAL),
    "cp1251": ("Windows-1251", _CYRILLIC),
    "cp1254": ("Windows-1254", _TURKISH),
    "cp1253": ("Windows-1253", ("el",)),
    "cp1255": ("Windows-1255", ("he",)),
    "cp1256": ("Windows-1256", ("ar", "fa")),
    "cp1257": ("Windows-1257", _BALTIC),
    "cp874": ("Windows-874", ("th",)),
    "iso8859-15": ("ISO 8859-15", _WESTERN),
    "iso8859-2": ("ISO 8859-2", _CENTRAL),
    "iso8859-5": ("ISO 8859-5", _CYRILLIC),
    "iso8859-6": ("ISO 8859-6", ("ar",)),
    "iso8859-7": ("ISO 8859-7", ("el",)),
    "iso8859-9": ("ISO 8859-9", _TURKISH),
    "iso8859-13": ("ISO 8859-13", _BALTIC),
    "iso8859-16": ("ISO 8859-16", ("ro",)),
    "koi8-r": ("KOI8-R", ("ru", "bg")),
    "koi8-u": ("KOI8-U", ("uk",)),
    "mac-roman": ("Mac Roman", _WESTERN),
    "mac-latin2": ("Mac Central European", _CENTRAL),
    "mac-croatian": ("Mac Croatian", ("hr", "sl")),
    "mac-turkish": ("Mac Turkish", _TURKISH),
    "mac-cyrillic": ("Mac Cyrillic", _CYRILLIC),
    "mac-greek": ("Mac Greek", ("el",)),
    "cp850": ("DOS 850", _WESTERN),
    "cp852": ("DOS 852", _CENTRAL),
    "cp857": ("DOS 857", _TURKISH),
    "cp866": ("DOS 866", ("ru", "uk", "bg")),
    # The larger sets hold the smaller ones, and files mix them.
    "gb18030": ("GB 18030", ("zh",)),
    "big5hkscs": ("Big5", ("zh",)),
    "cp932": ("Shift JIS", ("ja",)),
    "euc_jp": ("EUC-JP", ("ja",)),
    "cp949": ("EUC-KR", ("ko",)),
}
_CHINESE = (
    "的一是不了在人有我他这個个们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着下"
    "自之年过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进"
    "進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知"
    "全三又关關点點正业業外将將两兩高间間由问問很最重并物手应應战戰向头頭文体體政美相见見被利什二等产產或新己"
    "制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿原东東声聲提立及比员員解水名真论論处"
    "處走义義各入几幾口认認条條平系气氣题題活尔爾更别別打女变變四神总總何电電数數安少报報才结結反受目太量再感"
    "建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治展"
)
_KOREAN = (
    "이다는에가의을하고를은지로서한도기사어대나시자인들리해있그일라수아정만장보으주니과전부게여상면적구원성스제관"
    "위당공신동소거미세조우경국비오바른르진무안반학요음화계유내모문선까간람생년단월명개김민말방차발회실현데직"
)
# East Asian: characters of which any text is half made.
COMMON = {"zh": frozenset(_CHINESE), "ja": frozenset(_CHINESE), "ko": frozenset(_KOREAN)}


LATIN = frozenset(_WESTERN + _CENTRAL + _TURKISH + _BALTIC)
# Where little speaks for any: what people have.
PRIOR = {
    name: 0.1 if name.startswith("cp12") else -0.1 if name.startswith(("cp8", "mac")) else 0.0
    for name in ENCODINGS
} | {"cp1252": 0.2, "cp1254": 0.2, "cp1250": 0.15}
RARE = {"is": -0.2, "sq": -0.1}  # languages of few readers


def _ranks(letters: str, span: float) -> dict[str, float]:
    return {letter: 1.5 - span * rank / len(letters) for rank, letter in enumerate(letters)}


# Of each language its letters: 1.5 for the most used, less for the others. In Latin script they
# are few, and a rare one may be all that a headline has.
WEIGHTS = {
    language: _ranks(letters, 0.1 if language in LATIN else 0.5)
    for language, letters in _LETTERS.items()
}
