from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.chat.handler import ChatHandler
from bot.chat.memory import ConversationMemory
from bot.chat.message import ChatMessage
from bot.cooldowns import Allowance, Cooldowns
from bot.i18n import Catalogues
from bot.library.models import Place, guild_scope
from bot.replies import BlockKind, Reply, Tone
from bot.replies.problems import error_sentence
from nli import AttestError
from tests.service.world import BRIDGE, DIRECT, ELSEWHERE, FERRY, HERE, TALKS, World, world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

CATALOGUES = Catalogues.load()
ENGLISH = CATALOGUES.texts("en")
OPENED = "The mayor opened the harbour bridge on Monday."
COST = "The bridge cost 40 million euros."


class Chat:
    """Somebody who talks to the bot."""

    def __init__(self, opened: World) -> None:
        self.world = opened
        self.handler = ChatHandler(
            opened.service, opened.store, ConversationMemory(clock=opened.clock)
        )
        self.reply = Reply(())

    async def say(
        self,
        text: str,
        place: Place = HERE,
        *,
        replied_text: str | None = None,
        replied_check_id: int | None = None,
    ) -> str:
        """The reply's words, line by line."""
        self.reply = await self.handler.handle(
            ChatMessage(text, place, ENGLISH, replied_text, replied_check_id)
        )
        return "\n".join(f"{block.label} {block.text}" for block in self.reply.blocks)

    async def refused(
        self,
        text: str,
        place: Place = HERE,
        *,
        replied_text: str | None = None,
        replied_check_id: int | None = None,
    ) -> str:
        """The sentence that the writer of a message that cannot be answered gets to read."""
        with pytest.raises(AttestError) as caught:
            await self.say(
                text, place, replied_text=replied_text, replied_check_id=replied_check_id
            )
        return error_sentence(caught.value, ENGLISH)

    @property
    def check_id(self) -> int:
        """The check of the last verdict."""
        return int(self.reply.actions[0].argument)

    @property
    def quotes(self) -> list[str]:
        return [block.text for block in self.reply.blocks if block.kind is BlockKind.QUOTE]


@pytest_asyncio.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    async with world(tmp_path) as opened:
        await opened.add("Bridge opens early", BRIDGE)
        await opened.add("Talks in Astana", TALKS)
        yield Chat(opened)


async def test_a_claim_gets_a_verdict(chat: Chat) -> None:
    said = await chat.say("the mayor opened the harbour bridge on monday")
    assert "SUPPORTED" in said
    assert chat.quotes == [BRIDGE[0]]
    assert chat.reply.tone is Tone.SUPPORTED


async def test_several_claims_get_a_summary(chat: Chat) -> None:
    said = await chat.say(f"{OPENED} The bridge cost 50 million euros.")
    assert said.splitlines()[0].strip() == "2 claims: 1 supported, 1 contradicted"


async def test_claims_left_out_are_said_to_be(chat: Chat) -> None:
    many = " ".join(f"The harbour bridge in district {number} was opened." for number in range(7))
    said = await chat.say(many)
    assert len(chat.reply.actions) == 5
    assert "2 further claims were left out" in said


async def test_small_talk_is_answered_and_checks_nothing(chat: Chat) -> None:
    assert "Hello" in await chat.say("hi")
    assert "welcome" in await chat.say("thanks!")
    assert "/check" in await chat.say("help")
    assert "word overlap" in await chat.say("who are you?")
    assert "30 days" in await chat.say("what do you store about me?")
    assert chat.world.checker.batches == []


async def test_lists_the_articles_of_this_place(chat: Chat) -> None:
    await chat.world.add("Secret", FERRY, guild_scope(2))
    said = await chat.say("which articles do you have?")
    assert "Bridge opens early" in said
    assert "Talks in Astana" in said
    assert "Secret" not in said
    assert "Secret" in await chat.say("which articles do you have?", ELSEWHERE)


async def test_why_tells_the_reason_and_the_sentences_around(chat: Chat) -> None:
    await chat.say(COST)
    said = await chat.say("why?")
    assert "The article says so." in said
    assert chat.quotes == list(BRIDGE[:3])
    await chat.say("show me")
    assert chat.quotes == list(BRIDGE[:3])


async def test_follow_ups_without_a_claim_ask_for_one(chat: Chat) -> None:
    for text in ("why?", "show me", "other", "right", "that's wrong", "check it against Bridge"):
        assert "which claim you mean" in await chat.refused(text), text


async def test_follow_ups_belong_to_one_person_in_one_channel(chat: Chat) -> None:
    await chat.say(OPENED)
    neighbour = Place(HERE.scope, HERE.channel_id, 101)
    other_channel = Place(HERE.scope, 11, HERE.user_id)
    assert "which claim you mean" in await chat.refused("why?", neighbour)
    assert "which claim you mean" in await chat.refused("why?", other_channel)


async def test_conversations_end(chat: Chat) -> None:
    await chat.say(OPENED)
    chat.world.clock.pass_seconds(31 * 60)
    assert "which claim you mean" in await chat.refused("why?")


