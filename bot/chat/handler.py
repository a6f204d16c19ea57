"""One message in, one reply out; the same for Discord and the terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.chat.detect import Detector
from bot.chat.followups import FollowUps
from bot.chat.intents import Asked, Intent
from bot.chat.lookups import Lookups
from bot.chat.memory import Turn
from bot.chat.sources import find_source, named_source
from bot.chat.talk import Talk
from bot.chat.words import Words
from bot.errors import UserError
from bot.readable import readable
from bot.replies.checks import answers_reply
from bot.replies.pages import about_reply, greeting_reply, help_reply, privacy_reply, thanks_reply

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.answers import Answer
    from bot.chat.memory import Conversation, ConversationMemory
    from bot.chat.message import ChatMessage
    from bot.library.models import Place
    from bot.library.store import Store
    from bot.replies import Reply
    from bot.service import FactChecker

LONGEST_MESSAGE = 20_000
"""Characters that are looked at; Discord itself takes 4,000."""

ABOUT_A_MESSAGE = frozenset(
    [
        Intent.NOTHING,
        Intent.ASIDE,
        Intent.GREETING,
        Intent.WHY,
        Intent.SHOW,
        Intent.RIGHT,
        Intent.WRONG,
    ]
)
"""What is said of somebody's message that the bot is to check, and is no claim itself."""
ABOUT_A_CHECK = frozenset(
    [
        Intent.WHY,
        Intent.SHOW,
        Intent.OTHER,
        Intent.AGAINST,
        Intent.RIGHT,
        Intent.WRONG,
        Intent.ASIDE,
        Intent.NOTHING,
        Intent.ABOUT,
        Intent.QUESTION,
        Intent.READ,
    ]
)
POINTING = frozenset(
    Words.of(
        "this that thats these those it its he hes she shes they theyre him them his their guy "
        "dude lol lmao bro wtf omg das dies diese dieser er sie es ihn ihm der alter"
    ).folded
)
"""Words that point to the message replied to, so that the rest is no claim of its own."""
SHORTEST_OWN_CLAIM = 4


