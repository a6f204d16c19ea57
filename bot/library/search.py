"""Finding articles and sentences by words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING

import numpy as np

from bot.library import keys, rows
from bot.library.models import Hit, Scope, Source
from bot.library.ranking import Findings, weights
from bot.library.rows import SOURCE_WIDTH
from bot.library.words import MAX_TERMS, all_of, any_of, quoted, search_terms, telling_words, words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bot.library.database import Database, SqlValue
    from bot.library.keys import KeyRange

PLACES_A_WORD = 2_000
"""Places of one word that are looked at in one scope; newer articles first."""
PLACES = 16_000
"""Places of all words together."""
PAIRED = 5
"""Words with more places than that, of which each two are looked up together."""
PLACES_A_PAIR = 500
HITS = 5_000
"""Sentences that are ranked in a search; newer articles first."""
SHORTLIST = 15
"""Articles that are looked at again, also for words that have more places than those."""
COMMON = 6
"""Such words that are looked for, the most telling ones."""

_PLACES_OF_WORD = (
    "SELECT ?, rowid FROM (SELECT rowid FROM words WHERE words MATCH ? "
    "AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?)"
)
_PLACES_IN_ARTICLES = (
    "SELECT ?, w.rowid FROM json_each(?) AS first CROSS JOIN words AS w "
    "WHERE w.words MATCH ? AND w.rowid BETWEEN first.value AND first.value + 1048575"
)
_TITLES = (
    "SELECT a.* FROM titles AS t JOIN sources AS a ON a.id = (t.rowid >> 20) & 16777215 "
    "WHERE titles MATCH ? AND t.rowid BETWEEN ? AND ? ORDER BY t.rowid DESC LIMIT ?"
)
_HITS = (
    "SELECT a.*, s.key, s.text, w.cost FROM ("
    "SELECT * FROM (SELECT rowid AS key, rank AS cost FROM words WHERE words MATCH ? "
    "AND rowid BETWEEN ? AND ? AND rowid & 1048575 ORDER BY rowid DESC LIMIT ?) "
    "ORDER BY cost LIMIT ?"
    ") AS w JOIN sentences AS s ON s.key = w.key JOIN sources AS a ON a.id = s.article_id "
    "ORDER BY w.cost"
)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What can be searched of one scope."""

    keys: KeyRange
    articles: int
    oldest: int
    newest: int


