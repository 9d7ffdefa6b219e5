"""Mail archives and single messages."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from dashboard.corpus.readers.mail.archives import (
    looks_like_eml,
    looks_like_mbox,
    read_eml,
    read_mbox,
)
from dashboard.corpus.record import Record, RefusedFile

PIPERMAIL = b"""From jo at example.com  Thu May 16 09:15:00 2024
From: jo at example.com (Jo Doe)
Date: Wed, 15 May 2024 23:30:00 -0700
Subject: [Salon] Re: =?utf-8?q?Caf=C3=A9_talks?= =?utf-8?b?IOKAkyBkYXkgMg==?=
Message-ID: <1@example.com>

Hello from the list.
>From here on it is quoted.
>>From there as well.
From now on, Thursday is another day.

From ann at example.com  Thu May 16 10:15:00 2024
From: ann at example.com (Ann)
Subject: Second
Message-ID: <2@example.com>

Another text with a caf\xe9.

From bob at example.com  Fri May 17 10:15:00 2024
From: bob at example.com (Bob)
Date: Tue, 1 Jan 2190 00:00:00 +0000
Subject: Third

Text of the third.

From zed at example.com  Fri May 17 11:15:00 2024
From: zed at example.com
Subject: Nothing


"""


def message(**headers: str) -> EmailMessage:
    mail = EmailMessage()
    given = {
        "From": "A <a@example.com>",
        "Message_ID": "<x@example.com>",
        "Subject": "Zürich – news",
        "Date": "Thu, 16 May 2024 23:30:00 -0700",
    }
    given.update(headers)
    for name, value in given.items():
        mail[name.replace("_", "-")] = value
    return mail


def read_one(mail: EmailMessage) -> Record:
    reading = read_eml(mail.as_bytes(), "mail.eml")
    assert reading.format == "eml"
    assert reading.refused == 0
    (record,) = reading.records
    return record


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_pipermail_archive(line_end: bytes) -> None:
    reading = read_mbox(PIPERMAIL.replace(b"\n", line_end), "2024-May.txt")
    assert reading.format == "mbox"
    first, second, third = reading.records
    assert [record.row for record in reading.records] == [1, 2, 3]
    assert first.title == "Café talks – day 2"
    assert first.date == "2024-05-15"
    assert first.fields["date"].basis == "stated"
    assert first.text.split("\n") == [
        "Hello from the list.",
        "From here on it is quoted.",
        ">From there as well.",
        "From now on, Thursday is another day.",
    ]
    assert not first.cleaned
    assert second.text == "Another text with a café."
    assert second.date == "2024-05-16"
    assert second.fields["date"].basis == "inferred"
    assert third.date == ""
    assert "2190" in third.fields["date"].evidence
    assert reading.refused == 1
    empty = next(problem for problem in reading.problems if problem.row == 4)
    assert "no text" in empty.reason


def test_the_list_is_nobodys_source_and_who_passes_on_no_author() -> None:
    for record in read_mbox(PIPERMAIL, "2024-May.txt").records:
        assert record.source == record.authors == record.url == ""
        assert not {"source", "authors", "url"} & set(record.fields)


def test_plain_text_goes_before_html_and_attachments_are_left() -> None:
    mail = message()
    mail.set_content("The plain words, ümlaut included.\nFrom the start.")
    mail.add_alternative("<p>The page's words</p>", subtype="html")
    mail.add_attachment("An attached text", filename="notes.txt")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    record = read_one(mail)
    assert record.text == "The plain words, ümlaut included.\nFrom the start."
    assert record.row is None
    assert record.title == "Zürich – news"
    assert record.date == "2024-05-16"


@pytest.mark.parametrize("cte", ["base64", "quoted-printable"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_html_alone_is_reduced_to_text(cte: str, charset: str) -> None:
    mail = message()
    page = (
        "<html><style>p {}</style><p>Café &amp; <b>bar</b></p><script>x()</script><p>End</p></html>"
    )
    mail.set_content(page, subtype="html", cte=cte, charset=charset)
    assert read_one(mail).text == "Café & bar\nEnd"


def test_the_footer_of_a_list_is_not_the_message() -> None:
    mail = message()
    mail.set_content("<p>" + "The council voted on the bridge. " * 20 + "</p>", subtype="html")
    mail.make_mixed()
    footer = EmailMessage()
    footer.set_content("_______\nSalon mailing list")
    mail.attach(footer)
    assert read_one(mail).text.startswith("The council")


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("koi8-r", "Привет из списка рассылки"),
        ("gb2312", "市议会周二投票决定"),
        ("iso-2022-jp", "市議会は火曜日に"),
        ("no-such-code", "Café in UTF-8"),
    ],
)
def test_charsets_and_what_to_do_without(charset: str, body: str) -> None:
    raw = body.encode(charset if charset != "no-such-code" else "utf-8")
    head = f"From: a@example.com\nMessage-ID: <1>\nContent-Type: text/plain; charset={charset}\n\n"
    (record,) = read_eml(head.encode() + raw, "mail.eml").records
    assert record.text == body


def test_a_forwarded_message_is_part_of_the_text() -> None:
    inner = message(Subject="Inner")
    inner.set_content("The forwarded words.")
    mail = message()
    mail.set_content("See below.")
    mail.add_attachment(inner, disposition="inline")
    assert read_one(mail).text == "See below.\n\nThe forwarded words."


def test_a_message_that_is_cut_off_is_kept_with_a_note() -> None:
    mail = message()
    mail.set_content("The plain words.")
    mail.add_alternative("<p>The page's words</p>", subtype="html")
    data = mail.as_bytes()
    reading = read_eml(data[: data.index(b"<p>")], "mail.eml")
    assert reading.records[0].text == "The plain words."
    assert "incomplete" in reading.problems[0].reason


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (b"Subject: " + b"=?utf-8?q?a?= " * 50_000, b"body"),
        (b"Content-Type: text/plain; " + b"a=b; " * 200_000, b"body"),
        (b"Content-Type: text/plain;" + b"\n a=b;" * 200_000, b"body"),
        (b"X: y", b"body\n" + b"From a Thu " * 100_000),
        (b'Content-Type: multipart/mixed; boundary="x"', b"--x\n\nbody\n" * 20_000),
        (b"Content-Type: text/html", b"<div>" * 100_000 + b"body"),
        (b"Subject: =?utf-8?b?!!!?= =?x", b"body"),
    ],
)
def test_hostile_messages_are_harmless(header: bytes, body: bytes) -> None:
    data = b"From: a@example.com\nMessage-ID: <1>\n" + header + b"\n\n" + body
    (record,) = read_eml(data, "mail.eml").records
    assert record.text.startswith("body")
    assert len(record.title) <= 2000


def test_parts_within_parts_within_parts_are_refused() -> None:
    part = b'Content-Type: multipart/mixed; boundary="x%d"\n\n--x%d\n'
    data = b"From: a@example.com\nMessage-ID: <1>\n" + b"".join(part % (i, i) for i in range(3000))
    with pytest.raises(RefusedFile, match="too deep"):
        read_eml(data + b"\nbody", "mail.eml")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"From the start it was clear\nthat this is a text.\n", "not a mail archive"),
        (b"<html><body><p>A page</p></body></html>", "not a mail archive"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a mail archive"),
        (PIPERMAIL[:30], "not a mail archive"),
    ],
)
def test_archives_that_cannot_be_used_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFile) as caught:
        read_mbox(data, "list.mbox")
    assert reason in caught.value.reason
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"Just a text.", "not an e-mail"),
        (b'{"From": "x"}', "not an e-mail"),
        (b"From: a@example.com\nSubject: cut", "within its headers"),
        (b"From: a@example.com\nSubject: x\n\n\n", "no text"),
        (b"From: a@example.com\nSubject: x\n\n\0\0\0\0\1\2\3\4", "binary"),
    ],
)
def test_messages_that_cannot_be_used_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFile) as caught:
        read_eml(data, "mail.eml")
    assert reason in caught.value.reason
    assert caught.value.remedy


def test_content_tells_mail_whatever_its_name() -> None:
    assert looks_like_mbox(PIPERMAIL[:65536], "2024-May.txt")
    assert not looks_like_mbox(b"From Paris with love\nA story: about", "a.mbox")
    assert not looks_like_mbox(b"From: a@example.com\n", "a.mbox")
    delivered = b"Received: by x\nFrom: a@example.com\nSubject: x\n\nbody"
    assert looks_like_eml(delivered, "mail.txt")
    # An article may begin with what a mail begins with.
    pasted = b"Subject: A bridge\nFrom: Jane Doe\n\nThe council voted."
    assert not looks_like_eml(pasted, "article.txt")
    assert looks_like_eml(pasted, "article.eml")
    assert not looks_like_eml(b"The council voted: yes\n", "a.eml")
