from __future__ import annotations

from itertools import product

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from dashboard.corpus.parsing.language import UNKNOWN, code_of, detect_languages
from dashboard.corpus.parsing.language_model import classify

SENTENCES = [
    ("en", "The parliament voted on Thursday to delay the bill until after the summer recess."),
    ("en", "Officials said the storm had left thousands of homes without power along the coast."),
    ("de", "Der Bundestag hat am Donnerstag beschlossen, die "
           "Abstimmung über das Gesetz zu verschieben."),
    ("de", "Nach Angaben der Polizei wurde bei dem Unfall niemand schwer verletzt."),
    ("fr", "Le Parlement a décidé jeudi de reporter le vote de la loi après les vacances d'été."),
    ("fr", "Selon la police, personne n'a été grièvement blessé lors de l'accident de mardi."),
    ("es", "El Parlamento decidió el jueves aplazar la votación "
           "de la ley hasta después del verano."),
    ("es", "Según la policía, nadie resultó gravemente herido en el accidente del martes."),
    ("it", "Il Parlamento ha deciso giovedì di rinviare il voto sulla legge a dopo l'estate."),
    ("pt", "O Parlamento decidiu na quinta-feira adiar a votação da lei para depois do verão."),
    ("nl", "Het parlement heeft donderdag besloten de stemming over de wet uit te stellen."),
    ("sv", "Riksdagen beslutade på torsdagen att skjuta upp omröstningen om den nya lagen."),
    ("da", "Folketinget besluttede torsdag at udskyde afstemningen "
           "om den nye lov til efter ferien."),
    ("fi", "Eduskunta päätti torstaina lykätä lakiesityksen "
           "äänestystä kesätauon jälkeiseen aikaan."),
    ("pl", "Sejm zdecydował w czwartek o przełożeniu głosowania nad ustawą na okres po wakacjach."),
    ("cs", "Poslanecká sněmovna ve čtvrtek rozhodla odložit hlasování o zákonu až po prázdninách."),
    ("hu", "A parlament csütörtökön úgy döntött, hogy a "
           "nyári szünet utánra halasztja a szavazást."),
    ("ro", "Parlamentul a decis joi să amâne votul asupra legii până după vacanța de vară."),
    ("tr", "Meclis perşembe günü yasa tasarısının oylamasını yaz tatilinden sonraya erteledi."),
    ("ru", "Парламент в четверг решил отложить голосование по законопроекту до осени."),
    ("uk", "Парламент у четвер вирішив відкласти голосування за законопроєкт до осені."),
    ("el", "Το κοινοβούλιο αποφάσισε την Πέμπτη να αναβάλει την ψηφοφορία για το νομοσχέδιο."),
    ("ar", "قرر البرلمان يوم الخميس تأجيل التصويت على مشروع القانون إلى ما بعد العطلة الصيفية."),
    ("fa", "مجلس روز پنجشنبه تصمیم گرفت رأی‌گیری درباره این لایحه را به پس از تابستان موکول کند."),
    ("he", "הכנסת החליטה ביום חמישי לדחות את ההצבעה על הצעת החוק עד לאחר פגרת הקיץ."),
    ("hi", "संसद ने गुरुवार को विधेयक पर मतदान को गर्मी "
           "की छुट्टियों के बाद तक टालने का फैसला किया।"),
    ("zh", "议会星期四决定将该法案的表决推迟到夏季休会之后，一位"
           "发言人表示，各党派仍在就细节进行谈判，结果难以预料。"),
    ("ja", "国会は木曜日、法案の採決を夏休み明けまで延期する"
           "ことを決めたと、報道官が記者会見で明らかにした。"),
    ("ko", "국회는 목요일 법안 표결을 여름 휴회 이후로 연기하기로 "
           "결정했다고 대변인이 기자회견에서 밝혔다고 합니다."),
    ("id", "Presiden mengatakan bahwa pemerintah akan menurunkan "
           "harga beras karena warga sudah kesulitan."),
    ("vi", "Quốc hội hôm thứ Năm đã quyết định hoãn cuộc bỏ phiếu về dự luật đến sau kỳ nghỉ hè."),
    ("th", "รัฐสภามีมติเมื่อวันพฤหัสบดีให้เลื่อนการลงคะแนน"
           "เสียงร่างกฎหมายออกไปจนหลังปิดสมัยประชุมฤดูร้อน"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence"), SENTENCES)
def test_a_sentence_is_enough(language: str, sentence: str) -> None:
    assert detect_languages([sentence])[0] == language
    assert detect_languages([sentence])[0] == language


def test_the_table_is_wide_enough() -> None:
    assert len(SENTENCES) >= 25
    assert len({language for language, _ in SENTENCES}) >= 15


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t ",
        "Bill delayed again",
        "1,034 12.5% 2024-05-16 " * 50,
        "asdf qwer zxcv hjkl poiu mnbv lkjh gfds trew yuio plmk",
        "AAPL MSFT GOOG TSLA NVDA AMZN META NFLX BRK JPM V UNH",
        "\ud83d\ud83d" * 100,
    ],
)
def test_little_text_or_none_is_unknown(text: str) -> None:
    assert detect_languages([text])[0] == UNKNOWN


def test_many_texts_at_once_are_told_like_one() -> None:
    mixed = [a[:60] + b for (_, a), (_, b) in product(SENTENCES, SENTENCES)]
    texts = ["", *mixed, "1234", mixed[0].upper()]
    told = detect_languages(texts)
    assert told == [detect_languages([text])[0] for text in texts]
    assert len(set(told)) >= 15
    assert detect_languages([]) == []


def test_the_model_says_what_its_library_says() -> None:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    pairs = [(a, b) for (_, a), (_, b) in product(SENTENCES, SENTENCES)]
    mixed = [a[:size] + b for size in (0, 9, 60) for a, b in pairs]
    texts = [*mixed, *(text.upper() for text in mixed[:99]), *(text[:12] for text in mixed[:99])]
    ours, theirs = classify(texts), [identifier.classify(text) for text in texts]
    shares = [share for _, share in theirs]
    assert [confidence for _, confidence in ours] == pytest.approx(shares, abs=1e-4)
    # Where two are alike, the last digit decides.
    clear = [i for i, share in enumerate(shares) if share >= 0.5]
    assert len(clear) > 0.8 * len(texts)
    assert [ours[i][0] for i in clear] == [theirs[i][0] for i in clear]
    assert [confidence for _, confidence in classify(["", "1"])] == [0, 0]


def test_only_the_beginning_counts() -> None:
    german, english = SENTENCES[2][1], SENTENCES[0][1]
    assert detect_languages([german * 20 + english * 1000])[0] == "de"
    assert detect_languages(["\n" * 500 + german])[0] == "de"


def test_a_half_of_a_pair_does_no_harm() -> None:
    assert detect_languages(["\udce9" + SENTENCES[0][1]])[0] == "en"


def test_capitals_are_read_too() -> None:
    assert detect_languages([SENTENCES[0][1].upper()])[0] == "en"


def test_codes_as_tables_write_them() -> None:
    cells = {"en": "en", " EN ": "en", "pt-BR": "pt", "zh_Hans_CN": "zh", "iw": "he"}
    assert {cell: code_of(cell) for cell in cells} == cells
    for cell in ("", "English", "xx", "eng", "en, de", "12"):
        assert code_of(cell) == ""
