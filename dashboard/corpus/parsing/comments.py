"""What heads the readers' comments on an article, in the languages of the web."""

from __future__ import annotations

import re

_HEADINGS = (
    "comments|responses|reader comments|readers’ comments|readers' comments|kommentare"
    "|leserkommentare|kommentare zum artikel|leserbeiträge|comentarios|comentarios de los lectores"
    "|commentaires|commentaires des lecteurs|réactions|commenti|i commenti dei lettori|reacties"
    "|komentarze|komentarze czytelników|comentários|comentários dos leitores|kommentarer"
    "|läsarkommentarer|kommentit|komentáře|diskuse|hozzászólások|comentarii|комментарии"
    "|комментария|комментариев|коментарі|коментарів|yorumlar|yorum|σχόλια|التعليقات|تعليقات|نظرات"
    "|תגובות|コメント|댓글|评论|評論|留言|bình luận|ความคิดเห็น|komentar"
)
_WORDS = "|".join(sorted(map(re.escape, _HEADINGS.split("|")), key=len, reverse=True))
#: A pattern of such a heading with the number of comments: "Comments (12)", "3 comentarios".
COUNTED = rf"(?:{_WORDS}) ?[(\[:]? ?\d{{1,6}} ?[)\]]?|\d{{1,6}} ?(?:{_WORDS})"
_COUNTED = re.compile(rf"(?:{COUNTED})[:.]?", re.I)
_BARE = re.compile(rf"(?:{_WORDS})\s?[:.]?", re.I)
_LONGEST = 60


def heads_comments(text: str) -> tuple[bool, bool]:
    """Whether a tidy line may head comments, and whether it says how many there are."""
    if len(text) > _LONGEST:
        return False, False
    counted = bool(_COUNTED.fullmatch(text))
    return counted or bool(_BARE.fullmatch(text)), counted
