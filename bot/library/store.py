"""The library: the one class others use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.library.articles import Articles
from bot.library.checks import Checks
from bot.library.database import Database
from bot.library.forgetting import Forgetting
from bot.library.models import (
    Forgotten,
    Hit,
    LibraryStats,
    NewArticle,
    Place,
    Preferences,
    Scope,
    Source,
    StoredCheck,
)
from bot.library.places import Places
from bot.library.search import Search
from bot.library.words import MIN_BEGINNING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from nli import Article, Judgement, Verdict


class Store:
    """Articles, settings and past checks in one SQLite file.

    `visible` names the scopes whose articles a call may touch; nothing of another scope is
    ever returned. Ids come from buttons and messages: any number is safe, and one that
    belongs to nothing visible gives None.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._articles = Articles(database)
        self._search = Search(database)
        self._places = Places(database)
        self._checks = Checks(database)
        self._forgetting = Forgetting(database)

    @classmethod
    async def open(cls, path: Path, *, shared: bool = False) -> Store:
        """Open the library at `path`, created or brought up to date as needed.

        A running bot keeps the file for itself, until it ends in whatever way. `shared` is
        for work that may go on beside a running bot, such as an import.

        Raises:
            StartupError: it cannot be used; the message says why and what to do.
        """
        return cls(await Database.open(path, shared=shared))

    async def close(self) -> None:
        """Write everything out and let the file go. Closing twice does nothing."""
        await self._database.close()

    # Articles

    async def add(self, new: NewArticle, scope: Scope, added_by: int) -> tuple[Source, bool]:
        """Store an article, whole or not at all. False: it was already there.

        The same text in the same scope or among the built-in ones counts as there.
        """
        [added] = await self._articles.add_many([new], scope, added_by)
        return added

    async def add_many(
        self, news: Sequence[NewArticle], scope: Scope, added_by: int
    ) -> list[tuple[Source, bool]]:
        """Like `add` for each, several in one transaction; each article is whole or absent."""
        return await self._articles.add_many(news, scope, added_by)

    async def remove(self, source_id: int, scope: Scope) -> Source | None:
        """Remove an article of this very scope; None if it has none of that number."""
        return await self._articles.remove(source_id, scope)

    async def source(self, source_id: int, visible: Sequence[Scope]) -> Source | None:
        return await self._articles.source(source_id, visible)

    async def sources(
        self, visible: Sequence[Scope], *, limit: int = 25, offset: int = 0
    ) -> list[Source]:
        """Articles, newest first."""
        return await self._articles.sources(visible, limit, offset)

    async def count(self, visible: Sequence[Scope]) -> int:
        """How many articles there are."""
        return await self._articles.count(visible)

    async def count_sentences(self, visible: Sequence[Scope]) -> int:
        """How many sentences those articles have."""
        return await self._articles.count_sentences(visible)

    async def article(self, source_id: int) -> Article | None:
        """The sentences of a source. Whether it may be seen was asked with `source`."""
        return await self._articles.article(source_id)

    # Finding

    async def find_sources(
        self, visible: Sequence[Scope], words: str, *, limit: int = 25
    ) -> list[Source]:
        """Articles for what somebody is typing: a number, or beginnings of words.

        First those with the words in their title, then those with them in a sentence.
        """
        typed = words.strip()
        if not typed:
            return await self.sources(visible, limit=limit)
        found: dict[int, Source] = {}
        number = typed.removeprefix("#")
        if number.isdecimal() and len(number) <= 18:
            numbered = await self.source(int(number), visible)
            if numbered:
                found[numbered.id] = numbered
        if not typed.startswith("#"):
            for source in await self._search.titles(visible, typed, limit):
                found.setdefault(source.id, source)
            if len(found) < limit and len(typed) >= MIN_BEGINNING:
                for hit in await self._search.sentences(visible, typed, limit, None):
                    found.setdefault(hit.source.id, hit.source)
        return list(found.values())[:limit]

    async def search(
        self,
        visible: Sequence[Scope],
        words: str,
        *,
        limit: int = 10,
        source_id: int | None = None,
    ) -> list[Hit]:
        """Sentences with all of the words, else with any; best first.

        "Quoted words" must follow one another; the last word may be unfinished.
        """
        source = None
        if source_id is not None:
            source = await self.source(source_id, visible)
            if source is None:
                return []
        return await self._search.sentences(visible, words, limit, source)

    async def candidates(
        self, visible: Sequence[Scope], claim: str, *, limit: int = 5
    ) -> list[Source]:
        """Articles most likely to speak about the claim, best first."""
        return await self._search.candidates(visible, claim, limit)

    # Places

    async def channel_source(self, place: Place) -> Source | None:
        """The article chosen for a channel, while it is there and may be seen."""
        return await self._places.channel_source(place)

    async def set_channel_source(self, place: Place, source_id: int | None) -> None:
        """Choose an article for a channel; None chooses none.

        Raises:
            UserError: there is no such article for this place.
        """
        await self._places.set_channel_source(place, source_id)

    async def preferences(self, scope: Scope) -> Preferences:
        return await self._places.preferences(scope)

    async def set_preferences(self, scope: Scope, preferences: Preferences) -> None:
        await self._places.set_preferences(scope, preferences)

    # Checks

    async def log_check(
        self, place: Place, claim: str, source_id: int, judgement: Judgement
    ) -> int:
        """Keep a check and return its id."""
        return await self._checks.log(place, claim, source_id, judgement)

    async def stored_check(self, check_id: int) -> StoredCheck | None:
        """A past check. The caller sees to it that it is shown only in its own place."""
        return await self._checks.stored(check_id)

    async def add_feedback(
        self,
        check_id: int,
        user_id: int,
        *,
        right: bool,
        right_verdict: Verdict | None = None,
        why: str = "",
    ) -> None:
        """Keep what a person thinks of a check; a second time replaces the first.

        Raises:
            UserError: the check is not stored any more.
        """
        await self._checks.add_feedback(check_id, user_id, right, right_verdict, why)

    async def purge(self, now: datetime) -> int:
        """Delete the checks whose time is up; returns how many."""
        return await self._checks.purge(now)

    # Forgetting and looking after

    async def forget_user(self, user_id: int) -> Forgotten:
        """Delete a person's checks, feedback, settings and own articles.

        Articles they added to a server stay, without their name.
        """
        return await self._forgetting.user(user_id)

    async def forget_scope(self, scope: Scope) -> None:
        """Delete everything of a server."""
        await self._forgetting.scope(scope)

    async def guild_ids(self) -> list[int]:
        """The servers of which anything is stored."""
        return await self._forgetting.guild_ids()

    async def tidy(self) -> None:
        """Put the indexes in order after many articles were added."""
        await self._database.tidy()

    async def stats(self) -> LibraryStats:
        [row] = await self._database.rows(
            "SELECT coalesce(sum(articles), 0), coalesce(sum(sentences), 0), "
            "(SELECT count(*) FROM checks) FROM shelves"
        )
        return LibraryStats(row[0], row[1], row[2], self._database.size())
