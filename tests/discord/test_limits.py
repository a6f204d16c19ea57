"""Whatever people write, the bot answers within Discord's limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.discord.reading import answer_of, said, text_of

if TYPE_CHECKING:
    import discord
    from simcord.results import ResponseMessage

    from tests.discord.conftest import World

MOST_CHARACTERS = 4_000

ODD = {
    "long": "The council bought " + "very " * 390 + "many buses",
    "one word": "x" * 2_000,
    "markup": "**[click](https://evil.example)** ||`x`|| # Head\n> quote\n- item " * 12,
    "masked link": "[The council](https://evil.example) bought buses",
    "brackets": "{council} bought {0} {} {buses!r} %s %(x)s",
    "emoji": "🚌" * 900,
    "right to left": "\u202eThe council bought buses\u202c",
    "combining": "T" + "\u0301" * 1_500,
    "control": "The\x00 council\x07 bought\x1b[31m buses",
    "question": "?" * 300,
    "mentions": "<@1> <@&2> <#3> @everyone @here </check:4> <t:5:R> <:a:6>",
    "many claims": "The council bought buses. " * 70,
    "lines": "buses\n" * 300,
    "spaces": " \u3000\u200b ",
}


def fits(message: ResponseMessage | discord.Message) -> bool:
    return 0 < len(text_of(message)) <= MOST_CHARACTERS


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
async def test_any_statement_is_answered(world: World, text: str) -> None:
    await world.add_article()
    result = await world.check(text)
    assert fits(answer_of(result))
    world.refusals()


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
async def test_any_message_is_answered(world: World, text: str) -> None:
    await world.add_article()
    await world.member.send(world.channel, f"{world.bot_mention} {text}"[:2_000])
    reply = world.channel.last_message
    assert reply is not None
    assert reply.author == world.client.user
    assert fits(reply)
    assert not world.env.errors


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
async def test_any_article_is_added_shown_and_judged_by(world: World, text: str) -> None:
    shown = await world.manager.slash(world.channel, "source add text")
    added = await world.manager.submit_modal(
        shown, {"title": text[:200], "date": text[:40], "text": text}
    )
    assert fits(answer_of(added))
    for command, options in (
        ("source list", {}),
        ("source show", {"source": "1"}),
        ("source search", {"words": "council"}),
        ("check", {"statement": text[:1_000]}),
    ):
        result = await world.member.slash(world.channel, command, **options)
        assert fits(answer_of(result))
    world.refusals()


async def test_masked_links_of_an_article_stay_text(world: World) -> None:
    await world.add_article("The council [bought](https://evil.example) twelve buses.", "A [b](c)")
    text = said(await world.check("The council bought twelve buses"))
    assert "](https://evil.example)" not in text
    assert "A [b](c)" not in text
