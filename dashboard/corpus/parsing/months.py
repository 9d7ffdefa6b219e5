"""Names of months in the languages that the dates of running text aren't looked for in."""

from __future__ import annotations

from dashboard.corpus.parsing.dates import MONTHS as _COMMON

_NAMES = (
    "stycznia styczeń leden ledna januari januar januára января януари يناير ژانویه січня"
    " tammikuu tammikuuta ianuarie január ιανουαρίου",
    "lutego luty únor února februari februar februára февраля февруари فبراير شباط فوریه лютого"
    " helmikuu helmikuuta februarie február φεβρουαρίου",
    "marca marzec březen března mars marts март مارس آذار березня maaliskuu maaliskuuta martie"
    " március μαρτίου",
    "kwietnia kwiecień duben dubna април أبريل ابريل نيسان آوریل квітня huhtikuu huhtikuuta"
    " aprilie április απριλίου",
    "maja maj květen května máj май مايو أيار مه травня toukokuu toukokuuta május μαΐου",
    "czerwca czerwiec červen června juni юни يونيو حزيران ژوئن червня kesäkuu kesäkuuta iunie"
    " június ιουνίου",
    "lipca lipiec červenec července juli юли يوليو تموز ژوئیه липня heinäkuu heinäkuuta iulie"
    " július ιουλίου",
    "sierpnia sierpień srpen srpna augusti август أغسطس اغسطس آب اوت серпня elokuu elokuuta"
    " augusztus αυγούστου",
    "września wrzesień září septembra септември سبتمبر أيلول سپتامبر вересня syyskuu syyskuuta"
    " septembrie szeptember σεπτεμβρίου",
    "października październik říjen října oktobra октомври أكتوبر اكتوبر اکتبر жовтня lokakuu"
    " lokakuuta octombrie október οκτωβρίου",
    # "listopada" is October in Croatian, which is rarer in exports.
    "listopad listopada listopadu novembra ноември نوفمبر نوامبر листопада marraskuu marraskuuta"
    " noiembrie november νοεμβρίου",
    "grudnia grudzień prosinec prosince decembra декември ديسمبر دسامبر грудня joulukuu"
    " joulukuuta decembrie december δεκεμβρίου",
)

# Lower-case name → 1 to 12; those of the common languages among them.
MONTHS = {
    name.casefold(): i for i, names in enumerate(_NAMES, 1) for name in names.split()
} | _COMMON
