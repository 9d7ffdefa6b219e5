"""The tables of rules for single lines: what a line is by its own words alone.

A rule here needs no context and reads a whole line, so that a sentence of an article which
merely mentions newsletters, cookies or Facebook never matches. Order matters: first hit wins.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .article import Label


class Verdict(NamedTuple):
    """A label and the reason for it."""

    label: Label
    reason: str


# Longer lines are text, whatever they say; it also bounds the work of every pattern below.
MAX_CHARS = 400

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
        "advertise with us|careers|help|help center|help centre|faq|faqs|feedback|corrections policy|"
        "editorial policy|editorial standards|ethics policy|copyright|accessibility|"
        "accessibility statement|accessibility help|submit a tip|send us a tip|report an error|"
        "report a typo|suggest a correction|request a correction|got a tip?|work with us|press",
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

# Words of share bars; a line of nothing but these is one. A lone brand may be a subheading.
_BRANDS = (
    "facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|telegram|tumblr|flipboard|instagram|"
    "youtube|messenger|snapchat|tiktok|threads|bluesky|mastodon|vk|weibo|wechat|line|viber|skype|"
    "google\\+|googleplus|google-plus|pocket|digg|stumbleupon|xing|signal"
)
_SHARE_WORD = (
    rf"(?:(?:icon|share|social|fa|btn|button|svg|logo)[-_]{{1,2}})*(?:{_BRANDS}|e-?mail|mail|print|"
    r"rss|link|copy|copy-link|sms|share|tweet|pin|save|bookmark|comment|comments)(?:[-_](?:icon|square|"
    r"f|alt|in|logo|share))*"
)
# Words of a list of names: a sentence has others too, so it never matches.
_LISTED = r"(?-i:[^\W\d_a-z][\w.'’&-]{0,30}|and|the|of|for|in|from|at|de|van|von|&)"
_NAMES = rf"{_LISTED}(?:[,;]? (?:{_LISTED}|by|with|(?:additional |further )?(?:reporting|writing|editing)|compiled))"
_NAMES = _NAMES + r"{0,40}\.?"

# (pattern, label, reason); matched against the whole line, without regard to case unless (?-i:…)
_RULES: tuple[tuple[str, Label, str], ...] = (
    (rf"{_SHARE_WORD}(?:[\s,|•·/]{{1,9}}{_SHARE_WORD}){{1,20}}", "boilerplate", "share button"),
    (rf"(?:icon|fa|share|social|btn)[-_]{_SHARE_WORD}", "boilerplate", "share button"),
    (
        r"(?:click (?:here )?to )?(?:share|tweet|post|send|pin|save|e-?mail|print)(?: (?:this|it|the|"
        rf"article|story|post|page|a|link|now))*(?: (?:on|via|to|by|with) (?:{_BRANDS}|e-?mail|mail|sms|"
        r"a friend|friends|your friends|social media|google news))(?: ?\(opens in (?:a )?new window\))?",
        "boilerplate", "share button",
    ),
    (
        rf"(?:follow|like|find|join|watch|add) (?:us|me|[\w' ]{{2,30}}) (?:on|at|via|as) (?:our )?(?:{_BRANDS}|"
        r"google news|google|apple news|a preferred source)\b.{0,60}",
        "boilerplate", "share button",
    ),
    (r"follow @\w{1,30}.{0,40}|@\w{2,30}|\d[\d.,]{0,6}[km]? (?:shares?|comments?|likes?|views?|retweets?"
     r"|reactions?|followers?)(?: share)?", "boilerplate", "share button"),
    (
        r"(?:(?:oops|sorry|whoops|uh[- ]oh|error|something went wrong|an (?:unexpected )?error (?:has )?occurred|there was "
        r"(?:an error|a problem)(?: (?:loading|processing) .{1,40})?|(?:please )?try (?:again|refreshing)(?: (?:later|in a "
        r"few minutes|shortly|the page))?|(?:please )?(?:refresh|reload) (?:the|this) page|we(?: a|')re sorry)"
        r"[.!,:… ]{1,4}){1,5}",
        "boilerplate", "error message of a page",
    ),
    (r"\[(?:image|photo|img|video|audio|embed\w{0,8}|gallery|iframe|ad|advertisement)\b.{0,200}\]",
     "boilerplate", "image file name"),
    # image file names, also as a page's alternative text
    (r"[^\s]{1,120}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic|mp4|mp3|pdf)(?:\?\S{0,200})?",
     "boilerplate", "image file name"),
    (r"[\w%()&+ -]{1,160}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic)",
     "boilerplate", "image file name"),
    (r"[A-Za-z0-9%._~@()+&'’ -]{0,160}%(?:25)?20[A-Za-z0-9%._~@()+&'’ -]{0,160}(?<![.!?])",
     "boilerplate", "image file name"),
    (r"(?:webp|jpe?g|png|gif|svg|avif|heic)[ _-][\w%()., -]{0,60}(?:[_%]|\(\d{1,4}\))[\w%(). -]{0,40}",
     "boilerplate", "image file name"),
    (r"(?:img|dsc|dscn|dscf|pxl|mvimg|screenshot|screen shot|untitled design|untitled-\d|image|photo|unnamed)"
     r"(?:[ _-]?\(?\d[\d _.,-]{0,30}\)?| at \d{1,2}[.:]\d\d.{0,20}| \d{4}-\d\d-\d\d.{0,30})",
     "boilerplate", "image file name"),
    (r"untitled(?: design)?|placeholder(?: image)?|no image|image not available|image unavailable",
     "boilerplate", "image file name"),
    # names of icons
    (r"icons?|(?:arrow|chevron|caret|angle|triangle)[ _-](?:up|down|left|right)(?: icon)?"
     r"|(?:title|source|menu|search|close|share|play|pause|user|profile|account|mail|email|print|link|"
     r"copy|calendar|clock|time|location|phone|download|upload|external link|hamburger|hamburger menu|"
     r"plus|minus|check|checkmark|star|heart|comment|comments|info|warning|camera|video|audio|"
     r"bookmark|save|home|settings|bell|notification|filter|quote|dots|more|expand|"
     rf"{_BRANDS}|facebook f|linkedin in)[ _-]icon",
     "boilerplate", "icon name"),
    # mailing lists and mail
    (r"(?:this archive was )?generated by .{0,80}\b(?:mailman|pipermail|mhonarc|hypermail|listserv)\b.{0,80}"
     r"|this archive was generated by .{1,200}|.{0,80}\b(?:pipermail|mhonarc|hypermail)\b.{0,120}",
     "boilerplate", "mailing-list footer"),
    (r"_{5,}|-{5,}|={5,}|\*{3,}|-- ?|[*•·.~–—=_-](?: ?[*•·.~–—=_-]){0,80}|#{1,6}",
     "boilerplate", "separator"),
    (r"(?:to (?:unsubscribe|subscribe)\b[^.]{0,60}\b(?:list|send|visit|click|e-?mail|newsletter|here|http\w?)\b|unsubscribe\b|you (?:are receiving|received|are getting|got) this"
     r" (?:e-?mail|message|newsletter)\b|manage your (?:e-?mail )?(?:preferences|subscription)|update your"
     r" (?:e-?mail )?preferences|view this (?:e-?mail|message) in (?:your|a) browser|sent from my \w{2,20}"
     r"|sent with \w{2,30}|get outlook for)\b.{0,200}",
     "boilerplate", "mailing-list footer"),
    (r"[\w'. -]{1,60} mailing list(?: .{0,80})?|(?:mailing )?list (?:info|archive|archives|options|help)\b.{0,100}"
     r"|(?:next|previous) (?:message|in thread|by date|by thread)(?::.{0,200}| \(.{0,100}\))?"
     r"|messages? sorted by:.{0,100}|\[ ?(?:date|thread|subject|author) ?(?:prev|next|index)?\b.{0,60}\].{0,100}"
     r"|(?:reply-to|return-path|list-[a-z]{2,20}|x-[a-z-]{2,30}|message-id|in-reply-to|mime-version|"
     r"content-type|content-transfer-encoding|references|received): \S.{0,300}",
     "boilerplate", "mailing-list footer"),
    # subscriptions, cookies, rights
    (
        r"(?:please |you can |click here to |tap here to )?(?:subscribe|sign up|sign in|log in)\b"
        r".{0,160}\b(?:newsletters?|inbox|updates|alerts|digest|briefing|mailing list|e-?mails?|account|access|"
        r"subscription|subscriber-only|podcasts?|channel|whatsapp|telegram|free|today|now|here|comment|"
        r"continue|daily|weekly|community)\b.{0,120}",
        "boilerplate", "account or subscription",
    ),
    (
        r"(?:please )?(?:register|join|follow)\b.{0,80}\b(?:newsletters?|mailing list|your inbox|our (?:whatsapp|"
        r"telegram|youtube|facebook)\b.{0,20})\b.{0,80}",
        "boilerplate", "account or subscription",
    ),
    (r"(?:subscribe (?:to|for|here|below|by|now|today)|sign up (?:for|here|below|now|today|to (?:receive|get|our|the|"
     r"read|continue|be|stay|see|view|access|start)))\b.{0,120}", "boilerplate", "account or subscription"),
    (r"(?:get|receive) (?:the |our |all |more |your )?.{0,80}\b(?:newsletter|in your inbox|to your inbox|"
     r"delivered (?:straight |directly )?to|by e-?mail|on your phone|breaking news alerts)\b.{0,80}",
     "boilerplate", "account or subscription"),
    (r"(?:already a (?:subscriber\b|member\?)|not a (?:subscriber\b|member\?)|this (?:article|story|content) is"
     r" (?:for|only for|available to|reserved for) (?:our )?(?:subscribers|members)|you have (?:reached your|\d{1,2}|"
     r"no) (?:limit of |free |remaining )|thank you for (?:signing up|subscribing|reading\b.{0,20}newsletter)|"
     r"download (?:the|our) .{0,40}\bapp\b|support (?:our|independent) journalism|"
     r"enter your e-?mail\b|by (?:signing up|clicking|subscribing|submitting|registering|entering your)\b[^.]{0,90}"
     r"\b(?:agree|accept|consent|acknowledge)\b).{0,240}",
     "boilerplate", "account or subscription"),
    (r"(?:we (?:and our partners )?use (?:cookies|technologies such as cookies)|(?:this|our) (?:web)?site uses"
     r" cookies|by (?:continuing|using|clicking|browsing)\b[^.]{0,60}\b(?:(?:this|our) (?:web)?site|"
     r"cookies|you (?:accept|agree|consent))\b|"
     r"cookies help us|your (?:privacy|choice regarding cookies)\b.{0,30}\b(?:matters|important)).{0,300}",
     "boilerplate", "cookie notice"),
    (r"(?:copyright\b ?(?=©|\(c\)|(?:19|20)\d\d|:|by (?-i:[A-Z]))|©|\(c\)(?= ?\d{4})|&copy;).{0,200}|.{0,160}\ball rights reserved\b.{0,120}"
     r"|.{0,80} © ?\d{4}.{0,80}",
     "boilerplate", "copyright line"),
    (r"(?:this|the) (?:material|article|content|work|site|material on this site)\b.{0,60}\bmay not be"
     r" (?:published|reproduced|copied|redistributed)\b.{0,200}|reproduction (?:in whole|without|is prohibited)\b"
     r".{0,160}|(?:republish|reprint)(?:ing)? (?:this article|permissions?)\b.{0,120}|our standards: .{0,100}"
     r"|standards: the thomson reuters trust principles.{0,10}",
     "boilerplate", "legal line"),
    (r"(?:advertisement|anzeige|sponsored) ?[-–—:|].{0,60}|(?:story|article) continues (?:below|after).{0,60}"
     r"|\[?(?:ad|advertisement|advert)\]?",
     "boilerplate", "advertisement"),
    (r"(?:reading time|read time|estimated reading time|time to read|est\. read)\W{0,3}.{0,30}"
     r"|\d{1,3}[ -]?min(?:ute)?s?\.? (?:read|listen|watch|reading time)|\d{1,4} words?|\d{1,3}:\d\d",
     "boilerplate", "reading time"),
    (r"(?:leave|post|add|write) (?:a|your) (?:comment|reply)\b.{0,60}|comments? ?[(:] ?\d{0,5} ?\)?"
     r"|(?:view|show|read|see|load) (?:all |more )?(?:\d{0,5} )?comments? ?(?:\(\d{1,5}\))?"
     r"|log ?in to (?:comment|reply|join).{0,40}",
     "boilerplate", "comments box"),
    (r"more (?:from|on|about) (?-i:[A-Z0-9])[\w&'’ -]{1,50}", "boilerplate", "heading of links"),
    # pointers to other articles
    (r"(?:read(?: more| also| next| on| here| the full (?:story|article|report))|also read|see also|related"
     r"(?: (?:article|story|stories|articles|news|coverage|reading|link|links))?|further reading|don[’']t miss"
     r"|recommended|up next|more on this|must read|related content) ?[:|>»→] ?.{3,240}|(?-i:WATCH|READ|LISTEN|SEE|MORE|RELATED|READ MORE|"
     r"ALSO READ|SEE ALSO|VIDEO|PHOTOS) ?[:–—] ?.{3,240}|(?:read more|continue reading|full story|full article)"
     r" (?:at|on|here|about) .{0,200}",
     "aside", "pointer to another article"),
    (r"(?-i:More) ?: ?(?-i:[A-Z]).{12,200}|\( ?(?:photos?|videos?|watch|also on|related|see also|read)\b[^():]{0,40}"
     r":[^()]{3,240}\)|(?:click|tap) (?:here|for|through)\b.{0,160}|read (?:more|it|the (?:full|whole|rest)\b.{0,40})"
     r" (?:here|at|on|from)\b.{0,120}|just watched .{1,240} must watch .{1,240}",
     "aside", "pointer to another article"),
    (r"(?:tags?|topics?|filed under|categories|category|tagged|tagged with|posted in|labels|keywords"
     r"|file under|posted under|more about) ?: ?.{1,300}(?<![.!?])",
     "aside", "tags"),
    # who wrote, took pictures of, contributed to, or first published it
    (
        r"(?:(?:with )?(?:additional|further) )?(?:reporting|writing|research|contributions?)(?: and (?:writing|"
        rf"editing|research))?(?: (?:was )?contributed)?(?: by| from)?:? {_NAMES}",
        "metadata", "contributor credit",
    ),
    (
        r"(?:edited|translated|produced|compiled|fact[- ]checked|copy[- ]edited|editing|translation|production|"
        rf"graphics?|visuals|illustrations?|additional (?:work|research)) by:? {_NAMES}",
        "metadata", "contributor credit",
    ),
    (
        rf"with (?:contributions?|reporting|additional reporting|files|reports|inputs|agency inputs) (?:by|from) {_NAMES}",
        "metadata", "contributor credit",
    ),
    (
        r".{2,120} contributed (?:to (?:this|the) (?:report|story|article|piece)|reporting)\b.{0,60}|contributing"
        r"(?: writers?| reporters?)?: ?.{2,100}|with (?:post |news |agency )?(?:wires|wire reports|agencies)"
        r"|this article is based (?:in part )?on (?:wire|agency) (?:service )?reports\.?",
        "metadata", "contributor credit",
    ),
    (r"(?:enlarge this image|toggle caption)\b.{0,200}|(?:image|media|video) (?:caption|source|copyright)\b,?.{0,60}",
     "metadata", "photo credit"),
    (r"(?:editors?|translators?|producers?) ?: ?.{2,80}(?<![.!?])", "metadata", "contributor credit"),
    (r"[\w.+-]{1,60}@[\w.-]{3,80}|(?:e-?mail|contact|tips?) ?: ?\S{1,60}@\S{3,80}", "metadata", "mail address"),
    (r"[\w.+-]{1,60} (?:at|\[at\]|\(at\)) [\w-]{1,40}(?:\.[\w-]{1,40}){1,4}", "boilerplate", "mailing-list footer"),
    (r"(?:<|url: ?)?https?://\S{0,120}(?:mailman|listinfo|pipermail|listserv|unsubscribe|list-manage)\S{0,200}",
     "boilerplate", "mailing-list footer"),
    (r"(?:photo|photograph|photography|image|picture|illustration|graphic|video|cover image|featured image|"
     r"photo credit|image credit|picture credit|image source|photo source|credit|credits|foto|bild|photos|images)s?"
     r" ?(?:by |courtesy (?:of )?|credit ?:|from ?:|[:/©|]) ?.{2,120}(?<![.!?])",
     "metadata", "photo credit"),
    (r"(?:\[|\()?(?:[\w.'’ -]{0,50}[/|] ?)?(?:ap photo|ap images?|getty images(?: (?:north|europe|asia)\w{0,20})?|"
     r"afp|reuters|epa|epa-efe|shutterstock|istock|alamy|alamy stock photo|unsplash|pexels|wikimedia commons|"
     r"bloomberg|sputnik|xinhua|anadolu|anadolu agency|zuma|zuma press|tass|kremlin pool|pool|dpa)"
     r"(?: via (?:ap|afp|reuters|getty images))?(?: ?/ ?[\w.'’ -]{1,60})?(?:\]|\))?",
     "metadata", "photo credit"),
    (r"[\w.,'’ -]{1,60}(?:/| via | for )(?:the )?(?:ap|afp|reuters|getty images|getty|epa|shutterstock|bloomberg|"
     r"alamy|associated press|file photo|pool)(?: via (?:ap|afp|reuters|getty images|getty))?(?:, file)?",
     "metadata", "photo credit"),
    (r"(?:source|sources|via|quelle|fuente|fonte) ?: ?.{1,160}(?<![.!?])|(?:source|sources) ?: ?.{1,60}\.?",
     "metadata", "names the source"),
    (rf"(?:insights?|analysis|perspectives|contributions) from {_LISTED}(?:,? {_LISTED}){{0,40}}",
     "metadata", "names the sources cited"),
    (r"(?:this (?:article|story|piece|post|essay|report|column) (?:was |is )?(?:originally|first) (?:appeared|published|"
     r"ran|posted)|(?:originally|first) (?:published|appeared|posted) (?:on|in|at|by)"
     r" (?-i:(?:the |our )?(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z]|http|www)|(?:re)?published (?:from|with"
     r" (?:the )?permission)|republished (?:from|by|with|under|here)|reprinted (?:from|with|by)|this (?:article|story) (?:is )?(?:republished|"
     r"reprinted)|syndicated from|cross-?posted from)\b.{0,200}",
     "metadata", "first published elsewhere"),
    (r"(?:<|\(|url: ?|link: ?|source: ?|source url: ?|original: ?|via ?:? ?|permalink: ?|web: ?)?"
     r"(?:https?://|www\.)[^\s<>]{3,390}(?:>|\))?", "metadata", "web address"),
    (r"(?:updated|posted|published)(?: at)? \d{1,2}[:.]\d\d.{0,20}|(?:updated |posted |published )?(?:\d{1,2}|an?|one|two|three|several|a few) (?:seconds?|secs?|minutes?|mins?|"
     r"hours?|hrs?|days?|weeks?|months?|years?|[mhd]) ago(?: .{0,20})?|just now|yesterday|today"
     r"|(?:updated|last updated|published|posted|date)(?: (?:on|at))?:?",
     "metadata", "relative date"),
    (r"subject: .{1,250}", "metadata", "mail header"),
    (r"(?:from|to|cc|bcc|sent|reply-to): .{0,120}(?:@| at ).{0,120}", "metadata", "mail header"),
    (r"date: [a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d\d:\d\d.{0,40}", "metadata", "mail header"),
)  # fmt: skip

PATTERNS: tuple[tuple[re.Pattern[str], Verdict], ...] = tuple(
    (re.compile(pattern, re.I), Verdict(label, reason)) for pattern, label, reason in _RULES
)

_LOGO_LINE = re.compile(
    r"(?:the )?(?P<brand>[^\W_a-z]\S{0,30}(?: (?:of|and|the|&|for|in|de|la|[^\W_a-z]\S{0,30})){0,5})"
    r" (?:logo|Logo|LOGO)"
)
_NO_BRAND = re.compile(
    r"(?:^|\b)(?:new|old|a|an|its|his|her|their|our|this|no|company|site|header|footer)$", re.I
)
SPONSOR = re.compile(
    r"(?:supported|sponsored|presented|powered|brought to you|paid for|made possible) by:?|in partnership with:?",
    re.I,
)
_MENU_SPLIT = re.compile(r" ?[/|•·] ?")
BREADCRUMB = re.compile(
    r"[^>»›/|]{1,40}(?:[>»›][^>»›/|]{1,60}){1,6}|home(?: [>»›/|][^>»›/|]{1,60}){1,6}", re.I
)
# Without digits: a row of figures is a table of the article.
PIPE_MENU = re.compile(r"[^\W\d][^\d|•·]{0,24}(?:[|•·][^\d|•·]{1,24}){3,30}")
_CAPTION = re.compile(
    r"\([^()]{0,60}\b(?:AP|AFP|Reuters|REUTERS|Getty|EPA|Sputnik|Xinhua|TASS|Photos?|Images?|Picture|Courtesy|"
    r"via|Alamy|Shutterstock|Bloomberg|Anadolu|file|File)\b[^()]{0,80}\)\.?$"
    r"|\b(?:Photo|Photograph|Image|Picture|Credit) ?(?:by|:|credit:|courtesy of) [^.]{2,80}\.?$"
    r"|(?:^| )(?:AP Photo|Getty Images|REUTERS)/[^.]{2,60}$|\bvia (?:Getty Images|AP|REUTERS|Reuters)\)?$"
)
_CAPTION_MARKS = ("(", "hoto", "mage", "icture", "redit", "via ", "REUTERS/")
BARE_ADDRESS = re.compile(r"(?<![\w@.])(?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,10}/\S{1,120}", re.I)

_STRIP_BULLET = re.compile(r"^[•·▪◦●■◆►▶»>*\-–—]{1,3}\s+")


_OUTLET_SUFFIX = re.compile(
    r" ?(?:[|·»]| [–—-]) (?P<site>(?:[A-Z][\w.'’&-]{0,20} ){0,3}(?:News|Times|Post|Journal|Herald|Tribune|"
    r"Guardian|Gazette|Telegraph|Magazine|Review|Press|Network|Radio|TV|Today|Daily|Chronicle|Reuters|BBC"
    r"|Bloomberg|CNN|NPR|Economist|Semafor|Axios|Politico|Independent|AP))$"
)
_LIST_PREFIX = re.compile(
    r"^(?:(?:subject|re|fwd?|aw|wg): ?|\[(?!\d)[\w .,&'’-]{2,30}\] ?){1,4}", re.I
)
_PAGE_TITLE_REST = re.compile(r" ?(?:[|–—»·]| - |: ) ?([^|]{2,50})$")


def is_caption(text: str) -> bool:
    """True for the caption of a photo: it ends with the credit."""
    tail = text[-160:]
    if len(text) > 700 or not any(mark in tail for mark in _CAPTION_MARKS):
        return False
    return bool(_CAPTION.search(tail))


def is_bulleted(text: str) -> bool:
    """True for an item of a list that begins with a bullet or a dash."""
    return bool(_STRIP_BULLET.match(text[:8]))


def strip_bullet(text: str) -> str:
    """Return ``text`` without the bullet before it."""
    return _STRIP_BULLET.sub("", text)


def strip_list_prefix(text: str) -> str:
    """Return a subject without what a mailing list puts before it: "[Salon] ", "Re: "."""
    return _LIST_PREFIX.sub("", text) or text


def split_outlet(text: str) -> tuple[str, str]:
    """Return a page's title and the outlet named after it ("Title - BBC News"), "" if none."""
    match = _OUTLET_SUFFIX.search(text[-80:])
    if match is None or len(text) - len(match[0]) < 12:
        return text, ""
    return text[: -len(match[0])].rstrip(), match["site"]


