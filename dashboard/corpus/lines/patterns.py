"""Whole lines by their shape: (pattern, label, reason), the first that fits decides.

Each reads the whole line, so a sentence of an article that merely mentions newsletters, cookies
or Facebook never matches. All are linear: repetitions are bounded and don't overlap, since
lines come from anywhere.
"""

from __future__ import annotations

import re

from dashboard.corpus.article import Label
from dashboard.corpus.lines.phrases import phrases
from dashboard.corpus.lines.phrases.galleries import CAPTION_BUTTON, COUNT, PICTURE_COUNT
from dashboard.corpus.parsing.comments import COUNTED

_BRANDS = (
    "facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|telegram|tumblr|flipboard|instagram|youtube|messenger|"
    "snapchat|tiktok|threads|bluesky|mastodon|vk|weibo|wechat|line|viber|skype|pocket|google\\+|signal"
)
# Words of a list of names: a sentence has others too, so it never matches.
_LISTED = r"(?-i:[^\W\d_a-z][\w.'’&-]{0,30}|and|the|of|for|in|from|at|de|van|von|&)"
_CREDITED = r"(?-i:by|with|additional|further|reporting|writing|editing|compiled)"
_STAFF = r"(?-i:also|staff|writers?|reporters?|correspondents?|editors?|researchers?|special|news)"
_CJK_NAME = r"[^\s、/？。，！；?!.,;的是了吗嗎呢谁誰]{2,8}"
_NAMES = rf"{_LISTED}(?:[,;]? (?:{_LISTED}|{_CREDITED})){{0,40}}\.?"
_AGENCY_PHOTO = (
    r"(?:ap photo|ap images?|getty images(?: (?:north|"
    r"europe|asia)\w{0,20})?|"
    r"afp|reuters|epa|epa-efe|shutterstock|istock|alamy|alamy stock photo|unsplash|pexels|"
    r"wikimedia commons|"
    r"bloomberg|sputnik|xinhua|anadolu|anadolu agency|zuma|zuma press|tass|kremlin pool|pool|"
    r"dpa)"
    r"(?: via (?:ap|afp|reuters|getty images))?(?: ?/ ?[\w.'’ -]{1,60})?(?:\]|\))?"
)
_FILES = tuple(
    f"{end}\n"
    for end in ".jpeg .jpg .png .gif .webp .svg .avif .bmp .tif .tiff .heic .mp4 .mp3 .pdf".split()
)

FEED_FOOTER = "|".join(
    re.escape(phrase).replace("…", ".{1,200}") + r"\.?" for phrase in phrases("footer of a feed")
)
COOKIES = "|".join(re.escape(phrase).replace("…", ".{1,80}") for phrase in phrases("cookie notice"))
POINTERS = "|".join(map(re.escape, phrases("pointer to another article")))

