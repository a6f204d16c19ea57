"""What is asked about a check that was made before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.chat.sources import named_source
from bot.errors import UserError
from bot.replies.checks import answer_reply, more_reply
from bot.replies.pages import feedback_reply
from bot.replies.reply import Block, BlockKind
from bot.replies.words import confidence_words, reason_words

if TYPE_CHECKING:
    from bot.chat.memory import ConversationMemory, Turn
    from bot.chat.talk import Talk
    from bot.library.models import Source
    from bot.library.store import Store
    from bot.replies import Reply
    from bot.service import FactChecker


class FollowUps:
    """Each method answers one kind of message."""

    def __init__(self, service: FactChecker, store: Store, memory: ConversationMemory) -> None:
        self._service = service
        self._store = store
        self._memory = memory

    async def show(self, talk: Talk) -> Reply:
        """The sentences around the deciding ones."""
        return more_reply(await self._service.more(talk.check.check_id, talk.place), talk.texts)

    async def why(self, talk: Talk) -> Reply:
        """The same, with the reason and how sure it is."""
        check = await self._service.earlier(talk.check.check_id, talk.place)
        reply = await self.show(talk)
        reason = reason_words(check.judgement, talk.texts)
        sure = confidence_words(check.judgement, talk.texts)
        heading, *rest = reply.blocks
        return replace(reply, blocks=(heading, Block(BlockKind.TEXT, f"{reason} {sure}"), *rest))

    async def other(self, talk: Talk) -> Reply:
        """The same claim against an article it was not yet held against."""
        turn = talk.check
        others = await self._service.others(turn.check_id, talk.place)
        left = [source for source in others if source.id not in turn.tried]
        left.sort(key=lambda source: source.id != turn.disagreeing_id)
        if not left:
            raise UserError(
                "There is no other article to hold that claim against. Add one with /source add."
            )
        return await self.recheck(talk, turn, left[0])

    async def against(self, talk: Talk) -> Reply:
        """The same claim against the article that is named."""
        turn = talk.check
        source = await named_source(self._store, talk.place, talk.asked.words)
        return await self.recheck(talk, turn, source)

    async def right(self, talk: Talk) -> Reply:
        await self._service.feedback(talk.check.check_id, talk.place, right=True)
        return feedback_reply(True, talk.texts)

    async def wrong(self, talk: Talk) -> Reply:
        await self._service.feedback(
            talk.check.check_id,
            talk.place,
            right=False,
            right_verdict=talk.asked.verdict,
            why=talk.asked.words,
        )
        return feedback_reply(False, talk.texts)

    async def recheck(self, talk: Talk, turn: Turn, source: Source) -> Reply:
        """The claim of that check against this article."""
        answer = await self._service.recheck(turn.check_id, talk.place, source.id)
        self._memory.remember(talk.place, [answer], tried=turn.tried)
        return answer_reply(answer, talk.texts)
