"""Who publishes at a web address: a small table, and the plain host for all others."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from tld import get_fld

OUTLETS = {
    "abc.net.au": "ABC News (Australia)",
    "abcnews.go.com": "ABC News",
    "afp.com": "AFP",
    "aljazeera.com": "Al Jazeera",
    "apnews.com": "AP",
    "asia.nikkei.com": "Nikkei Asia",
    "axios.com": "Axios",
    "bbc.co.uk": "BBC",
    "bbc.com": "BBC",
    "bloomberg.com": "Bloomberg",
    "breitbart.com": "Breitbart News",
    "buzzfeednews.com": "BuzzFeed News",
    "caixinglobal.com": "Caixin Global",
    "cbc.ca": "CBC",
    "cbsnews.com": "CBS News",
    "chinadaily.com.cn": "China Daily",
    "cnbc.com": "CNBC",
    "cnn.com": "CNN",
    "csmonitor.com": "The Christian Science Monitor",
    "dailymail.co.uk": "Daily Mail",
    "dw.com": "DW",
    "economist.com": "The Economist",
    "elpais.com": "El País",
    "euronews.com": "Euronews",
    "foreignaffairs.com": "Foreign Affairs",
    "foreignpolicy.com": "Foreign Policy",
    "foxnews.com": "Fox News",
    "france24.com": "France 24",
    "ft.com": "Financial Times",
    "globaltimes.cn": "Global Times",
    "haaretz.com": "Haaretz",
    "huffpost.com": "HuffPost",
    "independent.co.uk": "The Independent",
    "interfax.com": "Interfax",
    "japantimes.co.jp": "The Japan Times",
    "kyivindependent.com": "The Kyiv Independent",
    "latimes.com": "Los Angeles Times",
    "lemonde.fr": "Le Monde",
    "meduza.io": "Meduza",
    "msnbc.com": "MSNBC",
    "nationalreview.com": "National Review",
    "nbcnews.com": "NBC News",
    "newsweek.com": "Newsweek",
    "newyorker.com": "The New Yorker",
    "npr.org": "NPR",
    "nypost.com": "New York Post",
    "nytimes.com": "The New York Times",
    "pbs.org": "PBS",
    "politico.com": "Politico",
    "politico.eu": "Politico Europe",
    "reason.com": "Reason",
    "reuters.com": "Reuters",
    "rferl.org": "RFE/RL",
    "rt.com": "RT",
    "scmp.com": "South China Morning Post",
    "semafor.com": "Semafor",
    "sky.com": "Sky News",
    "smh.com.au": "The Sydney Morning Herald",
    "spiegel.de": "Der Spiegel",
    "straitstimes.com": "The Straits Times",
    "tass.com": "TASS",
    "telegraph.co.uk": "The Telegraph",
    "theatlantic.com": "The Atlantic",
    "thediplomat.com": "The Diplomat",
    "theguardian.com": "The Guardian",
    "thehill.com": "The Hill",
    "themoscowtimes.com": "The Moscow Times",
    "thetimes.co.uk": "The Times",
    "time.com": "Time",
    "usatoday.com": "USA Today",
    "vox.com": "Vox",
    "washingtonpost.com": "The Washington Post",
    "washingtontimes.com": "The Washington Times",
    "wsj.com": "The Wall Street Journal",
    "xinhuanet.com": "Xinhua",
    "news.cn": "Xinhua",
    "yna.co.kr": "Yonhap",
}

# Places that pass on what others publish, or where anybody posts: never a publisher.
_PLATFORMS = frozenset(
    "facebook.com twitter.com x.com t.co linkedin.com instagram.com youtube.com youtu.be "
    "reddit.com telegram.org t.me whatsapp.com pinterest.com tumblr.com flipboard.com bit.ly "
    "google.com googlegroups.com archive.org archive.ph archive.is archive.today "
    "mail-archive.com marc.info feedburner.com doi.org list-manage.com".split()
)
# Where anybody has a site below the host's own name; the Public Suffix List knows others.
_ANYBODYS = frozenset(
    "wordpress.com substack.com medium.com ghost.io livejournal.com typepad.com over-blog.com "
    "canalblog.com hatenablog.com msn.com yahoo.com".split()
)
_LIST_HOST = re.compile(r"^(?:lists?|mailman\d?|listserv|mail|groups)\.|(?:^|\.)mailman\.", re.I)
_LIST_PATH = re.compile(r"/(?:listinfo|pipermail|mailman\d?|private|archives?/list|unsubscribe)\b")
_SECOND_LEVEL = frozenset("ac co com edu go gov gob ne net nic or org".split())
_HOST = re.compile(r"^[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z0-9-]{2,63}$")
_WEB = re.compile(r"https?://[^\s/?#]", re.I)
# Search engines, networks and mail programs send a click past themselves.
_REDIRECT = re.compile(
    r"(?:https?:)?//(?:[\w-]{1,30}\.){0,3}(?:google\.[a-z.]{2,6}/(?:url|imgres)|bing\.com/[\w/.]{0,40}"
    r"|(?:facebook|instagram)\.com/l\.php|duckduckgo\.com/l/|youtube\.com/redirect"
    r"|linkedin\.com/(?:safety/go|redir/redirect)|safelinks\.protection\.outlook\.com/"
    r"|yandex\.[a-z.]{2,6}/\w{0,20}|vk\.com/away\.php)\?",
    re.I,
)
_TARGETS = ("url", "q", "u", "uddg", "imgrefurl", "to", "target")
_ARCHIVED = re.compile(r"/web/\d{4,14}[a-z_]{0,4}/(https?://\S+)", re.I)


def real_address(url: str) -> str:
    """Return where an address leads that goes past a search engine or network, else ``url``."""
    if not _REDIRECT.match(url[:200]):
        return url
    try:
        said = parse_qs(urlsplit(url[:4000]).query, max_num_fields=50)
    except ValueError:
        return url
    found = (said[name][0].strip() for name in _TARGETS if said.get(name))
    return next((address for address in found if _WEB.match(address)), url)


def host_of(url: str) -> str:
    """Return the host of ``url`` in lower case without "www.", "" when it has none.

    An address in a web archive counts as the address that was archived, one that goes past a
    search engine as the address it leads to.
    """
    url = real_address(url)
    archived = _ARCHIVED.search(url[:2000])
    if archived:
        url = archived[1]
    if "//" not in url[:12]:
        url = "//" + url
    try:
        host = urlsplit(url[:2000]).hostname or ""
    except ValueError:
        return ""
    host = host.rstrip(".")
    for prefix in ("www.", "m.", "amp.", "edition.", "mobile."):
        host = host.removeprefix(prefix)
    return host if _HOST.match(host) else ""


def is_web_address(url: str) -> bool:
    """True for an http(s) address, or one without scheme that begins with a public host.

    Anything else ("javascript:", "file:") must not become a link.
    """
    if _WEB.match(url):
        return True
    return ":" not in url.partition("/")[0] and bool(host_of(url))


def is_list_address(url: str) -> bool:
    """True for a page of a mailing list, not of an outlet."""
    return bool(_LIST_HOST.search(host_of(url)) or _LIST_PATH.search(url[:2000]))


def outlet_of(url: str) -> str:
    """Return the publisher's name for ``url``: of the table, else its registrable host.

    "" when it has no public host, or one that only passes on what others publish.
    """
    host = host_of(url)
    if not host or is_list_address(url):
        return ""
    labels = host.split(".")
    for start in range(len(labels) - 1):
        name = OUTLETS.get(".".join(labels[start:]))
        if name:
            return name
    two_level = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    registrable = ".".join(labels[-3 if two_level else -2 :])
    if registrable in _PLATFORMS or labels[-1].isdigit():
        return ""
    return registrable


def domain_of(address: str) -> str:
    """Return the domain that was registered for a web address or host: "bbc.co.uk" of
    "https://www.news.bbc.co.uk/x", by the Public Suffix List.

    "" when it has none, or one where anybody publishes.
    """
    host = host_of(address) if " " not in address.strip() else ""
    if not host or is_list_address(address):
        return ""
    domain = get_fld(f"//{host}", fail_silently=True, fix_protocol=True, search_private=True) or ""
    return "" if domain in _PLATFORMS or domain in _ANYBODYS else domain
