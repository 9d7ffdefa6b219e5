"""How the numbers come about: the text behind "How is this computed?". Markdown of our own."""

COVERAGE = """
An article stands on its publication date. **Stated**: the text or table says it. **Inferred**:
worked out from the text, for example a month and day with a weekday. **Given**: from a
`metadata.csv` beside the files. **Bounded** (only "not before") and **unknown** dates are undated:
counted, and in a lane of their own.
"""

TOPICS = """
Articles are cut into passages of about a paragraph, each of which belongs to one topic, so that
every share can be checked by reading: **share** = words in the topic's passages ÷ all words in
view. Text becomes TF-IDF vectors (sublinear term frequency, L2 norm). **Under 100 articles**
non-negative matrix factorisation (NMF, fixed start) of the passages finds the topics. **From 100
on** the nearest neighbours of each article make a graph, whose communities (Leiden) are merged to
topics; a passage goes to the topic that it and its article are nearest to. Of more than 30,000
articles, 15,000 are read to find the topics.

**Reliability** (0 to 1): the topics are found again without a fifth of the text (20 times; 8 from
200 passages on, 3 or 4 times from 100 articles on); it is the mean overlap (Jaccard) with the
best match, of articles, or under 100 of them of passages or ten top words, whichever is lower.
*Stable*: 0.6 or more, on 60 passages or more. *Tentative*: 0.3 or more, on 25 or more.
*Exploratory*: everything else, and any topic of a small corpus.
"""

TOPIC_TERMS = """
First come terms that are typical of the topic (mean TF-IDF) and of no other (times the fourth
power of their share of the largest mean in any topic), picked one by one so that they stand in
the same texts. **weight** is the term's share of the uses of all the topic's terms, so it need
not fall with the rank. In a small corpus a term that only occurs inside a longer phrase gives way
to it.
"""

RELEVANT_TERMS = """
**Bar**: the word's share of the topic's words. **Tick**: its share of all words. Where the bar goes
far beyond the tick the word belongs to the topic; where it doesn't, everybody uses it. Ordered by
**relevance** (Sievert and Shirley 2014): λ · ln(share here) + (1 − λ) · ln(share here ÷ share of
all). At λ = 1 the commonest words of the topic come first, at 0 those that hardly stand elsewhere;
their readers recognised topics best at about 0.6.
"""

EXEMPLARS = """
Each passage's TF-IDF vector is compared with the centre (mean vector) of the finest topic that it
belongs to: **distance** = 1 − cosine. The nearest passage of each article in view, up to five.
"""

SIMILAR = """
Cosine of the topics' mean TF-IDF vectors, from which the mean of the whole corpus is taken first,
so that what all texts share makes no two topics alike. Of the whole corpus, whatever the filters.
"""

TOPIC_TRENDS = """
Words in the topic's passages ÷ all words of the period. The **95 % interval** is Wilson's with an
effective number of units: articles from five a period on, else passages. A period without articles
is a gap, not a zero. Days, weeks, months, quarters or years: the finest with enough articles.
"""

SURPRISE = """
**Adjusted residual** (Haberman 1973): the source's share of words on the topic less that of all
other sources, over the standard error that this difference has by chance. Articles, not words, are
the units, by their effective number (Kish), since the words of one article are not independent.
About one square in twenty is beyond ±2 where nothing leans at all. Sources with fewer than five
articles are not judged.
"""

TREE = """
The finest topics are merged two by two, always the two whose merger changes the text in a topic
least (Ward 1963, on the topics' mean vectors). The slider cuts this tree; nothing is fitted anew.
House templates, and what belongs to no topic, stay apart to the last.
"""

MAP = """
TF-IDF vectors of whole articles, reduced (LSA) and laid out by t-SNE (van der Maaten and Hinton
2008) so that each is near those it is most like. What is near is alike; distances between groups,
and the axes, mean nothing. Only articles that were read to find the topics have a place.
"""

DRIFT = """
**Divergence** (Jensen and Shannon; 0 the same, 1 nothing in common) between the mix of the finest
topics when they were found and the mix of what was added since. Chance alone gives some: the figure
in brackets, for that many articles on one topic each. Topics stay as they are until they are asked
for anew; the same ones then keep their names and links.
"""

SOURCE_TOPICS = """
Share of each source's words that stand in passages of the topic. The shares of one source add up to
100 %. Two sources differ clearly only where their **95 % intervals** lie apart. The interval is
Wilson's with an effective number of units, since the words of one passage or article are not
independent. For a source with five articles or more it comes from how much they differ; for fewer
it comes from their passages, and speaks of these articles rather than of the source.
"""

KEYNESS = """
Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008): how much more
a source uses a word than the others do, pulled towards the pooled text by a prior of 500 words, and
divided by its standard error: **z**. That takes words as independent, and the words of one article
are not: two articles on one subject would make its words their source's. So a word is
*distinguishable* only when **more of the source's articles** have it than chance would give
(Fisher's exact test on articles, at a false discovery rate of 5 %, Benjamini and Hochberg).
Stop words, names of outlets and bylines are set aside.
"""

RELEVANCE = """
The articles that have all parts of the search, ordered by **BM25** (Robertson and Zaragoza 2009;
k1 = 1.2, b = 0.75): for each of its words, the more often an article uses it for its length and the
fewer other articles have it, the higher. Headlines count as text.
"""

TRENDS = """
**Count**: uses in the text. **Per 10,000 words**: uses ÷ words of the same articles. **Share**:
articles that use it ÷ all articles there. Headlines are not counted. Words are compared in lower
case; `sanction*` stands for any ending, several words are a phrase, OR joins alternatives; a hyphen
counts as a space. A date without articles is a gap, not a zero.
"""
