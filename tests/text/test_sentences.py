"""Sentences: a labelled set written for this, and what must hold for any text."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.text import sentences
from dashboard.text.sentences import sentence_spans
from dashboard.text.word_lists import word_list

# One text a line, "|" between its sentences; they are joined by a space, or by nothing where the
# language writes none.
ENGLISH = """
The council met on Monday.|It voted nine to four.|Nobody was surprised.
Mr. Harlan said Dr. Osei and Prof. Lind would testify.|They did.
Gen. Ruth Adeyemi and Sen. T. J. Okafor left early.|Lt. Col. Brandt stayed.
J. K. Moreau wrote it.|P. D. Stone and George R. R. Hale reviewed it.
The U.S. Senate passed it.|The U.S. Supreme Court may not like it.
She moved to the U.S.|The visa took a year.|He stayed in the U.K. for work.
Prices rose 3.5 percent, to $1.20.|That is 0.3 more than in Jan. 2019.
It opened on Jan. 6.|The fire broke out on Aug. 14, 2018.|Nobody died.
No. 5 was empty.|See Fig. 3 and vol. 2 for more.|The rest is on p. 14.
Harbour Foods Inc. reported a loss.|Its rival, Lowell & Sons Ltd., did not.
He works for Keel Corp.|The firm denies it.
The train leaves at 9 p.m. on weekdays.|The last one goes at 11 p.m.|There is none on Sunday.
"We lost," she said.|"We lost everything."|Then she left.
"Why now?" Ms. Chen asked.|Nobody answered.
"Stop!" the guard shouted.|They ran.
“Who pays?” asked Mr. Lowe.|“You do.”|He laughed.
He called it “a mess.”|She called it “a start.”|Both were right.
Was it worth it?|Yes!|Really?!|Yes.
It was late (about 2 a.m.).|The street was empty.|(Nobody had seen the car.)|They went home.
He hesitated... and then he signed.|She waited...|Nothing came.
The report … was never published.|Why?
The deal fell through.[12]|A second one followed.[3][4]|It held.
St. Albans and Ft. Morgan are towns.|Mt. Lassen is a volcano.
In Brown v. Board of Education the court agreed.|It was 1954.|In 1955 it ruled again.
Take vitamin C.|Then rest.
He scored an A.|In the end it did not matter.
The shop (est. 1911) closed.|Its owner, Mr. Vance Jr., retired.
Visit example.org/news.html for more.|Version 2.0.1 is out.
The E.U. and the U.N. agreed, i.e. they signed.|Others, e.g. Norway, did not.
Rep. Dana Ruiz, D-Calif., voted no.|Gov. Ellis voted yes.
Mr. and Mrs. Orr live on Elm Ave. near the park.|They have two dogs.
The ship sank in 1912.|1,500 people drowned.
He said he was “done.”|“Finished.”|And he was.
“I have no idea,” said Lee.|“Ask Dr. Wu.”
Ten years passed.|iPhones were everywhere.|eBay was not.
“Will the port close?”|The minister said no.|“Not yet!”|She said it twice.
“Who pays?” I asked.|“Who knows?”|A clerk asked me that, too.
"Is it over?"|It’s what Lee asked.|"Why?"|Two of them answered at once.
"""
OTHERS = {
    "de": """
Am 5. Mai traf Dr. Müller z. B. Frau Prof. Weber.|Das war am 3. Oktober anders.
„Warum jetzt?“, fragte sie.|Niemand antwortete.
Der Umsatz stieg um 3,5 Prozent auf 1,2 Mrd. Euro.|Das sind ca. 40 Mio. mehr.
Er kam, sah usw.|Die Sache ist klar.|Sie ging d. h. sofort.
Die Muster GmbH hat bzw. hatte Schulden.|Der Chef schweigt.
„Schließt der Hafen?“|Die Ministerin sagte nein.|„Nie!“ Anna Lenz rief es laut.
»Wir gehen.«|Dann gingen sie.|„Er sagte ‚nein.‘“|Alle schwiegen.
""",
    "fr": """
M. Durand a parlé.|Mme Leroy a écouté.
« Pourquoi ? » a-t-il demandé.|« Parce que. »|Il est parti.
Le prix est de 3,5 euros, cf. p. 12.|C’est cher !|Vraiment ?
Il vit av. Foch avec le Dr. Petit.|Elle vit ailleurs.
« Le port fermera-t-il ? »|Le ministre a répondu non.|« Pourquoi ? »|L’avocat a dit non.
""",
    "es": """
El Sr. López llegó.|¿Por qué?|¡Nadie lo sabe!|La Sra. Ruiz calló.
Vive en EE. UU. desde enero.|Trabaja en la av. Colón.
«No lo sé», dijo.|«Pregunte al Dr. Gil.»
«¿Cerrará el puerto?»|La ministra dijo que no.|«¿Quién?» Ana Gil preguntó.
""",
    "it": """
Il sig. Rossi è partito.|La dott.ssa Bianchi resta.|Perché?
Ha perso 3,5 milioni, cfr. pag. 4.|Non importa!
«Chiuderà il porto?»|Il ministro ha detto di no.
""",
    "ru": """
Он родился в г. Москве.|Его отец, проф. Иванов, умер.|Почему?
Ущерб составил 3 млн. рублей, т.е. мало.|Это всё.
А. С. Пушкин жил на ул. Мойка.|Он писал.
«Порт закроют?»|Он сказал нет.|«Когда?» Анна спросила дважды.
""",
    "zh": """
