"""A claim and a place in, an answer out; knows the library and the checker, not Discord."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers import Answer, Finding, MoreEvidence, Status
from bot.article_cache import ArticleCache
from bot.choice import choose
from bot.errors import UserError
from bot.library.keys import MAX_INTEGER
from bot.readable import readable
from bot.recent import Recent
from nli import InputError, Request, Verdict, clean_claim, split_claims

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Sequence

    from bot.cooldowns import Cooldowns
    from bot.inference import InferenceQueue
    from bot.library.models import Forgotten, Place, Source, StoredCheck
    from bot.library.store import Store
    from nli import Article

MAX_CLAIMS = 5
"""Claims of one message that are checked."""
CANDIDATES = 3
"""Articles one claim is held against when none was chosen."""
NEWEST = 3
"""Articles it is held against when none has a word of it."""
MAX_FORGOTTEN = 10_000
"""People of whom it is known when they wanted to be forgotten; matters while a check lasts."""


class FactChecker:
    """Everything a member can do with claims."""

    def __init__(
        self,
        store: Store,
        queue: InferenceQueue,
        cooldowns: Cooldowns,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._queue = queue
        self._cooldowns = cooldowns
        self._articles = ArticleCache(store)
        self._clock = clock
        self._forgotten: Recent[int, float] = Recent(MAX_FORGOTTEN)

    @property
    def model(self) -> str:
        return self._queue.checker.scorer.name

    async def check(self, claim: str, place: Place, *, source_id: int | None = None) -> Answer:
        """Judge one claim.

        Without a source it is held against the channel's chosen article, else against those
        articles of the whole visible library that are most likely to speak about it.

        Raises:
            AttestError: nothing to judge, no article to judge by, or too much asked at once.
        """
        began = self._clock()
        claim = clean_claim(readable(claim))
        sources, searched = await self._sources(claim, place, source_id)
        self._cooldowns.spend(place)
        return await self._judge(claim, place, sources, searched, began)

    async def check_message(
        self, text: str, place: Place, *, source_id: int | None = None
    ) -> list[Answer]:
        """Judge each claim of a message, the first MAX_CLAIMS of them, in its order.

        Raises:
            AttestError: as for `check`.
        """
        began = self._clock()
        claims, unreadable = _claims(text)
        chosen = claims[:MAX_CLAIMS]
        sources = [await self._sources(claim, place, source_id) for claim in chosen]
        self._cooldowns.spend(place, len(chosen))
        answers = await _together(
            self._judge(claim, place, *found, began)
            for claim, found in zip(chosen, sources, strict=True)
        )
        left_out = len(claims) - len(chosen) + unreadable
        return [*answers[:-1], replace(answers[-1], left_out=left_out)]

    async def recheck(self, check_id: int, place: Place, source_id: int) -> Answer:
        """Hold the claim of an earlier check against another article."""
        began = self._clock()
        earlier = await self.earlier(check_id, place)
        sources, searched = await self._sources(earlier.claim, place, source_id)
        self._cooldowns.spend(place)
        return await self._judge(earlier.claim, place, sources, searched, began)

    async def earlier(self, check_id: int, place: Place) -> StoredCheck:
        """A check made here before.

        Numbers come from buttons, which anybody can forge: a check of another server, or of
        somebody else's direct messages, is as good as none.

        Raises:
            UserError: there is none.
        """
        check = await self._store.stored_check(check_id) if _is_id(check_id) else None
        if check is None or check.place.scope != place.scope:
            raise UserError(
                "That check is no longer stored. Send the claim again to have it checked anew."
            )
        return check

    async def others(self, check_id: int, place: Place, *, limit: int = 25) -> list[Source]:
        """Further articles an earlier claim can be held against, the likeliest first."""
        check = await self.earlier(check_id, place)
        used = check.source.id if check.source else None
        likely = await self._store.candidates(place.visible, check.claim, limit=limit)
        newest = await self._store.sources(place.visible, limit=limit)
        found = {source.id: source for source in [*likely, *newest] if source.id != used}
        return list(found.values())[:limit]

    async def more(self, check_id: int, place: Place) -> MoreEvidence:
        """The sentences around those that decided, and further ones that come near."""
        check = await self.earlier(check_id, place)
        source = await self._visible(check.source.id, place) if check.source else None
        article = await self._articles.get(source.id) if source else None
        if source is None or article is None:
            raise UserError("The article of that check has been removed since.")
        judgement = check.judgement
        nearest = {evidence.index for evidence in judgement.evidence}
        deciding = nearest if judgement.verdict is not Verdict.NOT_MENTIONED else set[int]()
        around = sorted(
            index
            for index in {near + step for near in nearest for step in (-1, 0, 1)}
            if 0 <= index < len(article.sentences)
        )
        return MoreEvidence(
            claim=check.claim,
            source=source,
            verdict=judgement.verdict,
            sentences=tuple(
                (index, article.sentences[index].text, index in deciding) for index in around
            ),
            runners_up=judgement.runners_up,
            check_id=check.id,
        )

    async def feedback(
        self,
        check_id: int,
        place: Place,
        *,
        right: bool,
        right_verdict: Verdict | None = None,
        why: str = "",
    ) -> None:
        """Keep what somebody thinks of a verdict."""
        check = await self.earlier(check_id, place)
        await self._store.add_feedback(
            check.id,
            place.user_id,
            right=right,
            right_verdict=None if right else right_verdict,
            why=readable(why).strip(),
        )

    async def forget_user(self, user_id: int) -> Forgotten:
        """Delete what is stored of a person, and do not keep those checks that are under way."""
        self._forgotten.put(user_id, self._clock())
        try:
            return await self._store.forget_user(user_id)
        finally:
            # They may hold articles of the person's own, and the claims made.
            self._articles.clear()
            self._queue.clear_cache()

    async def status(self, place: Place) -> Status:
        """How the bot is doing, and how much can be seen in this place."""
        return Status(
            model=self.model,
            articles=await self._store.count(place.visible),
            sentences=await self._store.count_sentences(place.visible),
            depth=self._queue.depth,
            latency=self._queue.latency,
        )

    async def _sources(
        self, claim: str, place: Place, source_id: int | None
    ) -> tuple[Sequence[Source], int]:
        """The articles to hold a claim against, the likeliest first; how many were searched."""
        if source_id is not None:
            source = await self._visible(source_id, place)
            if source is None:
                raise UserError(
                    "There is no article #{number} here. /source list shows those there are.",
                    number=source_id,
                )
            return [source], 1
        chosen = await self._store.channel_source(place)
        if chosen is not None and chosen.scope in place.visible:
            return [chosen], 1
        found = await self._store.candidates(place.visible, claim, limit=CANDIDATES)
        # A claim in other words, or another language, than any article's still gets an answer.
        found = found or await self._store.sources(place.visible, limit=NEWEST)
        if not found:
            raise UserError(
                "There are no articles here yet. Add one with /source add: paste its text, "
                "give its link or a file."
            )
        return found, await self._store.count(place.visible)

    async def _visible(self, source_id: int, place: Place) -> Source | None:
        return await self._store.source(source_id, place.visible) if _is_id(source_id) else None

    async def _judge(
        self, claim: str, place: Place, sources: Sequence[Source], searched: int, began: float
    ) -> Answer:
        readings: list[tuple[Source, Article]] = []
        for source in sources:
            article = await self._articles.get(source.id)
            if article is not None:
                readings.append((source, article))
        if not readings:
            raise UserError("That article has just been removed. Ask again, or choose another.")
        request = Request(claim, tuple(article for _, article in readings))
        judgements = await self._queue.submit(request, user_id=place.user_id)
        findings = [
            Finding(source, judgement)
            for (source, _), judgement in zip(readings, judgements, strict=True)
        ]
        best, disagreeing = choose(findings)
        check_id = 0
        if not self._was_forgotten_since(began, place.user_id):
            check_id = await self._store.log_check(place, claim, best.source.id, best.judgement)
        return Answer(check_id, claim, best, disagreeing, searched)

    def _was_forgotten_since(self, moment: float, user_id: int) -> bool:
        forgotten = self._forgotten.get(user_id)
        return forgotten is not None and forgotten >= moment


def _claims(message: str) -> tuple[list[str], int]:
    """The claims of a message, each once, and how many are none that can be judged.

    Raises:
        AttestError: there is not one that can be judged.
    """
    claims: list[str] = []
    problems: list[InputError] = []
    for part in split_claims(readable(message)):
        try:
            claims.append(clean_claim(part))
        except InputError as problem:
            problems.append(problem)
    if not claims:
        raise next(iter(problems), None) or UserError(
            "There is nothing to check in that. Write what is said to be so, as a sentence."
        )
    return list(dict.fromkeys(claims)), len(problems)


async def _together(judging: Iterable[Coroutine[None, None, Answer]]) -> list[Answer]:
    """Wait for all; the first failure is everybody's, and takes the others out of the queue."""
    tasks = [asyncio.create_task(one) for one in judging]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


def _is_id(number: int) -> bool:
    return 0 < number <= MAX_INTEGER