def title_key(text: str) -> str:
    """Return what is equal in two spellings of one title: letters and digits, no list prefix."""
    return " ".join(re.findall(r"\w+", strip_list_prefix(text).casefold()))


def site_of_page_title(one: str, other: str) -> str:
    """Return the site that the longer adds to the shorter ("Title | Site"), "" if it doesn't."""
    short, long = sorted((one, other), key=len)
    match = _PAGE_TITLE_REST.fullmatch(long[len(short) :]) if long.startswith(short) else None
    return match[1].strip() if match else ""


def judge(text: str) -> Verdict | None:
    """Return what a tidy line is by its own words, None when it may be content.

    Lines of more than ``MAX_CHARS`` characters are never judged.
    """
    if not text or len(text) > MAX_CHARS:
        return None
    bare = _STRIP_BULLET.sub("", text)
    if len(bare) <= 90:
        lowered = bare.casefold()
        verdict = EXACT.get(lowered) or EXACT.get(lowered.rstrip(" .:!>»→…|"))
        if verdict is not None:
            return verdict
        if is_logo(bare):
            return Verdict("boilerplate", "logo")
        parts = _MENU_SPLIT.split(lowered)
        if len(parts) > 1 and all(part in EXACT for part in parts):
            return EXACT[parts[0]]
        if PIPE_MENU.fullmatch(bare) or BREADCRUMB.fullmatch(bare):
            return Verdict("boilerplate", "navigation")
    for pattern, verdict in PATTERNS:
        if pattern.fullmatch(bare):
            return verdict
    return None


def is_logo(text: str) -> bool:
    """True for the alternative text of a logo ("Semafor Logo"), not a heading about one."""
    return bool(logo_brand(text))


def logo_brand(text: str) -> str:
    """Return the brand that a logo line names, "" when ``text`` is no logo line."""
    match = _LOGO_LINE.fullmatch(text)
    return match["brand"] if match is not None and not _NO_BRAND.search(match["brand"]) else ""