他说：“我们走吧。”|然后离开了。|天气很好！|真的吗？
公司亏损３.５亿元。|股价下跌。
“走吧。”|“好。”|他走了。
""",
    "ja": """
彼は「行く。」と言った。|次の日、雨が降った。|終わり！
「なぜですか？」|誰も答えなかった。
""",
    "hi": "यह एक वाक्य है।|यह दूसरा है।|क्यों?",
    "ar": "قال د. أحمد ذلك.|هل هذا صحيح؟|نعم!|انتهى.",
    "hy": "Սա նախադասություն է։|Սա երկրորդն է։",
    "tr": "Dr. Yılmaz 5. katta oturuyor.|Nereye gitti?|Bilmiyorum.",
    "cs": "„Odejdeme.“|Pak odešli.|„Proč?“|Nikdo neodpověděl.",
    "da": "»Vi går.«|Så gik de.|»Hvorfor?«|Ingen svarede.",
    "pl": "Prof. Nowak mieszka na ul. Długiej.|Ma np. dwa psy.|Dlaczego?",
    "el": """
Θα κλείσει το λιμάνι;|Η υπουργός είπε όχι.|«Γιατί;» ρώτησε ο Γιάννης.|Κανείς δεν απάντησε.
Πού πάμε;|Στο Netflix;|Ναι· μετά πίσω.
Ο κ. Νίκου μίλησε στις 5 μ.μ.|Η δρ. Λάμπρου, π.χ., έφυγε.|«Γιατί;» Άννα Ρήγα ρώτησε.
""",
    "am": "ይህ ዓረፍተ ነገር ነው።|ለምን፧|አላውቅም።",
    "km": "នេះជាប្រយោគ។|ហេតុអ្វី?|ខ្ញុំមិនដឹង។",
    "pt": "O Sr. Silva saiu.|A Dra. Costa ficou.|Por quê?",
    "nl": "Dhr. Jansen woont o.a. in Utrecht.|Hij werkt bijv. thuis.|Waarom?",
    "sv": "Han åt t.ex. fisk.|Hon drack ca. två liter.|Varför?",
}
CASES = [
    (language, line)
    for language, text in {"en": ENGLISH, **OTHERS}.items()
    for line in text.strip().splitlines()
]


def split_sentences(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(("language", "line"), CASES)
def test_sentences_end_where_a_reader_ends_them(language: str, line: str) -> None:
    wanted = line.split("|")
    text = ("" if language in ("zh", "ja") else " ").join(wanted)
    assert split_sentences(text, language) == wanted


def test_the_labelled_set_is_large_and_speaks_many_languages() -> None:
    assert sum(line.count("|") + 1 for _, line in CASES) >= 150
    assert len(OTHERS) >= 12


@pytest.mark.parametrize("text", ["", " ", "\n \n", "\u00a0"])
def test_blank_text_has_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []


def test_a_new_line_ends_a_sentence_whatever_stands_before() -> None:
    assert split_sentences("A heading\nand its text\nMr.\nX") == [
        "A heading", "and its text", "Mr.", "X",
    ]  # fmt: skip


def test_a_semicolon_ends_a_sentence_in_greek_alone() -> None:
    assert split_sentences("Prices rose; Wages did not.") == ["Prices rose; Wages did not."]
    assert split_sentences("Ποιος; Κανείς.", "el") == ["Ποιος;", "Κανείς."]


def test_text_without_marks_is_one_sentence() -> None:
    assert split_sentences("  no mark at all ") == ["no mark at all"]


PIECES = st.sampled_from(
    ["Mr.", "U.S.", "end.", "No", "5", "3.5", "?!", "…", "“", "”", "(", ")", "a", "The", "he", "\n",
     "Sen", " ii", "EU", " Nov", " day", "İ", "\t", " ", ". ", "。",
     "」と", "1.", "J.", "www.a.de/x.html", "[3]", "é", "Я", "।", "؟ ", "..."]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["en", "de", "ja", "xx", ""]))
def test_every_sign_is_in_exactly_one_sentence(text: str, language: str) -> None:
    spans = sentence_spans(text, language)
    inside = [text[start:end] for start, end in spans]
    assert all(piece and piece == piece.strip() for piece in inside)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert re.sub(r"\s", "", "".join(inside)) == re.sub(r"\s", "", text)
    assert not any(re.search(r"\d\.$", text[:end]) and text[end : end + 1].isdigit()
                   for _, end in spans)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["en", "de", "ja", "xx", ""]))
def test_words_told_at_once_are_told_as_the_others_are(text: str, language: str) -> None:
    quick = sentence_spans(text, language)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sentences, "_plain_words", lambda language: defaultdict(bool))
        assert sentence_spans(text, language) == quick


def test_a_passage_of_marks_takes_no_longer_than_its_length(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = []
    original = sentences._ends
    monkeypatch.setattr(
        sentences, "_ends", lambda *args: calls.append(1) is None and original(*args)
    )
    sentence_spans("a. " * 5_000 + "." * 5_000 + "”" * 5_000)
    assert len(calls) <= 5_001


def test_words_are_listed_once_and_without_their_last_full_stop() -> None:
    languages = "en de fr es it pt nl ru pl sv tr".split()
    for language in languages:
        opened, any_ = (word_list(n, language) for n in ("abbreviations_open", "abbreviations"))
        assert opened
        assert not opened & any_, language
        assert not any(word.endswith(".") for word in opened | any_)
    assert word_list("abbreviations", "xx") == frozenset()
