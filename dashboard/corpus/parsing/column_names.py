"""What columns are called: the names of each field in exports and languages, the best first."""

from __future__ import annotations

import re
import unicodedata

# Bars separate names; they are compared as ``normal_name`` writes them, so "publishedAt",
# "published_at" and "Published At" are one, and so are "source.name" and "source_name".
_TITLE = (
    "title|headline|article title|headline main|news headline|web title|fields headline"
    "|title rendered|post title|document title|story title|title text|title page|hd|subject"
    "|heading|news title|doc title|titel|überschrift|schlagzeile|titre|título|titulo|titular"
    "|encabezado|manchete|titolo|kop|tytuł|tytul|nagłówek|заголовок|название|назва|наслов"
    "|başlık|baslik|haber başlığı|عنوان|العنوان|عنوان الخبر|عنوان المقال|تیتر|标题|標題|题目"
    "|題目|题名|新闻标题|文章标题|タイトル|見出し|題名|記事タイトル|제목|기사제목|기사 제목"
    "|rubrik|overskrift|otsikko|název|titulek|cím|titlu|शीर्षक|judul|tiêu đề|τίτλος|כותרת"
    "|name"
    "|หัวข้อ|พาดหัว|titlu|titular|tiêu đề bài viết|manşet|intitulé|tytuł artykułu"
    "|titel des artikels|titre de l’article|título da notícia|título de la noticia"
    "|titolo articolo"
)
_TEXT = (
    "text|full text|fulltext|article text|body|body text|article body|articlebody"
    "|fields body text|main text|maintext|content|article content|contents|story text"
    "|news text|post content|content rendered|content text|text content|plain text|clean text"
    "|cleaned text|document text|full content|article full text|story|article|news content"
    "|content original|text original|fields body|body html|content html|text html|raw text"
    "|post body|body content|message body|transcript|td|content value|full article|volltext"
    "|artikeltext|text des artikels|inhalt|fließtext|fliesstext|texte|texte intégral"
    "|texte integral|corps|corps du texte|contenu|texto|texto completo|cuerpo|contenido|testo"
    "|testo completo|corpo|contenuto|conteúdo|conteudo|corpo do texto|tekst|artikeltekst"
    "|inhoud|treść|tresc|pełny tekst|текст|полный текст|текст статьи|текст новости|содержание"
    "|содержимое|контент|тело|зміст|повний текст|metin|içerik|icerik|haber metni|النص|نص"
    "|النص الكامل|المحتوى|محتوى|نص المقال|نص الخبر|متن|محتوا|正文|内容|內容|全文|文章内容"
    "|新闻内容|新闻正文|文本|本文|記事本文|記事|テキスト|본문|내용|기사본문|기사 본문"
    "|기사내용|innehåll|brödtext|teksti|obsah|szöveg|conținut|पाठ|isi|nội dung|κείμενο|תוכן"
    "|內文|新聞內容|טקסט|טקסט מלא|גוף הכתבה|เนื้อหา|ข้อความ|เนื้อข่าว|isi berita|teks|văn bản"
    "|bài viết|text článku|cikk szövege|tekst artykułu|treść artykułu|texte de l’article"
    "|texto de la noticia|texto da notícia|testo articolo|πλήρες κείμενο|लेख|paragraphs|blocks"
    "|متن کامل|متن خبر|texto íntegro|texto integral|testo integrale|text íntegre|texte complet"
    "|vollständiger text|volledige tekst|pełna treść|hela texten|fuld tekst|fulltekst|plný text"
    "|koko teksti|teljes szöveg|tam metin|toàn văn|cuerpo de la noticia"
    "|cuerpo del artículo|corpo da notícia|corpo do artigo|corpo della notizia|corps de l’article"
)
# What stands in for the text in lists: taken for it only where it's as long as an article.
_TEASER = (
    "description|summary|abstract|snippet|excerpt|lead|lead paragraph|lp|opening text"
    "|hit sentence|teaser|dek|standfirst|trail text|fields trail text|abstract note|subtitle"
    "|content snippet|meta description|post excerpt|excerpt rendered|intro|deck|subheadline"
    "|web description|article summary|beschreibung|zusammenfassung|résumé|chapô|descripción"
    "|resumen|descrizione|riassunto|descrição|resumo|samenvatting|opis|streszczenie|описание"
    "|аннотация|краткое описание|özet|ملخص|الوصف|摘要|简介|導語|导语|概要|要約|説明|요약"
)
_SOURCE = (
    "source name|source title|publication|publication name|publication title|pub title"
    "|publisher|publisher name|outlet|outlet name|media outlet|media name|news outlet"
    "|newspaper|newspaper name|source|news source|article source|site name|sitename"
    "|website name|fields publication|journal|magazine|paper|provider|provider name|sn"
    "|page name|account name|channel title|snippet channel title|channel|channel name|medium"
    "|media|blog name"
    "|website|site|source hostname|source domain"
    "|domain|domain name|hostname|host|source common name|organization|quelle|zeitung"
    "|publikation|herausgeber|média|éditeur|nom du journal|fuente|medio|periódico|periodico"
    "|diario|publicación|fonte|testata|giornale|veículo|veiculo|jornal|bron|krant|źródło"
    "|zrodlo|gazeta|источник|издание|сми|газета|джерело|видання|kaynak|gazete|المصدر|مصدر"
    "|الصحيفة|الجريدة|منبع|来源|來源|媒体|媒體|报纸|报社|新闻来源|出处|媒体名|媒体名称|新聞社"
    "|新聞|出典|ソース|情報源|출처|언론사|신문|매체|신문사|källa|kilde|lähde|zdroj|forrás"
    "|sursă|स्रोत"
    "|מקור|עיתון|แหล่งที่มา|แหล่งข่าว|สำนักข่าว|หนังสือพิมพ์|sumber|nguồn|tên báo|πηγή|μέσο"
    "|εφημερίδα|tytuł prasowy|nazwa źródła|tidning|avis|medie|lehti|noviny|médium|publicatie"
    "|nome testata|nom de la source|nom du média|nombre del medio|nome do veículo|報社|媒體名稱"
    "|رسانه|روزنامه"
)
_DATE = (
    "date published|published date|publish date|date publish|publication date|publicationdate"
    "|pub date|pubdate|published at|publishedat|published on|published|date time pub"
    "|datetimepub|web publication date|first publication date|post date|post date gmt"
    "|posted at|posted on|date posted|article date|news date|issue date|release date"
    "|date of publication|publication datetime|published time|article published time"
    "|published datetime|date|datetime|date time|pd|veröffentlicht|veröffentlichungsdatum"
    "|erscheinungsdatum|datum|date de publication|date de parution|publié le|fecha"
    "|fecha de publicación|fecha publicación|data|data di pubblicazione|data de publicação"
    "|publicatiedatum|data publikacji|дата|дата публикации|дата публікації|tarih|yayın tarihi"
    "|التاريخ|تاريخ|تاريخ النشر|تاریخ|日期|发布日期|發布日期|发布时间|發布時間|发表日期"
    "|出版日期|发表时间|时间|時間|日付|公開日|掲載日|発行日|日時|配信日|投稿日|날짜|일자"
    "|작성일|게재일|dato|päivämäärä|dátum|dată|दिनांक|tanggal|ngày|ημερομηνία|timestamp"
    "|created at|created|date created|created time|created utc|created at utc|date utc"
    "|published utc|publish timestamp|published timestamp|created timestamp|post created date"
    "|unixtime|unix time|epoch|day|time|publication year|year|年份"
    "|תאריך|תאריך פרסום|วันที่|วันที่เผยแพร่|วันที่ลงข่าว|tanggal terbit|ngày đăng|ngày xuất bản"
    "|publikationsdatum|publiceringsdatum|publiceringsdato|utgivningsdag|julkaisupäivä"
    "|datum vydání|data wydania|data ukazania się|data pubblicazione|data de publicación"
    "|date publication|date parution|fecha de publicacion|erschienen am|megjelenés dátuma"
    "|ημερομηνία δημοσίευσης|तारीख|تاریخ انتشار|تاریخ خبر"
)
# A date in columns of their own.
YEARS = frozenset(
    "year yr jahr année annee año ano anno jaar år ár rok rocznik год рік година godina leto an any"
    " urtea vuosi év yıl yil έτος χρονιά שנה سنة السنة عام سال वर्ष 年 年份 년 연도 tahun năm"
    " ปี".split()
)
MONTHS = frozenset(
    "month mon mth monat mois mes mês mese maand måned månad mánuður miesiąc miesiac měsíc mesiac"
    " месяц місяць месец mjesec mesec lună mes hilabetea kuukausi kuu hónap ay μήνας חודש شهر الشهر"
    " ماه महीना माह 月 月份 월 bulan tháng เดือน".split()
)
DAYS = frozenset(
    "day dom mday tag jour día dia giorno dag dagur dzień dzien den deň день ден dan zi eguna päivä"
    " nap gün ημέρα μέρα יום يوم اليوم روز दिन 日 号 일 hari ngày วันที่".split()
)
# Not when it was published: when somebody saw or changed it.
_SEEN = (
    "seendate|seen date|indexed date|indexed at|date added|added|download date|date download"
    "|crawl date|date crawled|crawled at|scraped at|scrape date|retrieved|retrieved at"
    "|access date|collected at|fetched at|v2 1 date|gkg date|updated at|updated|date modify"
    "|date modified|modified|last modified|update date|date time seen|filedate"
)
_URL = (
    "url|article url|web url|link|news url|story url|post url|page url|permalink"
    "|links permalink|canonical url|original url|article link|links|href|web link|weblink"
    "|document identifier|documentidentifier|source link|external link|uri|guid|address|loc"
    "|adresse|verweis|webadresse|lien|enlace|dirección|vínculo|collegamento|indirizzo|ligação"
    "|endereço|koppeling|odnośnik|adres|ссылка|адрес|урл|посилання|bağlantı|الرابط|رابط|لینک"
    "|链接|鏈接|連結|网址|網址|原文链接|链接地址|地址|リンク|アドレス|링크|주소|원문주소|länk"
    "|lenke|linkki|odkaz|लिंक|source url|canonical link"
)
_AUTHORS = (
    "authors name|author name|byline original|fields byline|authors|author|byline|by line|by"
    "|creator|creators|dc creator|author full name|authors full name|writer|writers|reporter"
    "|reporters|journalist|journalists|written by|author display name|full name"
    "|author username|author handle|author unique id|user display name|account display name"
    "|user name|username|user screen name|screen name|account handle|account acct|owner username"
    "|user handle|from|post author|columnist|contact name|contributors|influencer|autor"
    "|autoren|verfasser|autor in|auteur|auteurs|autores|redactor|autore|autori|autoria"
    "|schrijver|autorzy|автор|авторы|автори|журналист|yazar|yazarlar|muhabir|الكاتب|المؤلف"
    "|المؤلفون|كاتب|بقلم|اسم الكاتب|نویسنده|作者|记者|記者|撰稿人|责任编辑|著者|筆者|執筆者"
    "|記者名|저자|기자|작성자|글쓴이|författare|forfatter|kirjoittaja|szerző|लेखक"
    "|מחבר|כתב|ผู้เขียน|ผู้สื่อข่าว|penulis|wartawan|tác giả|συντάκτης|συγγραφέας|redakteur"
    "|journaliste|periodista|giornalista|jornalista|dziennikarz|novinář|autorka|toimittaja"
    "|خبرنگار"
)
_LANGUAGE = (
    "language|lang|language code|lang code|meta lang|la|language name|document language"
    "|sprache|langue|idioma|lingua|língua|taal|język|jezyk|язык|мова|dil|اللغة|لغة|زبان|语言"
    "|語言|语种|言語|언어|språk|sprog|kieli|jazyk|nyelv|limbă|भाषा"
)
_ID = (
    "id|uuid|article id|story id|stories id|doc id|docid|document id|news id|post id|uid|guid"
    "|an|accession number|accession no|goid|gkgrecordid|编号|编码|record id|item id|key"
)