class Search:
    """Searches; each in the scopes given to it and nowhere else."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sentences(
        self, visible: Sequence[Scope], text: str, limit: int, source: Source | None
    ) -> list[Hit]:
        """Sentences with all of the words; if there are none, with any of them."""
        terms = search_terms(text)
        shelves = await self._shelves((source.scope,) if source else visible)
        if not terms or limit < 1:
            return []
        for query in dict.fromkeys((all_of(terms), any_of(terms))):
            found: list[tuple[float, Hit]] = []
            for shelf_id, shelf in shelves.items():
                within = keys.article_keys(shelf_id, source.id) if source else shelf.keys
                for row in await self._database.rows(_HITS, (query, *within, HITS, limit)):
                    key, sentence, cost = row[SOURCE_WIDTH:]
                    hit = Hit(rows.source(row), keys.sentence_index(key), sentence)
                    found.append((cost, hit))
            if found:
                found.sort(key=lambda pair: pair[0])
                return [hit for _, hit in found[:limit]]
        return []

    async def titles(self, visible: Sequence[Scope], text: str, limit: int) -> list[Source]:
        """Articles whose title has words that begin like these, newest first."""
        query = all_of(quoted(word, beginning=True) for word in words(text)[:MAX_TERMS])
        if not query:
            return []
        found: list[Source] = []
        for shelf in (await self._shelves(visible)).values():
            found += map(
                rows.source, await self._database.rows(_TITLES, (query, *shelf.keys, limit))
            )
        return sorted(found, key=lambda source: -source.id)[:limit]

    async def candidates(self, visible: Sequence[Scope], claim: str, limit: int) -> list[Source]:
        """Articles most likely to speak about a claim, best first.

        Looks up at most PLACES_A_WORD places of each word, draws up a shortlist from them,
        and then looks in the articles of the shortlist for the words that have more places.
        So it takes about as long in a library of any size.
        """
        terms = telling_words(claim)
        shelves = await self._shelves(visible)
        if not terms or not shelves:
            return []
        words_at, keys_at, reach = await self._look_up(terms, shelves)
        found = Findings(words_at, keys_at, len(terms))
        weight = weights(
            _frequency(found, reach), sum(shelf.articles for shelf in shelves.values())
        )
        common = sorted({word for _, word in reach}, key=lambda word: -weight[word])
        pairs = await self._look_up_pairs([(word, terms[word]) for word in common], shelves)
        found = Findings(
            *_once(np.concatenate((words_at, pairs[0])), np.concatenate((keys_at, pairs[1]))),
            len(terms),
        )
        shortlist = found.rank(weight, max(SHORTLIST, limit))
        sources = await self._sources(visible, shortlist)

        known = np.isin(words_at, common, invert=True) & np.isin(
            keys_at >> keys.ARTICLE_SHIFT, shortlist
        )
        more = await self._look_into(shortlist, [(word, terms[word]) for word in common[:COMMON]])
        found = Findings(
            np.concatenate((words_at[known], more[0])),
            np.concatenate((keys_at[known], more[1])),
            len(terms),
        )
        lengths = {article: source.sentence_count for article, source in sources.items()}
        ranked = found.rank(weight, len(shortlist), lengths)
        return [sources[article] for article in ranked if article in sources][:limit]

    async def _shelves(self, visible: Sequence[Scope]) -> dict[int, _Shelf]:
        found = await self._database.rows(
            "SELECT id, articles, (SELECT min(id) FROM articles WHERE shelf_id = h.id), "
            "(SELECT max(id) FROM articles WHERE shelf_id = h.id) FROM shelves AS h "
            "WHERE articles > 0 AND scope IN (SELECT value FROM json_each(?))",
            (rows.names(visible),),
        )
        return {row[0]: _Shelf(keys.shelf_keys(row[0]), row[1], row[2], row[3]) for row in found}

    async def _look_up(
        self, terms: Sequence[str], shelves: Mapping[int, _Shelf]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], dict[tuple[int, int], float]]:
        """Places of the words: their positions in the claim and the keys they are at.

        Where a word has more places on a shelf than are looked at, (shelf, word) is in the
        third part, with the share of the shelf that was looked at.
        """
        most = min(PLACES_A_WORD, PLACES // len(terms))
        words_at, keys_at = await self._places(
            _PLACES_OF_WORD,
            [
                (number, quoted(term), *shelf.keys, most)
                for shelf in shelves.values()
                for number, term in enumerate(terms)
            ],
        )
        reach: dict[tuple[int, int], float] = {}
        shelf_at = keys_at >> keys.SHELF_SHIFT
        for shelf_id, shelf in shelves.items():
            here = shelf_at == shelf_id
            counts = np.bincount(words_at[here], minlength=len(terms))
            for word in np.flatnonzero(counts >= most).tolist():
                # The newest are looked at; how far back they go tells how many there are.
                oldest = keys.article_id(int(keys_at[here & (words_at == word)].min()))
                span = shelf.newest - shelf.oldest + 1
                reach[shelf_id, word] = (shelf.newest - oldest + 1) / span
        return words_at, keys_at, reach

    async def _look_up_pairs(
        self, terms: Sequence[tuple[int, str]], shelves: Mapping[int, _Shelf]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Places where two of the words, given the most telling first, share a sentence.

        However far back: one common word tells nothing, but two of them together do.
        """
        pairs = list(combinations(terms[:PAIRED], 2))
        pair_at, keys_at = await self._places(
            _PLACES_OF_WORD,
            [
                (number, all_of((quoted(one), quoted(other))), *shelf.keys, PLACES_A_PAIR)
                for shelf in shelves.values()
                for number, ((_, one), (_, other)) in enumerate(pairs)
            ],
        )
        members = np.array(
            [(one, other) for (one, _), (other, _) in pairs], dtype=np.int64
        ).reshape(-1, 2)
        return members[pair_at].T.ravel(), np.tile(keys_at, 2)

    async def _look_into(
        self, articles: Sequence[int], terms: Sequence[tuple[int, str]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Places of the words in these articles."""
        firsts = json.dumps([article << keys.ARTICLE_SHIFT for article in articles])
        return await self._places(
            _PLACES_IN_ARTICLES, [(number, firsts, quoted(term)) for number, term in terms]
        )

    async def _places(
        self, select: str, queries: Sequence[Sequence[SqlValue]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Run the same selection for several words at once."""
        found: list[sqlite3.Row] = []
        if queries:
            found = await self._database.rows(
                " UNION ALL ".join([select] * len(queries)),
                tuple(chain.from_iterable(queries)),
            )
        flat = np.fromiter(chain.from_iterable(found), np.int64, 2 * len(found))
        return flat[0::2], flat[1::2]

    async def _sources(
        self, visible: Sequence[Scope], articles: Sequence[int]
    ) -> dict[int, Source]:
        """By article number with shelf, as keys have it."""
        ids = [keys.article_id(article << keys.ARTICLE_SHIFT) for article in articles]
        found = await self._database.rows(
            "SELECT * FROM sources WHERE id IN (SELECT value FROM json_each(?)) "
            "AND scope IN (SELECT value FROM json_each(?))",
            (json.dumps(ids), rows.names(visible)),
        )
        return {
            row[-1] << keys.SHELF_SHIFT - keys.ARTICLE_SHIFT | row[0]: rows.source(row)
            for row in found
        }


def _once(
    words_at: NDArray[np.int64], keys_at: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places, each word once a sentence."""
    order = np.lexsort((words_at, keys_at))
    words_at, keys_at = words_at[order], keys_at[order]
    new = (np.diff(keys_at, prepend=-1) != 0) | (np.diff(words_at, prepend=-1) != 0)
    return words_at[new], keys_at[new]


def _frequency(found: Findings, reach: Mapping[tuple[int, int], float]) -> NDArray[np.float64]:
    """In how many articles each word occurs; estimated where not all were looked at."""
    frequency = np.count_nonzero(found.counts, axis=0).astype(np.float64)
    shelf_at = found.articles >> keys.SHELF_SHIFT - keys.ARTICLE_SHIFT
    for (shelf_id, word), share in reach.items():
        seen = np.count_nonzero(found.counts[shelf_at == shelf_id, word])
        frequency[word] += seen / share - seen
    return frequency