async def test_the_other_article_is_one_not_tried_yet(chat: Chat) -> None:
    await chat.world.add("Ferry firm sues", FERRY)
    await chat.say(OPENED)
    seen = [chat.reply]
    for _ in range(2):
        await chat.say("what about the other article?")
        seen.append(chat.reply)
    articles = [
        next(block.text for block in reply.blocks if block.label.startswith("Article"))
        for reply in seen
    ]
    assert len({article.split(" · ")[0] for article in articles}) == 3
    assert "no other article" in await chat.refused("and the other one?")


async def test_the_article_that_disagrees_comes_first(chat: Chat) -> None:
    ferry = await chat.world.add("Ferry firm sues", FERRY)
    for number in range(4):
        await chat.world.add(
            f"Mayor {number}", [f"The mayor and the harbour bridge, part {number}."]
        )
    await chat.say(OPENED)
    said = await chat.say("what about the other article?")
    assert ferry.title in said or "Bridge opens early" in said
    assert "NOT MENTIONED" not in said


async def test_the_same_claim_against_a_named_article(chat: Chat) -> None:
    await chat.say(OPENED)
    said = await chat.say("check it against the talks article")
    assert "NOT MENTIONED" in said
    assert "Talks in Astana" in said
    assert OPENED in said
    assert "“mars”" in await chat.refused("check it against the mars article")


async def test_what_the_article_says_about_a_word(chat: Chat) -> None:
    await chat.say("The talks ended without a deal.")
    await chat.say("what does it say about Patrushev?")
    assert chat.quotes == [TALKS[0]]
    assert "Nothing found" in await chat.say("what does it say about rust?")


async def test_without_a_conversation_all_articles_are_searched(chat: Chat) -> None:
    await chat.say("what does it say about rust?")
    assert chat.quotes == [BRIDGE[2]]


async def test_open_questions_get_sentences_not_verdicts(chat: Chat) -> None:
    said = await chat.say("who did Patrushev meet?")
    assert chat.quotes == [TALKS[0]]
    assert "only judge statements" in said
    assert chat.world.checker.batches == []
    await chat.say(OPENED)
    await chat.say("where did Patrushev meet the envoy?")
    assert TALKS[0] in chat.quotes


async def test_using_an_article_holds_for_the_conversation(chat: Chat) -> None:
    assert "Talks in Astana" in await chat.say("use the talks article")
    assert "NOT MENTIONED" in await chat.say(OPENED)
    neighbour = Place(HERE.scope, HERE.channel_id, 101)
    assert "SUPPORTED" in await chat.say(OPENED, neighbour)
    assert "All articles" in await chat.say("use all articles")
    assert "NOT MENTIONED" not in await chat.say(OPENED)


async def test_in_direct_messages_it_holds_for_good(chat: Chat) -> None:
    await chat.say("use the talks article", DIRECT)
    chat.world.clock.pass_seconds(24 * 60 * 60)
    assert "NOT MENTIONED" in await chat.say(OPENED, DIRECT)
    await chat.say("use all articles", DIRECT)
    assert "NOT MENTIONED" not in await chat.say(OPENED, DIRECT)


async def test_use_and_a_title_alone_will_do_and_a_claim_stays_one(chat: Chat) -> None:
    assert "Chosen article" in await chat.say("use Astana")
    await chat.say("use all articles")
    said = await chat.say("Use of rust was warned about by engineers for years")
    assert "Chosen article" not in said
    assert "Use of rust" in said


async def test_an_article_in_use_that_is_removed_is_let_go(chat: Chat) -> None:
    own = await chat.world.add("Ferry firm sues", FERRY, HERE.scope)
    await chat.say("use the ferry article")
    await chat.world.store.remove(own.id, HERE.scope)
    assert "SUPPORTED" in await chat.say(OPENED)


async def test_a_single_word_is_looked_up_but_under_a_message_it_is_not(chat: Chat) -> None:
    await chat.say("Patrushev?")
    assert chat.quotes == [TALKS[0]]
    assert "SUPPORTED" in await chat.say("lmao", replied_text=OPENED)


async def test_an_article_named_alone_is_read_or_asked_about_the_last_claim(chat: Chat) -> None:
    await chat.say("the talks article")
    assert chat.quotes == list(TALKS)
    await chat.say(OPENED)
    said = await chat.say("and the talks article?")
    assert "NOT MENTIONED" in said
    assert OPENED in said
    said = await chat.say("the bridge one was opened by the mayor's dog, said the report")
    assert "SUPPORTED" in said or "NOT MENTIONED" in said


async def test_reads_an_article_out(chat: Chat) -> None:
    await chat.say("show me the bridge article")
    assert chat.quotes == list(BRIDGE)
    await chat.say("The talks ended without a deal.")
    await chat.say("show me the whole article")
    assert chat.quotes == list(TALKS)


async def test_reading_no_article_in_particular_asks_which(chat: Chat) -> None:
    assert "Which article" in await chat.refused("show me the article")


