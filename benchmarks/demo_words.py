"""What ``demo.py`` writes with: an invented coast, its outlets, people and events. No place, person
or paper of these names is meant; some words (trade, tariffs, officials) are those of the seeds."""

from __future__ import annotations

#: Outlet → its family, what kind it is, and what it likes to write of.
OUTLETS = {
    "Alder Courier": (
        "Alder Media",
        "local",
        "neighbours|the town council|families nearby",
    ),
    "Alder Evening Post": ("Alder Media", "local", "readers|commuters|shopkeepers on Mill Street"),
    "Market Ledger": ("Ledger Group", "business", "investors|shareholders|analysts at two banks"),
    "Coast Radio": (
        "Coast Radio",
        "broadcaster",
        "listeners|callers to the show|our reporters",
    ),
    "The Lantern": (
        "Lantern Press",
        "national",
        "campaigners|households|low-paid workers",
    ),
    "National Gazette": (
        "Gazette House",
        "national",
        "ministers|civil servants|the ruling party",
    ),
    "Northern Star": (
        "Gazette House",
        "local",
        "farmers|villagers|the northern district",
    ),
    "Union Press": ("Union Press", "agency", "officials|a spokesman|people briefed on the matter"),
}
BYLINES = (
    "Ada Brandt|Tom Okafor|Lena Voss|Piet Marlow|Rosa Quint|Ines Harte|Jon Albers|Mira Solheim"
)

#: Theme → who acts, what they do, to what; who speaks; other words for its main thing, by outlet.
THEMES = {
    "harbour": {
        "who": "dockers|crane drivers|the port authority|shipping lines|union delegates|pilots|"
        "terminal managers|truck drivers",
        "do": "unloaded|turned away|waited for|argued over|counted|blocked|escorted|rerouted",
        "what": "containers|two freighters|the night shift|overtime pay|berth number four|"
        "a backlog of cargo|the picket line|refrigerated goods",
        "people": "Greta Halloran, the union leader|Otto Lindqvist, the harbour master|"
        "Samuel Reyes, a crane driver",
        "same": "strike|walkout|stoppage",
    },
    "flood": {
        "who": "fire crews|engineers|volunteers|the river board|soldiers|evacuees|insurers|"
        "forecasters",
        "do": "raised|inspected|pumped out|sandbagged|watched|repaired|drained|mapped",
        "what": "the levees|cellars|the Teal embankment|a broken dam|the gauge at Old Bridge|"
        "low-lying streets|the pumping station|muddy water",
        "people": "Clara Weiss, who heads the river board|Marek Dolan, a fire chief|"
        "Yusuf Adeyemi, a hydrologist",
        "same": "flood|high water|deluge",
    },
    "fever": {
        "who": "doctors|nurses|laboratories|the health ministry|patients|epidemiologists|schools|"
        "pharmacists",
        "do": "tested|isolated|vaccinated|traced|treated|examined|diagnosed|discharged",
        "what": "new infections|blood samples|the isolation ward|a second dose|feverish children|"
        "close contacts|the vaccine supply|mosquito traps",
        "people": "Helen Ashby, the chief medical officer|Ravi Menon, a virologist|"
        "Nora Castell, a ward sister",
        "same": "outbreak|epidemic|marsh fever",
    },
    "budget": {
        "who": "deputies|the finance committee|the opposition|the treasury|coalition leaders|"
        "auditors|mayors|pensioners",
        "do": "debated|amended|voted down|postponed|defended|costed|rewrote|approved",
        "what": "the income tax|a spending cap|pension increases|the deficit|school funding|"
        "borrowing limits|the property levy|a supplementary bill",
        "people": "Victor Amsel, the finance minister|Dora Lindgren, who leads the opposition|"
        "Paul Etienne, an economist",
        "same": "budget|spending plan|finance bill",
    },
    "wind": {
        "who": "turbine makers|fishermen|the grid operator|planners|birdwatchers|engineers at sea|"
        "the energy regulator|landowners",
        "do": "surveyed|connected|opposed|licensed|financed|anchored|measured|auctioned",
        "what": "sixty turbines|an undersea cable|the sandbank|fishing grounds|a substation|"
        "electricity prices|seabird colonies|the offshore lease",
        "people": "Anke Pruitt, the energy secretary|Bram Teller, a skipper|"
        "Sofia Lund, who builds turbines",
        "same": "wind farm|offshore park|turbine scheme",
    },
    "trade": {
        "who": "exporters|customs officers|importers|trade officials|steel mills|negotiators|"
        "furniture makers|soybean growers",
        "do": "taxed|shipped|stockpiled|negotiated|appealed against|exempted|priced|relabelled",
        "what": "import tariffs|steel coils|a quota on timber|customs forms|semiconductor parts|"
        "bilateral trade|export licences|retaliatory duties",
        "people": "Irene Falk, the trade commissioner|Hugo Bell, an exporter|"
        "Mei Tanaka, a customs lawyer",
        "same": "tariff|duty|import tax",
    },
    "football": {
        "who": "the Gulls|midfielders|the goalkeeper|supporters|the referee|substitutes|scouts|"
        "the visiting side",
        "do": "passed|headed|saved|chased|celebrated|missed|defended|dribbled past",
        "what": "a late penalty|the crossbar|an early lead|three defenders|the cup tie|"
        "a free kick|the second leg|extra time",
        "people": "Leo Santini, the coach|Kit Mbeki, the captain|Dana Orr, a striker",
        "same": "match|fixture|game",
    },
}

