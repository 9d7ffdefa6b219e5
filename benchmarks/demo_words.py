"""What ``demo.py`` writes with: an invented coast, its outlets and people. No place, person
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