async def test_feedback_in_conversation_is_kept(chat: Chat) -> None:
    await chat.say(OPENED)
    await chat.say("that's right")
    await chat.say(COST)
    said = await chat.say("wrong, it's not mentioned")
    assert "noted" in said
    assert (await chat.world.store.forget_user(HERE.user_id)).feedback == 2


async def test_a_reason_without_a_check_is_a_claim(chat: Chat) -> None:
    said = await chat.say("wrong because the bridge cost 40 million euros")
    assert "wrong because the bridge cost 40 million euros" in said.lower()
    assert len(chat.world.checker.batches) == 1


async def test_a_link_alone_points_to_adding_it(chat: Chat) -> None:
    assert "/source add" in await chat.refused("https://example.org/news/1")
    assert "/source add" in await chat.refused("", replied_text="https://example.org/news/1")


@pytest.mark.parametrize(
    "words", ["", "is this true?", "fact check this", "🤔", "hey", "why?", "right?", "source?"]
)
async def test_a_reply_to_somebody_checks_their_message(chat: Chat, words: str) -> None:
    said = await chat.say(words, replied_text=OPENED)
    assert "SUPPORTED" in said
    assert chat.quotes == [BRIDGE[0]]


async def test_pointing_words_are_no_claim(chat: Chat) -> None:
    said = await chat.say("no way this guy is right about that lol", replied_text=OPENED)
    assert said.count("Claim") == 1
    assert "no way" not in said


async def test_a_claim_of_ones_own_is_checked_with_theirs(chat: Chat) -> None:
    said = await chat.say("The bridge cost 50 million euros.", replied_text=OPENED)
    assert "2 claims: 1 supported, 1 contradicted" in said


async def test_commands_in_a_reply_stay_commands(chat: Chat) -> None:
    assert "Bridge opens early" in await chat.say("which articles?", replied_text="lol")
    assert chat.world.checker.batches == []


async def test_a_message_without_text_cannot_be_checked(chat: Chat) -> None:
    assert "no text" in await chat.refused("is this true?", replied_text="")
    assert "no text" in await chat.refused("", replied_text="🙂")
    assert "SUPPORTED" in await chat.say(OPENED, replied_text="")


async def test_a_reply_to_a_verdict_goes_on_with_that_check(chat: Chat) -> None:
    await chat.say(COST)
    check_id = chat.check_id
    await chat.say("The talks ended without a deal.")
    await chat.say("why?", replied_check_id=check_id)
    assert chat.quotes == list(BRIDGE[:3])
    await chat.say("", replied_check_id=check_id)
    assert chat.quotes == list(BRIDGE[:3])
    await chat.say("what does it say about rust?", replied_check_id=check_id)
    assert chat.quotes == [BRIDGE[2]]
    said = await chat.say("check it against the talks article", replied_check_id=check_id)
    assert COST in said


async def test_a_verdict_of_somebody_elses_conversation_can_be_taken_up(chat: Chat) -> None:
    await chat.say(COST)
    check_id = chat.check_id
    neighbour = Place(HERE.scope, HERE.channel_id, 101)
    said = await chat.say("what about the other article?", neighbour, replied_check_id=check_id)
    assert "Talks in Astana" in said
    said = await chat.refused("why?", ELSEWHERE, replied_check_id=check_id)
    assert "no longer stored" in said


async def test_small_talk_under_a_verdict_needs_no_check(chat: Chat) -> None:
    assert "welcome" in await chat.say("thanks", replied_check_id=999_999)
    assert "SUPPORTED" in await chat.say(OPENED, replied_check_id=999_999)


async def test_is_this_true_without_anything_asks_what(chat: Chat) -> None:
    assert "What shall I check" in await chat.refused("is this true?")
    await chat.say(COST)
    assert "The article says so." in await chat.say("is this true?")


async def test_checks_made_by_command_can_be_followed_up(chat: Chat) -> None:
    answers = await chat.world.service.check_message(COST, HERE)
    chat.handler.remember(HERE, answers)
    await chat.say("why?")
    assert chat.quotes == list(BRIDGE[:3])


async def test_forgetting_a_person_ends_their_conversations(chat: Chat) -> None:
    await chat.say(COST)
    chat.handler.memory.forget_user(HERE.user_id)
    assert "which claim you mean" in await chat.refused("why?")


async def test_too_much_asked_is_told_kindly(tmp_path: Path) -> None:
    async with world(tmp_path, cooldowns=Cooldowns(user=Allowance(1, 60), server=None)) as opened:
        await opened.add("Bridge", BRIDGE)
        chat = Chat(opened)
        await chat.say(OPENED)
        assert "Try again in" in await chat.refused(COST)
        await chat.say("why?")
        assert chat.quotes


async def test_answers_in_german(chat: Chat) -> None:
    german = CATALOGUES.texts("de")
    reply = await chat.handler.handle(ChatMessage("welche artikel hast du?", HERE, german))
    assert reply.blocks[0].text == german.plural("{count} article", "{count} articles", 2)
