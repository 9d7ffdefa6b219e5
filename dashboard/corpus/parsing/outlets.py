"""Outlets by name: which spellings are one outlet's, and which names may be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from dashboard.corpus.parsing.addresses import OUTLETS, host_of
from dashboard.corpus.parsing.bylines import agency
from dashboard.text.quotations.sentences.lexicon import lexicon

_WORDS = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"\s{0,3}[(\[][^()\[\]]{1,40}[)\]]$")
_ARTICLE = re.compile(r"^the\s", re.I)
_AGGREGATOR = "news.google.com"
_KNOWN = frozenset(name.casefold() for name in OUTLETS.values())
# Beside the lists of English and German: words of outlets' names, and what such names end with.
_OUTLET_WORDS = frozenset(
    "online press wire agency today online mail star sun advertiser echo argus times quill"
    " journal libération dépêche parisien gazette quotidien nouvelles télévision"
    " diario noticias periódico prensa país vanguardia heraldo semanario radiodifusión"
    " corriere repubblica stampa giornale gazzetta messaggero notizie"
    " jornal folha estado notícias correio público"
    " krant dagblad nieuws volkskrant telegraaf gazeta dziennik rzeczpospolita kurier wiadomości"
    " tidning tidningen dagbladet avisen nyheter aftenposten sanomat lehti uutiset"
    " noviny zprávy hírek újság ziarul haberler gazetesi haber"
    " газета новости известия вести правда ведомости вісник новини хроніка".split()
)
_OUTLET_ENDINGS = (
    "zeitung blatt nachrichten anzeiger rundschau presse post kurier tidende tidning avis avisa"
    " krant sanomat 报 報 日报 日報 新闻 新聞 新闻网 通讯社 通信 电视台 テレビ 일보 신문 뉴스"
).split()  # fmt: skip
# With "news" they name a section: World News, Sports News.
_SECTIONS = frozenset(
    "news world local regional national international business sport sports politics political"
    " tech technology science health entertainment breaking top latest general us uk eu foreign"
    " domestic economic economy weather crime culture lifestyle opinion press media agency wire"
    " online print tv radio television newspaper newspapers magazine broadcaster web blog network"
    " daily weekly and other review today post page article story mail report".split()
)
_SHORTEST = 3  # letters of a name that is compared with another without its spaces


def _host(name: str) -> str:
    """Return the host of a name that is a web address, else ""."""
    return host_of(name) if "." in name and not re.search(r"\s", name.strip()) else ""


@lru_cache(maxsize=65_536)
def outlet_name(name: str) -> str:
    """Return a source's name; of an address ("https://www.bbc.co.uk/") who publishes there.

    A bare host stays as it is written: "Salon.com" may be the outlet's name.
    """
    host = _host(name)
    is_address = host and (name.casefold().startswith("www.") or "/" in name)
    return OUTLETS.get(host, host) if is_address else name


@lru_cache(maxsize=65_536)
def outlet_key(name: str) -> str:
    """Return what the spellings of one name share, whatever their capitals and punctuation.

    "BBC News" and "bbc news", "bbc.co.uk" and "https://www.bbc.co.uk/" have one key each.
    """
    host = _host(name)
    name = OUTLETS.get(host, host) if host else name
    return " ".join(_WORDS.findall(name.casefold())) or name


def spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the other spellings of each outlet → the one to use.

    Parameters
    ----------
    counts : mapping of str to int
        How many records bear each name.

    Returns
    -------
    dict of str to str
        Empty when no outlet is written in two ways. The name to use is the one that most records
        bear; of equals one with capitals and small letters goes first.
    """
    named: dict[str, list[str]] = {}
    for name in counts:
        named.setdefault(outlet_key(name), []).append(name)
    chosen: dict[str, str] = {}
    for names in named.values():
        best = min(names, key=lambda n: (-counts[n], n.islower() or n.isupper(), n))
        chosen.update((name, best) for name in names if name != best)
    return chosen


def without_outlet(title: str, source: str, url: str = "") -> tuple[str, str]:
    """Return a title without the outlet's name behind it, and the outlet.

    "Ferry fares rise - Küstenblatt" ends with its source, or with what becomes its source where
    ``url`` is one of Google News, which writes all titles so and none of the articles.
    """
    for mark in (" - ", " – ", " — ", " | "):
        head, _, tail = title.rstrip().rpartition(mark)
        if not head.strip():
            continue
        if source and outlet_key(tail) == outlet_key(source):
            return head.rstrip(), source
        letters = "".join(_WORDS.findall(tail.casefold()))
        if _host(source) and len(tail) <= 60 and _core(source) in (_core(tail), letters):
            return head.rstrip(), tail.strip()
        if not source and mark == " - " and host_of(url) == _AGGREGATOR and len(tail) <= 60:
            return head.rstrip(), tail.strip()
    return title, source


def merge_proposals(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return pairs of a name and another that may be the same outlet's, for a person to judge.

    Parameters
    ----------
    names : sequence of str
        The sources of a corpus, the ones with the most articles first.

    Returns
    -------
    list of (str, str)
        "CNN (Web News)" → "CNN", "Guardian" → "The Guardian", "lemonde.example" → "Le Monde";
        the name with more articles is proposed, but never one that ends in brackets.
    """
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(_core(name), []).append(name)
    found = []
    for core, group in alike.items():
        if len(group) < 2 or len(core) < _SHORTEST:
            continue
        plain = [name for name in group if not _host(name)] or group
        target = next((n for n in plain if not _IN_BRACKETS.search(n)), "")
        target = target or _IN_BRACKETS.sub("", plain[0])
        found += [(name, target) for name in group if name != target]
    return found


def _core(name: str) -> str:
    """Return a name's letters without "The" before it, brackets behind it, or a host's ending."""
    host = _host(name)
    bare = host.split(".")[0] if host else _IN_BRACKETS.sub("", name)
    return "".join(_WORDS.findall(_ARTICLE.sub("", bare).casefold()))


def names_an_outlet(name: str) -> bool:
    """True for a name that outlets have: a known one, an agency, one with "Post", "Daily" or
    "zeitung" in it. "World News" and "Radio" are sections and kinds."""
    words = _WORDS.findall(name.casefold())
    if not words or names_a_section(name):
        return False
    if name.casefold() in _KNOWN or agency(name):
        return True
    known = _OUTLET_WORDS | lexicon("en")["outlet_words"] | lexicon("de")["outlet_words"]
    return any(word in known or word.endswith(tuple(_OUTLET_ENDINGS)) for word in words)


def names_a_section(name: str) -> bool:
    """True for what an outlet's parts and kinds are called: "World News", "Sport", "Online"."""
    return set(_WORDS.findall(name.casefold())) <= _SECTIONS