# GDELT's Global Knowledge Graph 2.1 comes without a header; the names are those of its codebook.
GKG = (
    "GKGRECORDID", "V2.1DATE", "V2SOURCECOLLECTIONIDENTIFIER", "SourceCommonName",
    "DocumentIdentifier", "V1COUNTS", "V2.1COUNTS", "V1THEMES", "V2ENHANCEDTHEMES", "V1LOCATIONS",
    "V2ENHANCEDLOCATIONS", "V1PERSONS", "V2ENHANCEDPERSONS", "V1ORGANIZATIONS",
    "V2ENHANCEDORGANIZATIONS", "V1.5TONE", "V2.1ENHANCEDDATES", "V2GCAM", "V2.1SHARINGIMAGE",
    "V2.1RELATEDIMAGES", "V2.1SOCIALIMAGEEMBEDS", "V2.1SOCIALVIDEOEMBEDS", "V2.1QUOTATIONS",
    "V2.1ALLNAMES", "V2.1AMOUNTS", "V2.1TRANSLATIONINFO", "V2EXTRASXML",
)  # fmt: skip

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[\s_\-./:\[\]()#*\"'’“”?]+")
# Words in front that only say that it's the article's: "article_title", "news.url".
_IN_FRONT = frozenset(
    "article news story post item doc document dc og fields attributes the"
    # what interfaces wrap a record in: "node.title", "record.text", "snippet.publishedAt"
    " node record snippet result hit entry payload properties".split()
)
# Words behind that say how the value is stored or in which language,
# and forms for both sexes: "titel_s", "text_de", "Autor/a".
_BEHIND = frozenset(
    "s ss t txt dt tdt str keyword a in innen ar cs da de el en es fa fi fr he hu it ja ko nl no"
    " pl pt ro ru sv tr uk zh".split()
)
# Letters that programs write in two or as another, beside those that lose a mark.
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe"})
_PLAIN = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


_OF_A_DATE = frozenset("pub publication published publish date issue article of".split())


def normal_name(name: str) -> str:
    """Return a column's name as names are compared: lower case, words apart, no signs."""
    name = unicodedata.normalize("NFKC", name[:200])
    return _BETWEEN.sub(" ", _CAMEL.sub(" ", name)).strip().casefold()


def bare_name(normal: str) -> str:
    """Return a normal name without the words in front that say that it's the article's, or the
    one behind that says how it is stored."""
    words = normal.split()
    while len(words) > 1 and words[0] in _IN_FRONT:
        del words[0]
    bare = " ".join(words)
    if len(words) > 1 and words[-1] in _BEHIND and bare not in KNOWN:
        bare = " ".join(words[:-1])
    return bare


def bare_date_name(normal: str) -> str:
    """Return a name such as "publication year" or "date month" without what it is the year of."""
    words = [word for word in normal.split() if word not in _OF_A_DATE]
    return " ".join(words) or normal


def is_known(name: str) -> bool:
    """True for a name that some export or language gives to a field."""
    normal = normal_name(name)
    return normal in KNOWN or bare_name(normal) in KNOWN


def _ascii_names(name: str) -> set[str]:
    """How programs that know no marks write a name: "Überschrift" as ueberschrift, uberschrift."""
    if not any(char.isalpha() and char < "\u0250" for char in name):
        return set()  # another script has no ASCII
    return {_without_marks(name.translate(table)) for table in (_PLAIN, _DIGRAPHS)}


def _without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _ranks(names: str) -> dict[str, int]:
    listed = [normal_name(name) for name in names.split("|")]
    ranks = {name: rank for rank, name in reversed(list(enumerate(listed)))}
    for rank, name in enumerate(listed):
        for plain in _ascii_names(name):
            ranks.setdefault(plain, rank)
    return ranks


ALIASES: dict[str, dict[str, int]] = {
    field: _ranks(names)
    for field, names in (
        ("title", _TITLE), ("text", _TEXT), ("source", _SOURCE), ("date", _DATE), ("url", _URL),
        ("authors", _AUTHORS), ("language", _LANGUAGE), ("teaser", _TEASER), ("seen", _SEEN),
        ("id", _ID),
    )
}  # fmt: skip


def rank_of(target: str, normal: str) -> int | None:
    """The place of a normal name among those of a field, the best first; None for none of them."""
    ranks = ALIASES[target]
    if normal in ranks:
        return ranks[normal]
    bare = bare_name(normal)
    return ranks[bare] + 1000 if bare in ranks else None


FIELDS = ("title", "text", "source", "date", "url", "authors", "language")
KNOWN = frozenset(name for names in ALIASES.values() for name in names)
# Names of a time that mean a publication date only where the values say so.
NEEDS_VALUES = frozenset(
    "data timestamp created day time year name subject td by from an la story article record "
    "message media medium site channel uri guid links address key 时间 時間 記事 新聞".split()
) | {"created at", "date created", "created time", "publication year", "date time"}
