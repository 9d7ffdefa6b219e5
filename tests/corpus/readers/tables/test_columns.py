"""The column mapping: layouts of known exports, languages, and what the user says."""

from __future__ import annotations

import pytest

from dashboard.corpus.parsing.column_names import GKG, bare_name, is_known, normal_name
from dashboard.corpus.readers.tables.columns import guess_columns, id_column, is_seen
from dashboard.corpus.readers.tables.headers import is_header, names_without_header
from dashboard.corpus.readers.tables.mapping import ColumnMap, parse_mapping
from dashboard.corpus.record import RefusedFile

BODY = (
    "The council voted on Tuesday to fund a new bridge across the river after months of debate. "
    "Residents said that traffic had doubled since 2019, while officials promised work before "
    "winter. The mayor, who had opposed the plan for years, called it a fair compromise. "
)
TEXT = BODY * 3
TEASER = "The council voted to fund a new bridge."
URL = "https://www.example.com/2024/05/16/bridge-vote"
SITE = "https://www.example.com"
IMAGE = "https://cdn.example.com/bridge.jpg"
TITLE = "Council votes to fund a new bridge"
DAY = "2024-05-16"
TIME = "2024-05-16T09:15:00Z"

# Name of the export → its columns with a value each, and the columns that must be found.
LAYOUTS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "Media Cloud, old": (
        {"stories_id": "1621", "publish_date": "2024-05-16 09:15:00", "title": TITLE, "url": URL,
         "language": "en", "ap_syndicated": "False", "themes": "politics", "media_id": "18",
         "media_name": "Daily Post", "media_url": SITE, "inlink_count": "3"},
        {"title": "title", "source": "media_name", "date": "publish_date", "url": "url",
         "language": "language"},
    ),
    "Media Cloud, new": (
        {"id": "b3f1", "indexed_date": "2024-05-17 01:02:03.123456", "language": "en",
         "media_name": "example.com", "media_url": "example.com", "publish_date": DAY,
         "title": TITLE, "url": URL},
        {"title": "title", "source": "media_name", "date": "publish_date", "url": "url",
         "language": "language"},
    ),
    "GDELT DOC, JSON": (
        {"url": URL, "url_mobile": URL + "?amp", "title": TITLE, "seendate": "20240516T091500Z",
         "socialimage": IMAGE, "domain": "example.com", "language": "English",
         "sourcecountry": "United States"},
        {"title": "title", "source": "domain", "date": "seendate", "url": "url",
         "language": "language"},
    ),
    "GDELT DOC, CSV": (
        {"URL": URL, "MobileURL": "", "Date": "2024-05-16 09:15:00", "Title": TITLE},
        {"title": "Title", "date": "Date", "url": "URL"},
    ),
    "GDELT GKG": (
        dict(zip(GKG, ["20240516091500-12", "20240516091500", "1", "example.com", URL,
                       *["TAX_FNCACT;TAX_FNCACT_MAYOR;"] * 13, IMAGE, *[""] * 8], strict=True)),
        {"source": "SourceCommonName", "date": "V2.1DATE", "url": "DocumentIdentifier"},
    ),
    "NewsAPI": (
        {"source.id": "bbc-news", "source.name": "BBC News", "author": "Jane Doe", "title": TITLE,
         "description": TEASER, "url": URL, "urlToImage": IMAGE, "publishedAt": TIME,
         "content": BODY[:200] + "… [+2000 chars]"},
        {"title": "title", "text": "content", "source": "source.name", "date": "publishedAt",
         "url": "url", "authors": "author"},
    ),
    "Event Registry": (
        {"uri": "8012345678", "lang": "eng", "isDuplicate": "false", "date": "2024-05-16",
         "time": "09:15:00", "dateTime": TIME, "dateTimePub": TIME, "dataType": "news",
         "sim": "0.5", "url": URL, "title": TITLE, "body": TEXT, "source.uri": "example.com",
         "source.dataType": "news", "source.title": "Daily Post", "authors[].uri": "doe@e.com",
         "authors[].name": "Jane Doe", "image": IMAGE, "sentiment": "0.1", "wgt": "453"},
        {"title": "title", "text": "body", "source": "source.title", "date": "dateTimePub",
         "url": "url", "authors": "authors[].name", "language": "lang"},
    ),
    "New York Times API": (
        {"abstract": TEASER, "web_url": URL, "snippet": TEASER, "lead_paragraph": BODY,
         "source": "The New York Times", "multimedia[].url": "images/2024/a.jpg",
         "headline.main": TITLE, "headline.kicker": "", "pub_date": "2024-05-16T09:15:00+0000",
         "document_type": "article", "byline.original": "By Jane Doe", "_id": "nyt://article/1",
         "word_count": "700", "uri": "nyt://article/1"},
        {"title": "headline.main", "source": "source", "date": "pub_date", "url": "web_url",
         "authors": "byline.original"},
    ),
    "Guardian API": (
        {"id": "world/2024/may/16/bridge", "type": "article", "sectionName": "World news",
         "webPublicationDate": TIME, "webTitle": TITLE, "webUrl": URL,
         "apiUrl": "https://content.guardianapis.com/x", "fields.headline": TITLE,
         "fields.trailText": TEASER, "fields.byline": "Jane Doe",
         "fields.body": "<p>" + TEXT + "</p>", "fields.bodyText": TEXT,
         "fields.publication": "The Guardian", "fields.lang": "en"},
        {"title": "webTitle", "text": "fields.bodyText", "source": "fields.publication",
         "date": "webPublicationDate", "url": "webUrl", "authors": "fields.byline",
         "language": "fields.lang"},
    ),
    "Kaggle All the News 1": (
        {"column 0": "0", "id": "17283", "title": TITLE, "publication": "New York Times",
         "author": "Jane Doe", "date": DAY, "year": "2024.0", "month": "5.0", "url": "",
         "content": TEXT},
        {"title": "title", "text": "content", "source": "publication", "date": "date",
         "url": "url", "authors": "author"},
    ),
    "Kaggle All the News 2": (
        {"date": "2024-05-16 09:15:00", "year": "2024", "month": "5.0", "day": "16",
         "author": "Jane Doe", "title": TITLE, "article": TEXT, "url": URL, "section": "World",
         "publication": "Vox"},
        {"title": "title", "text": "article", "source": "publication", "date": "date",
         "url": "url", "authors": "author"},
    ),
    "Common Crawl news (news-please)": (
        {"authors": "Jane Doe", "date_download": "2024-05-17 00:00:00", "date_modify": "",
         "date_publish": "2024-05-16 09:15:00", "description": TEASER, "filename": "a.json",
         "image_url": IMAGE, "language": "en", "localpath": "", "maintext": TEXT,
         "source_domain": "www.example.com", "title": TITLE, "title_page": "", "title_rss": "",
         "url": URL},
        {"title": "title", "text": "maintext", "source": "source_domain", "date": "date_publish",
         "url": "url", "authors": "authors", "language": "language"},
    ),
    "trafilatura": (
        {"title": TITLE, "author": "Jane Doe", "hostname": "example.com", "date": DAY,
         "fingerprint": "8d2f", "id": "", "license": "", "comments": "", "raw_text": TEXT,
         "text": TEXT, "language": "en", "image": IMAGE, "pagetype": "article",
         "filedate": "2024-06-01", "source": URL, "source-hostname": "Daily Post",
         "excerpt": TEASER, "categories": "", "tags": ""},
        {"title": "title", "text": "text", "source": "source-hostname", "date": "date",
         "url": "source", "authors": "author", "language": "language"},
    ),
    "newspaper3k": (
        {"url": URL, "source_url": SITE, "title": TITLE, "top_image": IMAGE,
         "meta_lang": "en", "authors": "['Jane Doe', 'John Roe']",
         "publish_date": "2024-05-16 00:00:00", "text": TEXT, "summary": TEASER, "keywords": "[]",
         "canonical_link": URL, "meta_description": TEASER},
        {"title": "title", "text": "text", "date": "publish_date", "url": "url",
         "authors": "authors", "language": "meta_lang"},
    ),
    "Zotero": (
        {"Key": "ABCD1234", "Item Type": "newspaperArticle", "Publication Year": "2024",
         "Author": "Doe, Jane", "Title": TITLE, "Publication Title": "Daily Post", "ISBN": "",
         "Url": URL, "Abstract Note": "", "Date": DAY, "Date Added": "2024-06-01 10:00:00",
         "Date Modified": "2024-06-01 10:00:00", "Access Date": "2024-06-01 10:00:00",
         "Language": "en"},
        {"title": "Title", "source": "Publication Title", "date": "Date", "url": "Url",
         "authors": "Author", "language": "Language"},
    ),
    "Scrapy": (
        {"url": URL, "headline": TITLE, "body": TEXT, "byline": "By Jane Doe",
         "published": "May 16, 2024", "site": "Daily Post", "scraped_at": TIME},
        {"title": "headline", "text": "body", "source": "site", "date": "published", "url": "url",
         "authors": "byline"},
    ),
    "AllSides set": (
        {"topic": "politics", "source": "Vox", "bias": "0", "url": URL, "title": TITLE,
         "date": DAY, "authors": "Jane Doe", "content": TEXT, "content_original": TEXT,
         "source_url": "www.vox.com", "bias_text": "left", "ID": "004Gt3gcsotuiYmz"},
        {"title": "title", "text": "content", "source": "source", "date": "date", "url": "url",
         "authors": "authors"},
    ),
    "BuzzSumo": (
        {"Article Title": TITLE, "Article URL": URL, "Author": "Jane Doe", "Domain": "example.com",
         "Published Date": "16/05/2024", "Word Count": "700", "Total Engagement": "1523",
         "Thumbnail": IMAGE, "Language": "en"},
        {"title": "Article Title", "source": "Domain", "date": "Published Date",
         "url": "Article URL", "authors": "Author", "language": "Language"},
    ),
    "Meltwater": (
        {"Date": "16-May-2024 09:15AM", "Headline": TITLE, "URL": URL, "Opening Text": TEASER,
         "Hit Sentence": TEASER, "Source": "Daily Post", "Influencer": "Jane Doe",
         "Country": "United States", "Subregion": "", "Language": "English", "Reach": "100000",
         "AVE": "925", "Sentiment": "Neutral", "Document ID": "x1"},
        {"title": "Headline", "source": "Source", "date": "Date", "url": "URL",
         "authors": "Influencer", "language": "Language"},
    ),
    "Brandwatch": (
        {"Query Id": "1999", "Query Name": "Bridge", "Date": "2024-05-16 09:15:00.0",
         "Title": TITLE, "Snippet": TEASER, "Url": URL, "Domain": "example.com",
         "Sentiment": "neutral", "Page Type": "news", "Language": "en", "Country Code": "USA",
         "Full Name": "Jane Doe", "Full Text": TEXT},
        {"title": "Title", "text": "Full Text", "source": "Domain", "date": "Date", "url": "Url",
         "authors": "Full Name", "language": "Language"},
    ),
    "Cision": (
        {"News Date": "5/16/2024", "News Headline": TITLE, "Outlet Name": "Daily Post",
         "Contact Name": "Jane Doe", "News Text": TEXT, "Link": URL, "Media Type": "Online",
         "UVPM": "12000", "Tone": "Neutral"},
        {"title": "News Headline", "text": "News Text", "source": "Outlet Name",
         "date": "News Date", "url": "Link", "authors": "Contact Name"},
    ),
    "Factiva, CSV": (
        {"HD": TITLE, "BY": "By Jane Doe", "WC": "700 words", "PD": "16 May 2024",
         "SN": "Daily Post", "SC": "DPOST", "LA": "English", "CY": "(c) 2024", "LP": BODY,
         "TD": TEXT, "AN": "Document DPOST00020240516"},
        {"title": "HD", "text": "LP+TD", "source": "SN", "date": "PD", "authors": "BY",
         "language": "LA"},
    ),
    "ProQuest TDM": (
        {"GOID": "3055123456", "Title": TITLE, "Date": DAY, "Publisher": "Daily Post, Inc.",
         "Publication Title": "Daily Post", "Authors": "Doe, Jane", "Full Text": TEXT,
         "Language": "English", "Start Page": "A1"},
        {"title": "Title", "text": "Full Text", "source": "Publication Title", "date": "Date",
         "authors": "Authors", "language": "Language"},
    ),
    "Aylien": (
        {"id": "5210", "title": TITLE, "body": TEXT, "summary.sentences": TEASER,
         "source.id": "12", "source.name": "Daily Post", "source.domain": "example.com",
         "source.home_page_url": SITE, "links.permalink": URL, "published_at": TIME,
         "author.id": "77", "author.name": "Jane Doe", "language": "en", "media[].url": IMAGE},
        {"title": "title", "text": "body", "source": "source.name", "date": "published_at",
         "url": "links.permalink", "authors": "author.name", "language": "language"},
    ),
    "WordPress, WP All Export": (
        {"id": "17", "Title": TITLE, "Content": "<!-- wp:paragraph --><p>" + TEXT + "</p>",
         "Excerpt": "", "Date": DAY, "Post Type": "post", "Permalink": URL, "Image URL": IMAGE,
         "Author ID": "2", "Author Username": "jdoe", "Author Email": "j@example.com"},
        {"title": "Title", "text": "Content", "date": "Date", "url": "Permalink",
         "authors": "Author Username"},
    ),
    "WordPress, table of posts": (
        {"ID": "17", "post_author": "2", "post_date": "2024-05-16 09:15:00",
         "post_content": "<p>" + TEXT + "</p>", "post_title": TITLE, "post_excerpt": "",
         "post_status": "publish", "guid": "https://www.example.com/?p=17"},
        {"title": "post_title", "text": "post_content", "date": "post_date", "url": "guid"},
    ),
    "WordPress, REST": (
        {"id": "17", "date": "2024-05-16T09:15:00", "modified": TIME, "link": URL,
         "title.rendered": TITLE, "content.rendered": "<p>" + TEXT + "</p>",
         "excerpt.rendered": "<p>" + TEASER + "</p>", "author": "2"},
        {"title": "title.rendered", "text": "content.rendered", "date": "date", "url": "link"},
    ),
    "MediaStack": (
        {"author": "Jane Doe", "title": TITLE, "description": TEASER, "url": URL,
         "source": "Daily Post", "image": IMAGE, "category": "general", "language": "en",
         "country": "us", "published_at": "2024-05-16T09:15:00+00:00"},
        {"title": "title", "source": "source", "date": "published_at", "url": "url",
         "authors": "author", "language": "language"},
    ),
    "GNews": (
        {"title": TITLE, "description": TEASER, "content": BODY[:200] + "... [1210 chars]",
         "url": URL, "image": IMAGE, "publishedAt": TIME, "source.name": "Daily Post",
         "source.url": SITE},
        {"title": "title", "text": "content", "source": "source.name", "date": "publishedAt",
         "url": "url"},
    ),
    "Webhose": (
        {"uuid": "a1", "url": URL, "author": "Jane Doe",
         "published": "2024-05-16T09:15:00.000+03:00",
         "title": TITLE, "text": TEXT, "language": "english", "crawled": TIME,
         "thread.site": "example.com", "thread.site_full": "www.example.com",
         "thread.title": TITLE, "thread.url": URL},
        {"title": "title", "text": "text", "source": "thread.site", "date": "published",
         "url": "url", "authors": "author", "language": "language"},
    ),
    "schema.org": (
        {"@type": "NewsArticle", "headline": TITLE, "datePublished": TIME, "dateModified": TIME,
         "author.name": "Jane Doe", "publisher.name": "Daily Post", "articleBody": TEXT,
         "mainEntityOfPage": URL, "url": URL, "inLanguage": "en"},
        {"title": "headline", "text": "articleBody", "source": "publisher.name",
         "date": "datePublished", "url": "url", "authors": "author.name"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("export", LAYOUTS)
def test_known_exports_are_recognised(export: str) -> None:
    columns, expected = LAYOUTS[export]
    found = guess_columns(list(columns), [list(columns.values())] * 6)
    assert {name: column for name, column in found.columns.items()} == expected


@pytest.mark.parametrize("export", [export for export in LAYOUTS if export != "GDELT GKG"])
def test_known_exports_are_recognised_by_their_names_alone(export: str) -> None:
    """All but one that has neither title nor text."""
    columns, expected = LAYOUTS[export]
    found = guess_columns(list(columns), []).columns
    wanted = {
        name: expected[name]
        for name in ("title", "text")
        if name in expected and expected[name] not in ("LP+TD", "article")
    }
    assert wanted
    assert {name: found.get(name) for name in wanted} == wanted


def test_at_least_twenty_exports_are_known() -> None:
    assert len(LAYOUTS) >= 20


LANGUAGES = {
    "English": ("Headline", "Full text", "Newspaper", "Published on", "Link", "Byline"),
    "German": ("Überschrift", "Volltext", "Zeitung", "Datum", "Verweis", "Verfasser"),
    "French": ("Titre", "Texte intégral", "Journal", "Date de publication", "Lien", "Auteur"),
    "Spanish": ("Título", "Cuerpo", "Medio", "Fecha", "Enlace", "Autores"),
    "Italian": ("Titolo", "Testo", "Testata", "Data", "Collegamento", "Autore"),
    "Portuguese": ("Manchete", "Conteúdo", "Veículo", "Data de publicação", "Ligação", "Autoria"),
    "Dutch": ("Kop", "Artikeltekst", "Krant", "Publicatiedatum", "Koppeling", "Schrijver"),
    "Polish": ("Tytuł", "Treść", "Źródło", "Data publikacji", "Odnośnik", "Autorzy"),
    "Russian": ("Заголовок", "Текст", "Источник", "Дата публикации", "Ссылка", "Автор"),
    "Turkish": ("Başlık", "Metin", "Gazete", "Tarih", "Bağlantı", "Yazar"),
    "Arabic": ("العنوان", "النص", "المصدر", "تاريخ النشر", "الرابط", "الكاتب"),
    "Persian": ("عنوان", "متن", "منبع", "تاریخ", "لینک", "نویسنده"),
    "Chinese": ("标题", "正文", "来源", "发布时间", "链接", "作者"),
    "Traditional Chinese": ("標題", "內容", "媒體", "日期", "網址", "記者"),
    "Japanese": ("見出し", "本文", "新聞社", "掲載日", "リンク", "筆者"),
    "Korean": ("제목", "본문", "언론사", "작성일", "링크", "기자"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_in_other_languages_are_recognised(language: str) -> None:
    names = LANGUAGES[language]
    row = [TITLE, TEXT, "Daily Post", DAY, URL, "Jane Doe"]
    found = guess_columns(names, [row] * 3).columns
    fields = ("title", "text", "source", "date", "url", "authors")
    assert found == dict(zip(fields, names, strict=True))


def test_names_are_compared_without_regard_to_how_they_are_written() -> None:
    for name in ("publishedAt", "published_at", "Published At", "PUBLISHED-AT", "published.at"):
        assert normal_name(name) == "published at"
    assert bare_name("article title") == "title"
    assert bare_name("article") == "article"
    assert is_known("news_url")
    assert not is_known("sentiment")


def test_values_decide_where_names_say_nothing() -> None:
    names = ["a", "b", "c", "d"]
    rows = [[URL + str(i), f"Council number {i} votes on the bridge", TEXT + str(i), DAY]
            for i in range(8)]  # fmt: skip
    assert guess_columns(names, rows).columns == {
        "title": "b", "text": "c", "date": "d", "url": "a"
    }  # fmt: skip


def test_chinese_text_without_a_known_name_is_found_by_its_length() -> None:
    body = (
        "市议会星期二投票决定为横跨河流的新桥提供资金。居民们说交通量自二零一九年以来翻了一番。" * 5
    )
    found = guess_columns(["甲", "乙"], [["新桥", body]] * 3).columns
    assert found["text"] == "乙"


def test_lists_of_codes_are_no_text() -> None:
    codes = ";".join(f"TAX_FNCACT_{i},{i}" for i in range(200))
    assert "text" not in guess_columns(["themes"], [[codes]] * 5).columns


def test_a_source_that_is_an_address_is_the_url() -> None:
    found = guess_columns(["title", "text", "source"], [[TITLE, TEXT, URL]] * 3).columns
    assert found["url"] == "source"
    assert "source" not in found


def test_pictures_are_no_address_of_the_article() -> None:
    found = guess_columns(["title", "text", "image_link"], [[TITLE, TEXT, IMAGE]] * 3).columns
    assert "url" not in found


def test_the_longer_of_two_text_columns_is_read() -> None:
    names = ["title", "content", "description"]
    assert guess_columns(names, [[TITLE, TEASER, TEXT]]).columns["text"] == "description"
    assert guess_columns(names, [[TITLE, TEXT, TEASER]]).columns["text"] == "content"
    names = ["title", "text", "full_text"]
    assert guess_columns(names, [[TITLE, TEASER, TEXT]]).columns["text"] == "full_text"


def test_a_teaser_is_no_text_unless_it_is_as_long_as_one() -> None:
    assert "text" not in guess_columns(["title", "summary"], [[TITLE, TEASER]]).columns
    assert guess_columns(["title", "summary"], [[TITLE, TEXT]]).columns["text"] == "summary"


def test_a_long_digest_does_not_stand_in_for_a_short_article() -> None:
    article = "The council voted on the budget after a long debate. " * 6
    names = ["title", "article", "summary"]
    assert guess_columns(names, [[TITLE, article, article * 3]]).columns["text"] == "article"


def test_labels_are_left_alone() -> None:
    names = ["id", "text", "topic", "bias", "split", "sentiment"]
    found = guess_columns(names, [["1", TEXT, "politics", "left", "train", "0.1"]] * 9)
    assert found.columns == {"text": "text"}


def test_up_to_three_different_values_are_shown() -> None:
    rows = [[f"Title {i}", TEXT] for i in (1, 1, 2, 3, 4)]
    found = guess_columns(["title", "text"], rows)
    assert found.samples["title"] == ["Title 1", "Title 2", "Title 3"]
    assert len(found.samples["text"]) == 1
    assert found.samples["text"][0].endswith("…")
    assert len(found.samples["text"][0]) <= 120


def test_the_mapping_goes_over_the_guess() -> None:
    names = ["title", "text", "body", "publication"]
    rows = [[TITLE, TEXT, TEASER, "Daily Post"]]
    found = guess_columns(names, rows, {"text": "body", "source": "PUBLICATION", "title": ""})
    assert found.columns == {"text": "body", "source": "publication"}
    assert found.samples["text"] == [TEASER]


def test_a_mapping_may_join_columns() -> None:
    found = guess_columns(["a", "b+c", "d"], [], {"text": "a+d", "title": "b+c"})
    assert found.columns == {"title": "b+c", "text": "a+d"}


def test_a_mapping_to_no_column_lists_the_columns() -> None:
    with pytest.raises(RefusedFile, match=r"no column “bodi” for text; the columns are: a, b"):
        guess_columns(["a", "b"], [], {"text": "bodi"})
    with pytest.raises(RefusedFile, match="no field is named"):
        guess_columns(["a"], [], {"words": "a"})


def test_a_mapping_is_read_from_the_command_line() -> None:
    assert parse_mapping("text=body, source=publication") == {
        "text": "body", "source": "publication"
    }  # fmt: skip
    assert parse_mapping('text=body,"date=Date, local"') == {"text": "body", "date": "Date, local"}
    assert parse_mapping("Title=a=b") == {"title": "a=b"}
    assert parse_mapping("source=") == {"source": ""}
    assert parse_mapping("") == {}
    with pytest.raises(ValueError, match="no field is named “words”; the fields are: title, text"):
        parse_mapping("words=body")
    with pytest.raises(ValueError, match="field=column"):
        parse_mapping("text")


def test_a_header_is_told_from_data() -> None:
    assert is_header(["id", "title", "text"])
    assert is_header(["alpha", "beta"])
    assert not is_header(["20240516", URL])
    assert not is_header([TITLE, TEXT])
    assert is_header(["title", "text", "url", "2024-05-16"])


def test_tables_without_a_header_get_names() -> None:
    assert names_without_header(["a", "b"]) == ["column 1", "column 2"]
    assert names_without_header(["20240516091500-12", *[""] * 26]) == list(GKG)


def test_columns_of_numbers_and_of_when_it_was_seen_are_known() -> None:
    assert id_column(["title", "Article ID", "id"]) == "id"
    assert id_column(["title"]) == ""
    seen = [is_seen(name) for name in ("seendate", "date_download", "publish_date")]
    assert seen == [True, True, False]


def test_nothing_gives_nothing() -> None:
    assert guess_columns([], []).columns == {}
    assert guess_columns(["", ""], [["a", "b"]]).columns == {}


ORGS = ["The Harbour Post", "Inland Herald", "Daily Quill"]
DESKS = ["Business", "Politics", "Health", "Transport"]


def unnamed(**columns: list[str]) -> ColumnMap:
    """What is guessed of a table of twelve texts and these columns, their values in turn."""
    rows = [[f"{TEXT} {i}", *(v[i % len(v)] for v in columns.values())] for i in range(12)]
    return guess_columns(["text", *columns], rows)


def test_a_column_of_outlets_is_the_source_whatever_its_name() -> None:
    found = unnamed(Desk=DESKS, Org=ORGS, Pg=["3", "4", "5"])
    assert (found.columns["source"], found.guessed, found.asked) == ("Org", ["source"], [])
    assert found.own == ["Desk", "Pg"]
    assert unnamed(X=["Küstenblatt", "Morgenpost", "taz"]).columns["source"] == "X"
    assert unnamed(X=["人民日报", "新华日报"]).columns["source"] == "X"
    assert unnamed(X=["BBC", "Reuters", "AFP", ""]).columns["source"] == "X"


def test_two_columns_of_outlets_are_asked_for_and_none_is_taken() -> None:
    found = unnamed(Desk=DESKS, First=ORGS, Second=ORGS[::-1])
    assert "source" not in found.columns
    assert found.asked == ["First", "Second", "Desk"]  # those that are outlets come first


@pytest.mark.parametrize(
    "values",
    [
        ["left", "right", "centre"],
        ["Business", "World News", "Sports News", "Media"],
        ["United Kingdom", "France"],
        ["Jane Doe", "John Roe", "Ann Poe"],
        ["post", "page"],
    ],
)
def test_labels_that_repeat_are_asked_for_and_stay_the_users_own(values: list[str]) -> None:
    found = unnamed(what=values)
    assert "source" not in found.columns
    assert (found.asked, found.own, found.guessed) == (["what"], ["what"], [])


@pytest.mark.parametrize(
    "values",
    [
        ["1", "2", "3"],
        ["2024-05-16", "2024-05-17"],
        ["one"],
        [f"Report of the council number {i}" for i in range(12)],
        ["", "", "", "left", "", "right"],
        ["A long label that goes on and on, as no outlet was ever called in all the years"] * 2,
    ],
)
def test_what_no_outlet_is_called_is_not_asked_for(values: list[str]) -> None:
    found = unnamed(what=values)
    assert "source" not in found.columns
    assert found.asked == []


def test_a_named_source_or_one_that_the_user_names_leaves_nothing_to_ask() -> None:
    named = unnamed(source=["a", "b"], Org=ORGS, Desk=DESKS)
    assert (named.columns["source"], named.guessed, named.asked) == ("source", [], [])
    rows = [[TEXT, desk] for desk in DESKS * 3]
    none = guess_columns(["text", "Desk"], rows, {"source": ""})
    assert ("source" in none.columns, none.asked) == (False, [])


def test_fields_found_by_values_alone_are_marked() -> None:
    rows = [[f"Council number {i} votes on the bridge", f"{TEXT} {i}", DAY] for i in range(8)]
    assert guess_columns(["a", "b", "c"], rows).guessed == ["title", "text", "date"]
    assert guess_columns(["a", "text", "pub date"], rows).guessed == ["title"]
    assert guess_columns(["a", "b", "download date"], rows).guessed == ["title", "text"]
