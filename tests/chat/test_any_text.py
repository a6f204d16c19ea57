"""Whatever is said gets a reply or a sentence on what to do; no text makes the handler fail."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.handler import ChatHandler
from bot.chat.memory import ConversationMemory
from bot.chat.message import ChatMessage
from bot.i18n import Catalogues
from bot.replies import BlockKind
from bot.replies.problems import problem_reply
from nli import AttestError
from tests.chat.messages import ASKED, CLAIMS, WITH_WORDS
from tests.service.world import BRIDGE, HERE, TALKS, world

if TYPE_CHECKING:
    from bot.replies import Reply

ENGLISH = Catalogues.load().texts("en")
KNOWN = [
    *(message for messages in ASKED.values() for message in messages),
    *(message for message, _, _ in WITH_WORDS),
    *CLAIMS[:70],
]
ODD = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "So", "Mn"]), max_size=50),
    st.sampled_from(KNOWN),
    st.builds("{} {}".format, st.sampled_from(KNOWN), st.text(max_size=20)),
    st.builds("{}{}".format, st.text(max_size=20), st.sampled_from(KNOWN)),
)
HUGE = (
    "a" * 50_000,
    "the mayor opened the bridge. " * 2_000,
    "?" * 50_000,
    "why " * 12_500,
    "🙂" * 50_000,
    "<@123456789012345678>" * 2_500,
    "https://a.example/" * 2_500,
    "\ud800" * 50_000,
    "\x00\x1b" * 25_000,
    "(" * 50_000,
    "\n" * 50_000,
    "use " + "x " * 25_000,
    "what about " + "a" * 50_000,
)


async def replies(conversation: list[tuple[str, str | None, int | None]]) -> list[Reply]:
    """What a front end shows. An error that has no sentence for the writer ends the test."""
    with tempfile.TemporaryDirectory() as folder:
        async with world(Path(folder)) as opened:
            await opened.add("Bridge opens early", BRIDGE)
            await opened.add("Talks in Astana", TALKS)
            handler = ChatHandler(opened.service, opened.store, ConversationMemory())
            return [
                await shown(handler, ChatMessage(text, HERE, ENGLISH, replied, check_id))
                for text, replied, check_id in conversation
            ]


async def shown(handler: ChatHandler, message: ChatMessage) -> Reply:
    try:
        return await handler.handle(message)
    except AttestError as error:
        return problem_reply(error, ENGLISH)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            ODD,
            st.one_of(st.none(), st.none(), ODD),
            st.one_of(st.none(), st.none(), st.integers(-5, 12), st.integers()),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_is_said_gets_a_reply(
    conversation: list[tuple[str, str | None, int | None]],
) -> None:
    for reply in asyncio.run(replies(conversation)):
        assert any(block.text for block in reply.blocks if block.kind is not BlockKind.HEADING)


@pytest.mark.parametrize("text", HUGE, ids=lambda text: repr(text[:12]))
def test_huge_messages_get_a_reply(text: str) -> None:
    answered = asyncio.run(replies([(text, None, None), ("", text, None), (text, text, 1)]))
    assert all(reply.blocks for reply in answered)