#: Theme, day of 2024, headline, what happened (told in other words by each outlet), a figure, words
#: that are quoted by who was named first, second or third above.
EVENTS = [
    (
        "harbour",
        "01-09",
        "Dockers vote to strike",
        "voted to stop work from Friday",
        "1,240 dockers",
        0,
        "We have waited eleven months for an offer that pays the rent.",
    ),
    (
        "harbour",
        "01-16",
        "Harbour empties as strike begins",
        "left the quays without a ship at work",
        "34 ships",
        1,
        "Nobody has seen this harbour so quiet since the war.",
    ),
    (
        "harbour",
        "01-30",
        "Mediator called to the docks",
        "agreed to meet a mediator",
        "9 hours",
        0,
        "A mediator is welcome if he brings a calculator.",
    ),
    (
        "harbour",
        "02-08",
        "Harbour deal ends walkout",
        "accepted a rise in two steps",
        "6.5 percent",
        2,
        "It is less than we asked and more than they wanted.",
    ),
    (
        "harbour",
        "05-14",
        "New crane stands idle",
        "opened a crane that nobody may drive",
        "82 tonnes",
        1,
        "The crane is certified but its drivers are not.",
    ),
    (
        "flood",
        "02-14",
        "Teal bursts its banks",
        "broke through at Old Bridge overnight",
        "4,100 homes",
        1,
        "The water came faster than the sirens.",
    ),
    (
        "flood",
        "02-17",
        "Thousands sleep in school halls",
        "moved families into school halls",
        "2,750 people",
        0,
        "Every bed we have is in use tonight.",
    ),
    (
        "flood",
        "02-24",
        "River board admits levee gap",
        "admitted that a levee was never finished",
        "310 metres",
        0,
        "The gap was on our list and it stayed on our list.",
    ),
    (
        "flood",
        "03-12",
        "Inquiry into the Teal flood opens",
        "heard its first witnesses",
        "46 witnesses",
        2,
        "The gauge had warned us three times since autumn.",
    ),
    (
        "flood",
        "06-04",
        "Rebuilding of levees is late",
        "learned that repairs will run into winter",
        "18 million crowns",
        0,
        "Concrete does not dry faster because we promise it.",
    ),
    (
        "fever",
        "03-19",
        "First cases of marsh fever",
        "confirmed a fever not seen for decades",
        "7 cases",
        0,
        "There is no reason for panic and every reason for nets.",
    ),
    (
        "fever",
        "03-27",
        "Schools close as fever spreads",
        "closed schools along the estuary",
        "19 schools",
        2,
        "The ward was full before breakfast.",
    ),
    (
        "fever",
        "04-05",
        "Vaccine arrives by night",
        "received the first doses of a vaccine",
        "12,000 doses",
        1,
        "It protects most people for at least two summers.",
    ),
    (
        "fever",
        "04-18",
        "Marsh fever past its peak",
        "counted fewer patients for a second week",
        "5 wards",
        0,
        "We are past the peak but not past the marsh.",
    ),
    (
        "budget",
        "01-23",
        "Amsel presents a lean budget",
        "presented cuts to most departments",
        "740 million crowns",
        0,
        "We can't spend the harvest before it is in.",
    ),
    (
        "budget",
        "02-27",
        "Coalition splits over pensions",
        "failed to agree on pensions",
        "3 votes",
        1,
        "This coalition counts everything except its own members.",
    ),
    (
        "budget",
        "04-11",
        "Budget passes by one vote",
        "passed the plan at dawn",
        "61 deputies",
        0,
        "One vote is a majority.",
    ),
    (
        "budget",
        "05-28",
        "Auditors find a hole in the budget",
        "found spending that nobody had booked",
        "52 million crowns",
        2,
        "A hole of that size has a name and a date.",
    ),
    (
        "wind",
        "01-18",
        "Sandbank chosen for wind farm",
        "chose the sandbank off the cape",
        "60 turbines",
        0,
        "The wind there has never missed a day.",
    ),
    (
        "wind",
        "03-05",
        "Fishermen sail against turbines",
        "sailed into the bay in protest",
        "88 boats",
        1,
        "You can't trawl between towers.",
    ),
    (
        "wind",
        "04-24",
        "Grid cable fails its test",
        "reported a fault in the cable",
        "112 kilometres",
        2,
        "A cable is only as good as its worst joint.",
    ),
    (
        "wind",
        "06-11",
        "Wind farm gets its licence",
        "granted the licence with conditions",
        "27 conditions",
        0,
        "We asked for power and we listened to the birds.",
    ),
    (
        "trade",
        "02-02",
        "Tariffs on steel announced",
        "announced tariffs on foreign steel",
        "25 percent",
        0,
        "Our mills will not be priced out of their own harbour.",
    ),
    (
        "trade",
        "03-14",
        "Neighbours answer with duties",
        "answered with duties of their own",
        "140 products",
        1,
        "My chairs have become a weapon.",
    ),
    (
        "trade",
        "05-07",
        "Tariff talks resume",
        "returned to the table after weeks",
        "2 delegations",
        2,
        "Half of the forms contradict the other half.",
    ),
    (
        "trade",
        "06-20",
        "Steel tariff halved",
        "halved the tariff after long talks",
        "12.5 percent",
        0,
        "Half a tariff is a whole compromise.",
    ),
    (
        "football",
        "02-20",
        "Gulls through on penalties",
        "reached the quarter-final on penalties",
        "5 penalties",
        0,
        "My goalkeeper reads shoulders, not books.",
    ),
    (
        "football",
        "04-16",
        "Gulls lose their captain",
        "lost their captain to an injury",
        "6 weeks",
        1,
        "My knee decided before the doctor did.",
    ),
    (
        "football",
        "05-21",
        "Gulls win the cup",
        "won the cup in extra time",
        "31,500 supporters",
        2,
        "I closed my eyes and it went in.",
    ),
]

