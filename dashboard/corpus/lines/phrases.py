"""Whole lines by their words: phrases that are never an article, and words that may be one."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.corpus.article import Label


class Verdict(NamedTuple):
    """A label and the reason for it."""

    label: Label
    reason: str


_BOILERPLATE: tuple[tuple[str, str], ...] = (
    (
        "share button",
        "share|share this|share this article|share this story|share this page|share article|"
        "share with|share via|share on|share options|tweet|tweet this|pin it|copy link|link copied|"
        "copied|copy url|email this|email this article|email article|print this|print article|"
        "print this page|print|gift article|gift this article|save article|save for later|"
        "bookmark|bookmark this|add to favorites|follow us|follow us on|connect with us|"
        "stay connected|find us on|follow",
    ),
    (
        "error message of a page",
        "oops|oops!|something went wrong|an error occurred|an error has occurred|"
        "please try again|please try again later|try again|try again later|failed to load|loading|"
        "loading...|loading…|please wait|page not found|404 not found|javascript is disabled|"
        "please enable javascript|you need to enable javascript to run this app|"
        "your browser does not support the video tag|your browser does not support html5 video|"
        "your browser does not support the audio element|this video can not be played|"
        "this video cannot be played|video unavailable|this content is not available|"
        "please enable cookies|please turn on javascript|media playback is not supported on this "
        "device|media playback is unsupported on your device",
    ),
    (
        "navigation",
        "menu|main menu|search|home|skip to content|skip to main content|skip to navigation|"
        "skip advertisement|skip ad|back|back to top|return to top|scroll to top|to top|close|"
        "close menu|open menu|toggle navigation|toggle menu|navigation|breadcrumb|breadcrumbs|"
        "next|previous|prev|next article|previous article|next story|previous story|next post|"
        "previous post|next page|previous page|load more|show more|show less|view more|see more|"
        "see all|view all|more|read more|read full story|read the full story|read full article|"
        "continue reading|click here|learn more|find out more|expand|collapse|hide|show|"
        "jump to content|jump to navigation|site map|sitemap|settings|options|view gallery|"
        "view comments|go to homepage|all topics|all news|site index|table of contents|contents|"
        "in this article|on this page|select language|language|edition|full screen|fullscreen|"
        "play|play video|pause|mute|unmute|watch|watch now|watch live|listen|listen now|"
        "listen to this article|listen to article|listen to story|audio|text size|font size|a a a",
    ),
    (
        "account or subscription",
        "subscribe|subscribe now|subscribe today|sign in|sign up|sign up now|sign out|log in|login|"
        "log out|logout|register|register now|create account|create an account|my account|"
        "account|join now|join us|donate|donate now|support us|become a member|membership|"
        "start free trial|start your free trial|newsletter|newsletters|email newsletters|"
        "our newsletters|rss|rss feed|get the app|download the app|download our app|e-paper|"
        "already a subscriber?|already have an account?|already a subscriber|manage subscription|"
        "subscribe to continue reading|sign in to continue|enter your email|your email address|"
        "email address|thank you for subscribing|thanks for signing up|submit",
    ),
    (
        "advertisement",
        "advertisement|advertisements|advertising|ad|ads|sponsored|sponsored content|promoted|"
        "promoted content|paid content|paid post|partner content|story continues below|"
        "story continues below advertisement|article continues below|"
        "article continues below advertisement|article continues after this advertisement|"
        "continue reading below|scroll to continue|scroll down to continue|ad feedback|"
        "report this ad|advertisement - scroll to continue|advertisement – scroll to continue|"
        "remove ads|continue below|sponsored links|anzeige|publicité|publicidad|werbung",
    ),
    (
        "heading of links",
        "more news|more stories|more articles|more headlines|more from this section|more on this|"
        "more on this story|more on this topic|more like this|more to read|more to explore|"
        "related|related articles|related article|related stories|related story|related news|"
        "related content|related topics|related links|related posts|related coverage|"
        "related reading|related items|related videos|read next|read also|read this next|"
        "also read|also on|see also|up next|what to read next|what to watch next|most read|"
        "most popular|most viewed|most shared|most recent|most watched|most commented|"
        "popular stories|popular posts|popular now|popular articles|trending|trending now|"
        "trending stories|trending topics|trending news|latest news|latest stories|latest articles|"
        "latest headlines|latest posts|recent posts|recent articles|recent stories|recent news|"
        "recent comments|top stories|top news|top headlines|top articles|editors' picks|"
        "editors’ picks|editor's picks|editor’s picks|editor's pick|recommended|"
        "recommended for you|recommended stories|recommended articles|recommended reading|"
        "you may also like|you might also like|you may like|you might like|"
        "you may be interested in|you might be interested in|don't miss|don’t miss|"
        "from around the web|around the web|from our partners|from the web|elsewhere on the web|"
        "in case you missed it|other news|other stories|further reading|explore more|"
        "read more stories|similar articles|similar stories|keep reading|in other news|"
        "tags|topics|categories|filed under|tagged|in this story|explore more topics|"
        "explore more on these topics|explore more on this topic|reuse this content",
    ),
    (
        "comments box",
        "comments|comment|leave a comment|leave a reply|post a comment|add a comment|"
        "add comment|write a comment|join the conversation|join the discussion|show comments|"
        "hide comments|comments are closed|no comments|no comments yet|reply|have your say|"
        "sort by newest|be the first to comment|log in to comment|cancel reply|your comment",
    ),
    (
        "legal line",
        "all rights reserved|privacy|privacy policy|privacy notice|terms|terms of use|"
        "terms of service|terms and conditions|terms & conditions|cookie policy|cookies|"
        "cookie settings|cookie preferences|manage cookies|accept|accept all|accept cookies|"
        "accept all cookies|reject all|do not sell my personal information|"
        "do not sell or share my personal information|your privacy choices|disclaimer|"
        "legal notice|imprint|impressum|contact|contact us|about|about us|advertise|"
        "advertise with us|careers|help|help center|help centre|faq|faqs|feedback|"
        "corrections policy|"
        "editorial policy|editorial standards|ethics policy|copyright|accessibility|"
        "accessibility statement|accessibility help|submit a tip|send us a tip|report an error|"
        "report a typo|suggest a correction|request a correction|got a tip?|work with us|press",
    ),
    (
        "release mark",
        "for immediate release|for release|immediate release|press release|news release|"
        "media release|office of public affairs",
    ),
    (
        "template label",
        "the news|know more|room for disagreement|go deeper",
    ),
)  # fmt: skip

EXACT: dict[str, Verdict] = {
    phrase: Verdict("boilerplate", reason)
    for reason, phrases in _BOILERPLATE
    for phrase in phrases.split("|")
}
LINK_HEADINGS = frozenset(p for p, verdict in EXACT.items() if verdict.reason == "heading of links")

# What the tabs and the contents of a page's template are called: several in a row are no text.
TAB_NAMES = frozenset(
    "executive summary|summary|overview|the story so far|why this matters|why it matters|"
    "who thinks what|the big picture|the bottom line|key points|key takeaways|at a glance|"
    "highlights|timeline|background|analysis|what we know|what's next|the view from|news|"
    "latest|live|world|international|national|local|politics|business|economy|markets|money|"
    "opinion|culture|arts|books|film|music|style|lifestyle|life|food|travel|sport|sports|"
    "football|weather|science|tech|technology|health|education|environment|climate|video|"
    "videos|photos|podcasts|magazine|entertainment|games|us|uk|europe|asia|africa|americas|"
    "middle east|china|russia".split("|")
)

# Single words of menus that can be the subheading of an article as well: context decides.
AMBIGUOUS = frozenset(
    "home search language edition settings options press help about contact privacy terms cookies "
    "advertising careers copyright accessibility topics categories comments comment more audio "
    "contents membership account feedback navigation related corrections recommended trending "
    "reply watch listen play pause menu next previous back follow print save share email mail link "
    "disclaimer copy threads signal line pocket messenger facebook twitter whatsapp linkedin "
    "pinterest reddit telegram tumblr flipboard instagram youtube snapchat tiktok bluesky mastodon "
    "weibo wechat viber skype x".split()
)

# Words of share bars: a line of nothing but these is one.
NETWORKS = frozenset(
    "facebook twitter whatsapp linkedin pinterest reddit telegram tumblr flipboard instagram "
    "youtube "
    "messenger snapchat tiktok bluesky mastodon vk weibo wechat viber skype stumbleupon digg xing "
    "email tweet share sms rss googleplus facebook-f x-twitter".split()
)
SHARE_WORDS = NETWORKS | frozenset(
    "x threads line signal pocket mail print link copy save bookmark comment comments pin "
    "google google+ "
    "e icon icons social fa btn button svg logo square alt in f on via to more url opens new "
    "window".split()
)