class ChatHandler:
    """Answers messages, and remembers what each conversation is about."""

    def __init__(self, service: FactChecker, store: Store, memory: ConversationMemory) -> None:
        self.memory = memory
        self._service = service
        self._store = store
        self._detector = Detector()
        self._lookups = Lookups(store, memory)
        self._follow_ups = FollowUps(service, store, memory)
        self._ways: dict[Intent, Callable[[Talk], Awaitable[Reply]]] = {
            Intent.GREETING: self._greet,
            Intent.THANKS: self._welcome,
            Intent.HELP: self._help,
            Intent.WHO: self._introduce,
            Intent.PRIVACY: self._privacy,
            Intent.LIST: self._lookups.list,
            Intent.USE_ALL: self._lookups.use_all,
            Intent.OTHER: self._follow_ups.other,
            Intent.AGAINST: self._against,
            Intent.READ: self._lookups.read,
            Intent.USE: self._use,
            Intent.WHY: self._follow_ups.why,
            Intent.SHOW: self._show,
            Intent.ABOUT: self._lookups.about,
            Intent.ASIDE: self._aside,
            Intent.RIGHT: self._follow_ups.right,
            Intent.WRONG: self._wrong,
            Intent.QUESTION: self._lookups.question,
            Intent.LINK: self._link,
            Intent.NOTHING: self._nothing,
            Intent.CLAIM: self._claim,
        }

    async def handle(self, message: ChatMessage) -> Reply:
        """Reply to a message.

        Raises:
            AttestError: something the writer can put right; whoever shows it gives it a number.
        """
        talk = await self._talk(message)
        return await self._ways[talk.asked.intent](talk)

    def remember(self, place: Place, answers: Sequence[Answer]) -> None:
        """Note checks made by command or menu, so that "why?" can refer to them."""
        self.memory.remember(place, answers)

    async def _talk(self, message: ChatMessage) -> Talk:
        asked = self._detector.understand(_limited(message.text))
        if message.replied_text is not None:
            asked = self._about_message(asked, _limited(message.replied_text))
        conversation = self.memory.touch(message.place)
        turn = conversation.last
        if message.replied_check_id is not None:
            turn = None
            if asked.intent in ABOUT_A_CHECK:
                turn = await self._pointed(message.replied_check_id, message.place, conversation)
        return Talk(
            asked=asked,
            place=message.place,
            texts=message.texts,
            conversation=conversation,
            turn=turn,
            pointed=message.replied_check_id is not None,
        )

    def _about_message(self, asked: Asked, replied: str) -> Asked:
        """What is asked by somebody who replies to the message of another.

        That message is what to check. Words of one's own are checked with it if they make a
        claim by themselves, unlike "is that guy for real".
        """
        if asked.intent in (Intent.CLAIM, Intent.QUESTION) or not asked.sure:
            own = asked.text if _stands_alone(asked.text) else ""
            if asked.intent is Intent.QUESTION and own:
                return asked
        elif asked.intent in ABOUT_A_MESSAGE:
            own = ""
        else:
            return asked
        meant = self._detector.understand(replied)
        if meant.intent is Intent.LINK:
            return meant
        if meant.intent is Intent.NOTHING:
            if asked.intent in (Intent.CLAIM, Intent.QUESTION):
                return asked
            raise UserError("That message has no text I could check.")
        return Asked(Intent.CLAIM, f"{replied}\n{own}" if own else replied)

    async def _pointed(self, check_id: int, place: Place, conversation: Conversation) -> Turn:
        """The check whose verdict was replied to; it may be older than the conversation."""
        known = conversation.turn(check_id)
        if known is not None:
            return known
        check = await self._service.earlier(check_id, place)
        source_id = check.source.id if check.source else 0
        return Turn(check.id, source_id, tried=frozenset([source_id]))

    async def _claim(self, talk: Talk) -> Reply:
        answers = await self._service.check_message(
            talk.asked.words, talk.place, source_id=await self._chosen(talk)
        )
        self.memory.remember(talk.place, answers)
        return answers_reply(answers, talk.texts)

    async def _chosen(self, talk: Talk) -> int | None:
        """The article chosen in this conversation, unless it has been removed since."""
        chosen_id = talk.conversation.chosen_id
        if chosen_id is None or await self._store.source(chosen_id, talk.place.visible):
            return chosen_id
        self.memory.choose(talk.place, None)
        return None

    async def _use(self, talk: Talk) -> Reply:
        words = talk.asked.words
        if talk.asked.sure:
            return await self._lookups.use(talk, await named_source(self._store, talk.place, words))
        source = await find_source(self._store, talk.place, words, title_only=True)
        if source is None:
            return await self._claim_after_all(talk)
        return await self._lookups.use(talk, source)

    async def _against(self, talk: Talk) -> Reply:
        if talk.asked.sure:
            return await self._follow_ups.against(talk)
        words = talk.asked.words
        source = await find_source(self._store, talk.place, words, title_only=True)
        if source is None:
            return await self._claim_after_all(talk)
        if talk.turn is None:
            return await self._lookups.page(talk, source)
        return await self._follow_ups.recheck(talk, talk.turn, source)

    async def _wrong(self, talk: Talk) -> Reply:
        if talk.turn is None and not talk.asked.sure:
            return await self._claim_after_all(talk)
        return await self._follow_ups.wrong(talk)

    async def _claim_after_all(self, talk: Talk) -> Reply:
        return await self._claim(replace(talk, asked=Asked(Intent.CLAIM, talk.asked.text)))

    async def _show(self, talk: Talk) -> Reply:
        if talk.turn is None and talk.conversation.chosen_id is not None:
            return await self._lookups.read(talk)
        return await self._follow_ups.show(talk)

    async def _aside(self, talk: Talk) -> Reply:
        """Whether it is true: of a verdict, that asks why; of nothing, there is no answer."""
        if talk.turn is None:
            raise UserError(
                "What shall I check? Write the claim itself, or reply to the message that makes "
                "it and mention me."
            )
        return await self._follow_ups.why(talk)

    async def _nothing(self, talk: Talk) -> Reply:
        return await (self._follow_ups.show(talk) if talk.pointed else self._greet(talk))

    async def _link(self, _: Talk) -> Reply:
        raise UserError(
            "I do not open links in messages. Add the page as an article with /source add, then "
            "send me the claim."
        )

    async def _greet(self, talk: Talk) -> Reply:
        return greeting_reply(talk.texts)

    async def _welcome(self, talk: Talk) -> Reply:
        return thanks_reply(talk.texts)

    async def _help(self, talk: Talk) -> Reply:
        return help_reply(talk.texts)

    async def _introduce(self, talk: Talk) -> Reply:
        return about_reply(talk.texts, self._service.model)

    async def _privacy(self, talk: Talk) -> Reply:
        preferences = await self._store.preferences(talk.place.scope)
        return privacy_reply(talk.texts, preferences.retention_days)


def _limited(text: str) -> str:
    return readable(text[:LONGEST_MESSAGE])


def _stands_alone(text: str) -> bool:
    words = Words.of(text)
    return len(words) >= SHORTEST_OWN_CLAIM and POINTING.isdisjoint(words.folded)