#: How an outlet may begin, join and end what it says.
TIMES = (
    "On Monday|By nightfall|Early in the week|Since the weekend|At first light|Before noon|"
    "For days|Until late on Thursday|After a long meeting|Behind closed doors|Once again|"
    "In the rain|Without much notice|As expected|Against advice|For the second time"
)
REASONS = (
    "because costs had risen|although money was short|while others looked on|despite the cold|"
    "after complaints in the press|under a new rule|with borrowed equipment|at half the usual pace|"
    "as the law demands|in spite of objections|for want of staff|on the advice of experts|"
    "to the relief of many|with little success|as in the old days|pending a decision in court|"
    "before the deadline passed|when the figures came in|in front of cameras|by a narrow margin"
)
REACTIONS = (
    "called it overdue|spoke of a mistake|asked for patience|wanted to know who pays|were relieved|"
    "had expected worse|doubted the figures|promised to help|remembered earlier years|kept silent|"
    "demanded an answer|shrugged it off|blamed the weather|praised the effort|"
    "feared for their savings|saw a chance"
)
LEADS = (
    "{who} in Alder Bay {act}, according to {voice}.",
    "In Alder Bay {who} {act}; {voice} confirmed it within hours.",
    "It took until {time}, but {who} at last {act}, {voice} said.",
    "{voice_c} said on {time} that {who} {act}.",
    "What many had feared came true when {who} {act}, {voice} told reporters.",
    "The {same} took another turn: {who} {act}, as {voice} put it.",
)
FIGURES = (
    "The {same} concerns {figure}, {source} reported.",
    "{figure_c} were counted by the evening, a number {source} did not dispute.",
    "At stake are {figure}, if {source} is right.",
    "There is talk of {figure}; {source} gives no other number.",
)
DATED = (
    "The {same} goes back to {past}, when {who} {did} {what}.",
    "Since {past} {who} have not {did} {what} at all.",
    "A first hearing is set for {next}.",
    "On {past} the same {who} had {did} {what} {reason}.",
)
