"""What is asked about the articles themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.chat.sources import named_source
from bot.errors import UserError
from bot.library.words import telling_words
from bot.replies.library import (
    LIST_PAGE,
    hits_reply,
    source_list_reply,
    source_page_reply,
    using_reply,
)
from bot.replies.reply import Block, BlockKind

if TYPE_CHECKING:
    from bot.chat.memory import ConversationMemory
    from bot.chat.talk import Talk
    from bot.library.models import Source
    from bot.library.store import Store
    from bot.replies import Reply

HITS = 8
HITS_FOR_A_QUESTION = 4


class Lookups:
    """Each method answers one kind of message."""

    def __init__(self, store: Store, memory: ConversationMemory) -> None:
        self._store = store
        self._memory = memory

    async def list(self, talk: Talk) -> Reply:
        visible = talk.place.visible
        sources = await self._store.sources(visible, limit=LIST_PAGE)
        return source_list_reply(sources, await self._store.count(visible), 1, talk.texts)

    async def read(self, talk: Talk) -> Reply:
        """The article that is named or talked about, from its first sentence."""
        if talk.asked.words:
            source = await named_source(self._store, talk.place, talk.asked.words)
        else:
            source = await self._current(talk)
        if source is None:
            raise UserError(
                "Which article do you mean? Ask “which articles do you have?”, then say “show "
                "article” and its number."
            )
        return await self.page(talk, source)

    async def page(self, talk: Talk, source: Source) -> Reply:
        """The first page of an article."""
        article = await self._store.article(source.id)
        if article is None:
            raise UserError("That article has just been removed. Ask again, or choose another.")
        return source_page_reply(source, article, 1, talk.texts)

    async def about(self, talk: Talk) -> Reply:
        """Sentences with these words, of the article talked about or of all."""
        source = await self._current(talk)
        hits = await self._store.search(
            talk.place.visible,
            _exactly(talk.asked.words),
            limit=HITS,
            source_id=source.id if source else None,
        )
        return hits_reply(talk.asked.words, hits, talk.texts)

    async def question(self, talk: Talk) -> Reply:
        """An open question has no verdict, but there may be sentences that answer it."""
        source = await self._current(talk)
        words = " ".join(telling_words(talk.asked.words))
        visible = talk.place.visible
        hits = (
            await self._store.search(visible, words, limit=HITS_FOR_A_QUESTION, source_id=source.id)
            if source
            else []
        )
        hits = hits or await self._store.search(visible, words, limit=HITS_FOR_A_QUESTION)
        reply = hits_reply(talk.asked.words, hits, talk.texts)
        note = talk.texts(
            "I can only judge statements. For a verdict, write what you believe the answer is."
        )
        return replace(reply, blocks=(*reply.blocks, Block(BlockKind.NOTE, note)))

    async def use(self, talk: Talk, source: Source) -> Reply:
        """From now on this article: for good in direct messages, else for this conversation."""
        self._memory.choose(talk.place, source.id)
        if not talk.place.is_guild:
            await self._store.set_channel_source(talk.place, source.id)
        return using_reply(source, talk.texts)

    async def use_all(self, talk: Talk) -> Reply:
        """No longer one article, except where the server's managers chose it for the channel."""
        self._memory.choose(talk.place, None)
        if not talk.place.is_guild:
            await self._store.set_channel_source(talk.place, None)
        return using_reply(await self._store.channel_source(talk.place), talk.texts)

    async def _current(self, talk: Talk) -> Source | None:
        """The article talked about, while it is there."""
        turn_id = talk.turn.source_id if talk.turn else None
        chosen_id = talk.conversation.chosen_id
        first, second = (turn_id, chosen_id) if talk.pointed else (chosen_id, turn_id)
        for source_id in (first, second):
            if source_id is not None:
                source = await self._store.source(source_id, talk.place.visible)
                if source is not None:
                    return source
        return await self._store.channel_source(talk.place)


def _exactly(words: str) -> str:
    """Without the articles before a name, which are in most sentences."""
    return " ".join(telling_words(words)) or words