Marks = tuple[str, ...]
# (pattern, label, reason); matched against the whole line, without regard to case unless (?-i:…).
# One that can begin with anything names the marks of which a line that it matches has one, with a
# line end at its end, and may say how long that line is at most.
RULES: tuple[
    tuple[str, Label, str] | tuple[str, Label, str, Marks] | tuple[str, Label, str, Marks, int], ...
] = (
    (
        r"(?:click (?:here )?to )?(?:share|tweet|post|send|pin|save|e-?mail|print)(?: (?:this|"
        r"it|the|"
        rf"article|story|post|page|a|link|now))*(?: (?:on|via|to|by|with) (?:{_BRANDS}|e-?mail|"
        rf"mail|sms|"
        r"a friend|friends|your friends|social media|"
        r"google news))(?: ?\(opens in (?:a )?new window\))?",
        "boilerplate", "share button",
    ),
    (
        rf"(?:follow|like|find|join|watch|add) (?:us|me|[\w' ]{{2,30}}) (?:on|at|via|"
        rf"as) (?:our )?(?:{_BRANDS}|"
        r"google news|google|apple news|a preferred source)\b.{0,60}",
        "boilerplate", "share button",
    ),
    (r"follow @\w{1,30}.{0,40}|@\w{2,30}|\d[\d.,]{0,6}[km]? (?:shares?|comments?|likes?|views?|"
     r"retweets?"
     r"|reactions?|followers?)(?: share)?", "boilerplate", "share button"),
    (
        r"(?:(?:oops|sorry|whoops|uh[- ]oh|error|something went wrong|"
        r"an (?:unexpected )?error (?:has )?occurred|there was "
        r"(?:an error|a problem)(?: (?:loading|processing) .{1,40})?|(?:please )?try (?:again|"
        r"refreshing)(?: (?:later|in a "
        r"few minutes|shortly|the page))?|(?:please )?(?:refresh|reload) (?:the|this) page|"
        r"we(?: a|')re sorry)"
        r"[.!,:… ]{1,4}){1,5}",
        "boilerplate", "error message of a page",
    ),
    (r"\[(?:image|photo|img|video|audio|embed\w{0,8}|gallery|iframe|ad|"
     r"advertisement)\b.{0,200}\]",
     "boilerplate", "image file name"),
    # image file names, also as a page's alternative text
    (r"[^\s]{1,120}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic|mp4|mp3|pdf)(?:\?\S{0,200})?"
     r"|[\w%()&+ -]{1,160}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic)",
     "boilerplate", "image file name", ("?", *_FILES)),
    (r"[A-Za-z0-9%._~@()+&'’ -]{0,160}%(?:25)?20[A-Za-z0-9%._~@()+&'’ -]{0,160}(?<![.!?])",
     "boilerplate", "image file name", ("%",)),
    (r"(?:webp|jpe?g|png|gif|svg|avif|heic)[ _-][\w%()., -]{0,60}(?:[_%]|"
     r"\(\d{1,4}\))[\w%(). -]{0,40}",
     "boilerplate", "image file name"),
    (r"(?:img|dsc|dscn|dscf|pxl|mvimg|screenshot|screen shot|untitled design|untitled-\d|image|"
     r"photo|unnamed)"
     r"(?:[ _-]?\(?\d[\d _.,-]{0,30}\)?| at \d{1,2}[.:]\d\d.{0,20}| \d{4}-\d\d-\d\d.{0,30})",
     "boilerplate", "image file name"),
    (r"untitled(?: design)?|placeholder(?: image)?|no image|image not available|"
     r"image unavailable",
     "boilerplate", "image file name"),
    # names of icons
    (r"icons?|(?:arrow|chevron|caret|angle|triangle)[ _-](?:up|down|left|right)(?: icon)?"
     r"|(?:title|source|menu|search|close|share|play|pause|user|profile|account|mail|email|"
     r"print|link|"
     r"copy|calendar|clock|time|location|phone|download|upload|external link|hamburger|"
     r"hamburger menu|"
     r"plus|minus|check|checkmark|star|heart|comment|comments|info|warning|camera|video|audio|"
     r"bookmark|save|home|settings|bell|notification|filter|quote|dots|more|expand|"
     rf"{_BRANDS}|facebook f|linkedin in)[ _-]icon",
     "boilerplate", "icon name"),
    # mailing lists and mail
    (r"(?:this archive was )?generated by .{0,80}\b(?:mailman|pipermail|mhonarc|hypermail|"
     r"listserv)\b.{0,80}"
     r"|this archive was generated by .{1,200}",
     "boilerplate", "mailing-list footer"),
    (r".{0,80}\b(?:pipermail|mhonarc|hypermail)\b.{0,120}",
     "boilerplate", "mailing-list footer", ("ermail", "mhonarc")),
    (r"_{5,}|-{5,}|={5,}|\*{3,}|-- ?|[*•·.~–—=_-](?: ?[*•·.~–—=_-]){0,80}|#{1,6}",
     "boilerplate", "separator"),
    (r"(?:to (?:unsubscribe|subscribe)\b[^.]{0,60}\b(?:list|send|visit|click|e-?mail|"
     r"newsletter|here|http\w?)\b|unsubscribe\b|you (?:are receiving|received|are getting|"
     r"got) this"
     r" (?:e-?mail|message|newsletter)\b|manage your (?:e-?mail )?(?:preferences|subscription)|"
     r"update your"
     r" (?:e-?mail )?preferences|view this (?:e-?mail|message) in (?:your|a) browser|"
     r"sent from my \w{2,20}"
     r"|sent with \w{2,30}|get outlook for)\b.{0,200}",
     "boilerplate", "mailing-list footer"),
    (r"[\w'. -]{1,60} mailing list(?: .{0,80})?",
     "boilerplate", "mailing-list footer", ("mailing list",)),
    (r"(?:mailing )?list (?:info|archive|archives|"
     r"options|help)\b.{0,100}"
     r"|(?:next|previous) (?:message|in thread|by date|by thread)(?::.{0,200}| \(.{0,100}\))?"
     r"|messages? sorted by:.{0,100}|\[ ?(?:date|thread|subject|author) ?(?:prev|next|"
     r"index)?\b.{0,60}\].{0,100}"
     r"|(?:reply-to|return-path|list-[a-z]{2,20}|x-[a-z-]{2,30}|message-id|in-reply-to|"
     r"mime-version|"
     r"content-type|content-transfer-encoding|references|received): \S.{0,300}",
     "boilerplate", "mailing-list footer"),
    # subscriptions, cookies, rights
    (
        r"(?:please |you can |click here to |tap here to )?(?:subscribe|sign up|sign in|"
        r"log in)\b"
        r".{0,160}\b(?:newsletters?|inbox|updates|alerts|digest|briefing|mailing list|"
        r"e-?mails?|account|access|"
        r"subscription|subscriber-only|podcasts?|channel|whatsapp|telegram|free|today|now|here|"
        r"comment|"
        r"continue|daily|weekly|community)\b.{0,120}",
        "boilerplate", "account or subscription",
    ),
    (
        r"(?:please )?(?:register|join|follow)\b.{0,80}\b(?:newsletters?|mailing list|"
        r"your inbox|our (?:whatsapp|"
        r"telegram|youtube|facebook)\b.{0,20})\b.{0,80}",
        "boilerplate", "account or subscription",
    ),
    (r"(?:subscribe (?:to|for|here|below|by|now|today)|sign up (?:for|here|below|now|today|"
     r"to (?:receive|get|our|the|"
     r"read|continue|be|stay|see|view|access|"
     r"start)))\b.{0,120}", "boilerplate", "account or subscription"),
    (r"(?:get|receive) (?:the |our |all |more |your )?.{0,80}\b(?:newsletter|in your inbox|"
     r"to your inbox|"
     r"delivered (?:straight |directly )?to|by e-?mail|on your phone|"
     r"breaking news alerts)\b.{0,80}",
     "boilerplate", "account or subscription"),
    (r"(?:get|enjoy|start) (?:your )?(?:unlimited|full|digital|all) (?:digital )?access\b.{0,120}"
     r"|(?:you can )?cancel (?:at )?any ?time\b.{0,60}",
     "boilerplate", "account or subscription"),
    (r"(?:already a (?:subscriber\b|member\?)|not a (?:subscriber\b|member\?)|this (?:article|"
     r"story|content) is"
     r" (?:for|only for|available to|reserved for) (?:our )?(?:subscribers|members)|"
     r"you have (?:reached your|\d{1,2}|"
     r"no) (?:limit of |free |remaining )|thank you for (?:signing up|subscribing|"
     r"reading\b.{0,20}newsletter)|"
     r"download (?:the|our) .{0,40}\bapp\b|support (?:our|independent) journalism|"
     r"enter your e-?mail\b|by (?:signing up|clicking|subscribing|submitting|registering|"
     r"entering your)\b[^.]{0,90}"
     r"\b(?:agree|accept|consent|acknowledge)\b).{0,240}",
     "boilerplate", "account or subscription"),
    (r"(?:we (?:and our partners )?use (?:cookies|technologies such as cookies)|(?:this|"
     r"our) (?:web)?site uses"
     r" cookies|by (?:continuing|using|clicking|browsing)\b[^.]{0,60}\b(?:(?:this|"
     r"our) (?:web)?site|"
     r"cookies|you (?:accept|agree|consent))\b|"
     r"cookies help us|your (?:privacy|choice regarding cookies)\b.{0,30}\b(?:matters|"
     r"important)).{0,300}",
     "boilerplate", "cookie notice"),
    (r"(?:copyright\b ?(?=©|\(c\)|(?:19|20)\d\d|:|by (?-i:[A-Z]))|©|\(c\)(?= ?\d{4})|"
     r"&copy;).{0,200}",
     "boilerplate", "copyright line"),
    (r".{0,160}\ball rights reserved\b.{0,120}|.{0,80} © ?\d{4}.{0,80}",
     "boilerplate", "copyright line", ("all rights reserved", "©")),
    (r"(?:this|the) (?:material|article|content|work|site|"
     r"material on this site)\b.{0,60}\bmay not be"
     r" (?:published|reproduced|copied|redistributed)\b.{0,200}|reproduction (?:in whole|"
     r"without|is prohibited)\b"
     r".{0,160}|(?:republish|reprint)(?:ing)? (?:this article|permissions?)\b.{0,120}|"
     r"our standards: .{0,100}"
     r"|standards: the thomson reuters trust principles.{0,10}",
     "boilerplate", "legal line"),
    (r"(?:advertisement|anzeige|sponsored) ?[-–—:|].{0,60}|(?:story|"
     r"article) continues (?:below|after).{0,60}"
     r"|\[?(?:ad|advertisement|advert)\]?",
     "boilerplate", "advertisement"),
    (r"(?:reading time|read time|estimated reading time|time to read|est\. read)\W{0,3}.{0,30}"
     r"|\d{1,3}[ -]?min(?:ute)?s?\.? (?:read|listen|watch|reading time)|\d{1,4} words?|"
     r"\d{1,3}:\d\d",
     "boilerplate", "reading time"),
    (r".{1,200} ?[·•|] ?\d{1,2}:\d\d(?::\d\d)?(?: \d{1,2}:\d\d(?::\d\d)?)?",
     "boilerplate", "player of a recording", ("·", "•", "|")),
    (r"(?:leave|post|add|write) (?:a|your) (?:comment|reply)\b.{0,60}|"
     r"comments? ?[(:] ?\d{0,5} ?\)?"
     r"|(?:view|show|read|see|load) (?:all |more )?(?:\d{0,5} )?comments? ?(?:\(\d{1,5}\))?"
     r"|log ?in to (?:comment|reply|join).{0,40}",
     "boilerplate", "comments box"),
    (rf"(?:sponsored|presented|supported|brought to you) by:? {_NAMES}(?<!\.)",
     "boilerplate", "sponsor"),
    (rf"logo (?:of|von|de|di|van) (?:the )?{_NAMES}(?<!\.)", "boilerplate", "logo"),
    (r".{1,300} [—–-] .{1,60} \(@\w{1,20}\) (?:[^\W\d]{3,12}\.? \d{1,2}, \d{4}|"
     r"\d{1,2}\.? [^\W\d]{3,12}\.? \d{4})",
     "aside", "embedded post", ("@",)),
    (FEED_FOOTER, "boilerplate", "footer of a feed"),
    (rf"(?:{COOKIES})\b.{{0,400}}", "boilerplate", "cookie notice"),
    (COUNTED, "boilerplate", "comments box"),
    (rf"(?:{CAPTION_BUTTON})(?:{COUNT})?",
     "boilerplate", "caption button"),
    (PICTURE_COUNT, "boilerplate", "gallery of pictures"),
    (r"more (?:from|on|about) (?-i:[A-Z0-9])[\w&'’ -]{1,50}", "boilerplate", "heading of links"),
    # pointers to other articles
    (r"(?:read(?: more| also| next| on| here| the full (?:story|article|report))|also read|"
     r"see also|related"
     r"(?: (?:article|story|stories|articles|news|coverage|reading|link|links))?|"
     r"further reading|don[’']t miss"
     r"|recommended|up next|more on this|must read|related content) ?[:|>»→] ?.{3,240}|"
     r"(?-i:WATCH|READ|LISTEN|SEE|MORE|RELATED|READ MORE|"
     r"ALSO READ|SEE ALSO|VIDEO|PHOTOS) ?[:–—] ?.{3,240}|(?:read more|continue reading|"
     r"full story|full article)"
     r" (?:at|on|here|about) .{0,200}",
     "aside", "pointer to another article"),
    (r"(?-i:More) ?: ?(?-i:[A-Z]).{12,200}|\( ?(?:photos?|videos?|watch|also on|related|"
     r"see also|read)\b[^():]{0,40}"
     r":[^()]{3,240}\)|(?:click|tap) (?:here|for|through)\b.{0,160}|read (?:more|it|"
     r"the (?:full|whole|rest)\b.{0,40})"
     r" (?:here|at|on|from)\b.{0,120}|just watched .{1,240} must watch .{1,240}",
     "aside", "pointer to another article"),
    (r"(?:tags?|topics?|filed under|categories|category|tagged|tagged with|posted in|labels|"
     r"keywords"
     r"|file under|posted under|more about) ?: ?.{1,300}(?<![.!?])",
     "aside", "tags"),
    (rf"(?:{POINTERS})(?: ?[:：].{{0,240}})?", "aside", "pointer to another article"),
    # The same label stands before what a reporter asks: a name has no stop and no particle.
    (r"(?:来源|來源|出处|出處) ?[:：] ?[^？。，！；?!的了吗嗎呢]{1,60}"
     r"|источник ?: ?.{1,60}(?<![.!?])", "metadata", "names the source"),
    (rf"(?:责任编辑|责编|编辑|編輯|记者|記者|作者) ?[:：] ?{_CJK_NAME}"
     rf"(?:[\s、/]{{1,3}}{_CJK_NAME}){{0,3}}|редактор ?: ?.{{1,40}}(?<![.!?])",
     "metadata", "contributor credit"),
    # who wrote, took pictures of, contributed to, or first published it
    (
        r"(?:(?:with )?(?:additional|further) )?(?:reporting|writing|research|"
        r"contributions?)(?: and (?:writing|"
        rf"editing|research))?(?: (?:was )?contributed)?(?: by| from)?:? {_NAMES}",
        "metadata", "contributor credit",
    ),
    (
        r"(?:edited|translated|produced|compiled|fact[- ]checked|copy[- ]edited|editing|"
        r"translation|production|"
        rf"graphics?|visuals|illustrations?|additional (?:work|research)) by:? {_NAMES}",
        "metadata", "contributor credit",
    ),
    (
        rf"with (?:contributions?|reporting|additional reporting|files|reports|inputs|"
        rf"agency inputs) (?:by|from) {_NAMES}",
        "metadata", "contributor credit",
    ),
    (
        rf"{_LISTED}(?:[,;]? (?:{_LISTED}|{_STAFF})){{0,40}} contributed (?:(?:reporting )?to "
        rf"(?:this|the) (?:report|story|article|piece)|reporting)"
        rf"(?:[,;]? (?:{_LISTED}|{_CREDITED})){{0,20}}\.?",
        "metadata", "contributor credit", (" contributed ",),
    ),
    (
        r"contributing"
        r"(?: writers?| reporters?)?: ?.{2,100}|with (?:post |news |agency )?(?:wires|"
        r"wire reports|agencies)"
        r"|this article is based (?:in part )?on (?:wire|agency) (?:service )?reports\.?",
        "metadata", "contributor credit",
    ),
    (r"(?:enlarge this image|toggle caption)\b.{0,200}|(?:image|media|video) (?:caption|source|"
     r"copyright)\b,?.{0,60}",
     "metadata", "photo credit"),
    (rf"(?:{CAPTION_BUTTON}|(?:image|media|video|photo|picture) (?:caption|copyright)) "
     r"(?-i:[^\W\d_a-z]|[\"“‘'(]).{0,500}",
     "metadata", "caption of a picture"),
    (r"(?:editors?|translators?|"
     r"producers?) ?: ?.{2,80}(?<![.!?])", "metadata", "contributor credit"),
    (r"[\w.+-]{1,60}@[\w.-]{3,80}|(?:e-?mail|contact|"
     r"tips?) ?: ?\S{1,60}@\S{3,80}", "metadata", "mail address", ("@",)),
    (r"[\w.+-]{1,60} (?:at|\[at\]|"
     r"\(at\)) [\w-]{1,40}(?:\.[\w-]{1,40}){1,4}",
     "boilerplate", "mailing-list footer", (" at ", "[", "(")),
    (r"(?:<|url: ?)?https?://\S{0,120}(?:mailman|listinfo|pipermail|listserv|unsubscribe|"
     r"list-manage)\S{0,200}",
     "boilerplate", "mailing-list footer"),
    (r"(?:photo|photograph|photography|image|picture|illustration|graphic|video|cover image|"
     r"featured image|"
     r"photo credit|image credit|picture credit|image source|photo source|credit|credits|foto|"
     r"bild|photos|images)s?"
     r" ?(?:by |courtesy (?:of )?|credit ?:|from ?:|[:/©|]) ?.{2,120}(?<![.!?])",
     "metadata", "photo credit"),
    (rf"[\[(]?{_AGENCY_PHOTO}", "metadata", "photo credit"),
    (rf"[\[(]?[\w.'’ -]{{0,50}}[/|] ?{_AGENCY_PHOTO}", "metadata", "photo credit", ("/", "|"), 200),
    (r"[\w.,'’ -]{1,60}(?:/| via | for )(?:the )?(?:ap|afp|reuters|getty images|getty|epa|"
     r"shutterstock|bloomberg|"
     r"alamy|associated press|file photo|pool)(?: via (?:ap|afp|reuters|getty images|"
     r"getty))?(?:, file)?",
     "metadata", "photo credit", ("/", " via ", " for "), 140),
    (r"(?:source|sources|via|quelle|fuente|fonte) ?: ?.{1,160}(?<![.!?])|(?:source|"
     r"sources) ?: ?.{1,60}\.?",
     "metadata", "names the source"),
    (rf"insights? from {_LISTED}(?:,? {_LISTED}){{0,40}}|(?:analysis|perspectives|contributions)"
     rf" from (?=.{{1,120}}(?:,| and ))(?:{_LISTED},? ){{1,40}}{_LISTED}",
     "metadata", "names the sources cited"),
    (r"(?:this (?:article|story|piece|post|essay|report|column) (?:was |is )?(?:originally|"
     r"first) (?:appeared|published|"
     r"ran|posted)|(?:originally|first) (?:published|appeared|posted) (?:on|in|at|by)"
     r" (?-i:(?:the |our )?(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z]|http|www)|"
     r"(?:re)?published (?:from|with"
     r" (?:the )?permission)|republished (?:from|by|with|under|here)|reprinted (?:from|with|"
     r"by)|this (?:article|story) (?:is )?(?:republished|"
     r"reprinted)|syndicated from|cross-?posted from)\b.{0,200}",
     "metadata", "first published elsewhere"),
    (r"(?:<|\(|url: ?|link: ?|source: ?|source url: ?|original: ?|via ?:? ?|permalink: ?|"
     r"web: ?)?"
     r"(?:https?://|www\.)[^\s<>]{3,390}(?:>|\))?", "metadata", "web address"),
    (r"(?:updated|posted|published)(?: at)? \d{1,2}[:.]\d\d.{0,20}|(?:updated |posted |"
     r"published )?(?:\d{1,2}|an?|one|two|three|several|a few) (?:seconds?|secs?|minutes?|mins?|"
     r"hours?|hrs?|days?|weeks?|months?|years?|[mhd]) ago"
     r"(?: (?-i:(?:by |in )?[A-Z0-9|·•(–-]).{0,20}(?<![.!?]))?|just now|yesterday|today"
     r"|(?:updated|last updated|published|posted|date)(?: (?:on|at))?:?",
     "metadata", "relative date"),
    (r"subject: .{1,250}", "metadata", "mail header"),
    (r"(?:from|to|cc|bcc|sent|reply-to): .{0,120}(?:@| at ).{0,120}", "metadata", "mail header"),
    (r"date: [a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d\d:\d\d.{0,40}", "metadata", "mail header"),
)  # fmt: skip
