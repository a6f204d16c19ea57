"""The unmodified bot with the shipped model, used over the wire: one process for all tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.benchmark.loopback import MessageView, Upload
from bot.benchmark.loopback.gateway import PRIVILEGED
from tests.wire.running import (
    ARTICLE,
    CONTRADICTED_CLAIM,
    DECIDING,
    SUPPORTED_CLAIM,
    TITLE,
    UNRELATED_CLAIM,
    Running,
    add_article,
    loopback,
    replies_to,
    running,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def real(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with (
        loopback() as discord,
        running(discord, tmp_path_factory.mktemp("bot")) as started,
    ):
        await add_article(discord)
        yield started


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def verdict(real: Running) -> MessageView:
    """A verdict in the channel, to press buttons on."""
    asked = await real.discord.send_message(SUPPORTED_CLAIM, mention_bot=True)
    return await real.discord.wait_for_reply(asked)


async def test_identifies_without_privileged_intents(real: Running) -> None:
    [identify] = [p["d"] for p in real.discord.gateway.received if p["op"] == 2]
    assert identify["intents"] & PRIVILEGED == 0


async def test_registers_localised_commands_for_servers_and_people(real: Running) -> None:
    commands = {command["name"]: command for command in real.discord.world.commands[None]}
    assert {"check", "source", "settings", "privacy", "forget-me", "about", "status"} <= set(
        commands
    )
    assert "Check this message" in commands
    for command in commands.values():
        assert set(command["integration_types"]) == {0, 1}
    assert commands["check"]["description_localizations"]["de"]


async def test_mention_gets_a_verdict(real: Running, verdict: MessageView) -> None:
    assert verdict.is_v2
    assert "SUPPORTED" in verdict.text
    assert DECIDING in verdict.text
    assert TITLE in verdict.text
    assert verdict.raw["mentions"] == []
    assert {button["custom_id"].split(":")[1] for button in verdict.buttons} == {
        "more",
        "other",
        "right",
        "wrong",
    }


async def test_direct_message(real: Running) -> None:
    person = real.discord.world.add_person("ada")
    channel = real.discord.world.direct_channel(person)
    notes = Upload("harbour.txt", ARTICLE.encode())
    added = await real.discord.slash(
        "source add file", {"file": notes}, person=person, channel=channel
    )
    await real.discord.wait_for_reply(added)
    asked = await real.discord.send_message(CONTRADICTED_CLAIM, author=person, channel=channel)
    reply = await real.discord.wait_for_reply(asked)
    assert "CONTRADICTED" in reply.text
    assert DECIDING in reply.text


async def test_answers_nobody_who_did_not_ask(real: Running) -> None:
    discord = real.discord
    unasked = await discord.send_message(SUPPORTED_CLAIM)
    machine = discord.world.add_person("another-bot")
    other = discord.world.bot.__class__(machine.id, machine.name, bot=True)
    discord.world.people[machine.id] = other
    from_bot = await discord.send_message(SUPPORTED_CLAIM, author=other, mention_bot=True)
    everyone = await discord.send_message(f"@everyone {SUPPORTED_CLAIM}")
    # Events are handled in order: once this is answered, the others were passed over.
    asked = await discord.send_message("help", mention_bot=True)
    await discord.wait_for_reply(asked)
    for message in (unasked, from_bot, everyone):
        assert replies_to(discord, message) == []


async def test_reply_with_a_mention_checks_the_message_replied_to(real: Running) -> None:
    other = real.discord.world.add_person("bea")
    claim = await real.discord.send_message(CONTRADICTED_CLAIM, author=other)
    asked = await real.discord.send_message("", mention_bot=True, reply_to=claim)
    assert "CONTRADICTED" in (await real.discord.wait_for_reply(asked)).text


async def test_slash_check_with_a_chosen_source(real: Running) -> None:
    typed = await real.discord.autocomplete(
        "check", "source", {"statement": SUPPORTED_CLAIM, "source": "ferry"}
    )
    await real.discord.wait_for_answer(typed)
    assert typed.choices
    options = {
        "statement": SUPPORTED_CLAIM,
        "source": typed.choices[0]["value"],
        "private": True,
    }
    reply = await real.discord.wait_for_reply(await real.discord.slash("check", options))
    assert reply.ephemeral
    assert "SUPPORTED" in reply.text


async def test_unrelated_claim_is_not_mentioned(real: Running) -> None:
    asked = await real.discord.slash("check", {"statement": UNRELATED_CLAIM})
    assert "NOT MENTIONED" in (await real.discord.wait_for_reply(asked)).text


async def test_menu_entry(real: Running) -> None:
    message = await real.discord.send_message(SUPPORTED_CLAIM)
    chosen = await real.discord.context_menu("Check this message", message)
    assert "SUPPORTED" in (await real.discord.wait_for_reply(chosen)).text


async def test_more_evidence(real: Running, verdict: MessageView) -> None:
    pressed = await real.discord.component(verdict, "attest:more")
    reply = await real.discord.wait_for_reply(pressed)
    assert reply.ephemeral
    assert "Ferries to the island of Skarn" in reply.text


async def test_feedback(real: Running, verdict: MessageView) -> None:
    pressed = await real.discord.component(verdict, "attest:right")
    assert (await real.discord.wait_for_reply(pressed)).ephemeral
    opened = await real.discord.wait_for_answer(
        await real.discord.component(verdict, "attest:wrong")
    )
    form = {"verdict": "contradicted", "why": "It says so."}
    sent = await real.discord.modal_submit(opened, form)
    assert (await real.discord.wait_for_reply(sent)).ephemeral


async def test_another_article(real: Running, verdict: MessageView) -> None:
    notes = Upload("other.txt", b"Storks returned to the town of Ebbe in April. People cheered.")
    await real.discord.wait_for_reply(await real.discord.slash("source add file", {"file": notes}))
    menu = await real.discord.wait_for_reply(await real.discord.component(verdict, "attest:other"))
    [select] = menu.selects
    value = next(o["value"] for o in select["options"] if "Storks" in o["label"])
    picked = await real.discord.component(menu, "attest:pick", (value,))
    assert "NOT MENTIONED" in (await real.discord.wait_for_reply(picked)).text


async def test_works_where_only_the_person_installed_it(real: Running) -> None:
    person = real.discord.world.add_person("cleo")
    group = real.discord.world.group_channel(person, real.discord.owner)
    elsewhere = real.discord.world.add_guild("Elsewhere", has_bot=False)
    for channel in (group, elsewhere.channels[0]):
        asked = await real.discord.slash("about", person=person, channel=channel)
        assert (await real.discord.wait_for_reply(asked)).text


async def test_german_member_is_answered_in_german(real: Running) -> None:
    person = real.discord.world.add_person("dora", locale="de")
    asked = await real.discord.slash("check", {"statement": SUPPORTED_CLAIM}, person=person)
    reply = await real.discord.wait_for_reply(asked)
    assert "SUPPORTED" not in reply.text
    assert DECIDING in reply.text


async def test_member_without_the_right_may_not_add(real: Running) -> None:
    person = real.discord.world.add_person("emil")
    notes = Upload("x.txt", b"Anything at all happened here. It was seen by many people.")
    asked = await real.discord.slash("source add file", {"file": notes}, person=person)
    assert (await real.discord.wait_for_reply(asked)).text
    listed = await real.discord.wait_for_reply(await real.discord.slash("source list"))
    assert "Anything at all" not in listed.text


async def test_server_sees_only_its_own_articles(real: Running) -> None:
    other = real.discord.world.add_guild("Other")
    await real.discord.join_guild(other)
    listed = await real.discord.wait_for_reply(
        await real.discord.slash("source list", channel=other.channels[0])
    )
    assert TITLE not in listed.text


async def test_removal_from_a_server_deletes_what_it_had(real: Running) -> None:
    discord = real.discord
    guild = discord.world.add_guild("Brief")
    await discord.join_guild(guild)
    notes = Upload("brief.txt", b"Something was briefly so. Then it was not so any more.")
    added = await discord.slash("source add file", {"file": notes}, channel=guild.channels[0])
    assert "brief" in (await discord.wait_for_reply(added)).text.casefold()
    await discord.leave_guild(guild)
    await discord.until(lambda: "Removed from a server" in real.bot.log or None)
    await discord.join_guild(guild)
    listed = await discord.wait_for_reply(
        await discord.slash("source list", channel=guild.channels[0])
    )
    assert "brief" not in listed.text.casefold()


async def test_forget_me(real: Running) -> None:
    person = real.discord.world.add_person("fay")
    asked = await real.discord.slash("check", {"statement": SUPPORTED_CLAIM}, person=person)
    checked = await real.discord.wait_for_reply(asked)
    forgotten = await real.discord.slash("forget-me", person=person)
    assert (await real.discord.wait_for_reply(forgotten)).ephemeral
    pressed = await real.discord.component(checked, "attest:more", person=person)
    assert "no longer stored" in (await real.discord.wait_for_reply(pressed)).text


async def test_message_sent_while_disconnected_is_answered_once(real: Running) -> None:
    before = real.discord.sessions[0]
    resumes = before.resumes
    async with real.discord.gateway.held():
        await real.discord.gateway.drop()
        missed = await real.discord.send_message(SUPPORTED_CLAIM, mention_bot=True)
    session = await real.discord.wait_for_resume(resumes=resumes + 1)
    assert session.id == before.id
    await real.discord.wait_for_reply(missed)
    later = await real.discord.send_message("help", mention_bot=True)
    await real.discord.wait_for_reply(later)
    assert len(replies_to(real.discord, missed)) == 1


async def test_asked_to_reconnect(real: Running) -> None:
    resumes = real.discord.sessions[0].resumes
    await real.discord.gateway.ask_to_reconnect()
    await real.discord.wait_for_resume(resumes=resumes + 1)
    asked = await real.discord.send_message(SUPPORTED_CLAIM, mention_bot=True)
    assert await real.discord.wait_for_reply(asked)


async def test_invalidated_session_starts_anew(real: Running) -> None:
    before = real.discord.sessions[0].id
    await real.discord.gateway.invalidate(resumable=False)
    await real.discord.wait_for_ready()
    assert real.discord.sessions[0].id != before
    asked = await real.discord.send_message(SUPPORTED_CLAIM, mention_bot=True)
    assert await real.discord.wait_for_reply(asked)


@pytest.mark.parametrize("status", [429, 500])
async def test_failed_requests_are_tried_again(status: int, real: Running) -> None:
    mention = real.discord.faults.add("POST", r"/channels/\d+/messages", status)
    asked = await real.discord.send_message(SUPPORTED_CLAIM, mention_bot=True)
    await real.discord.wait_for_reply(asked)
    assert mention.spent
    assert len(replies_to(real.discord, asked)) == 1
    follow_up = real.discord.faults.add("POST", r"/webhooks/\d+/[^/]+", status)
    command = await real.discord.slash("check", {"statement": SUPPORTED_CLAIM})
    await real.discord.wait_for_reply(command)
    assert follow_up.spent


async def test_lost_interaction_is_logged_and_survived(real: Running) -> None:
    gone = real.discord.faults.add("POST", r"/interactions/\d+/[^/]+/callback", 503)
    await real.discord.slash("about")
    await real.discord.until(lambda: gone.spent or None)
    asked = await real.discord.slash("about")
    assert (await real.discord.wait_for_reply(asked)).text


async def test_log_holds_no_claims_and_no_token(real: Running, verdict: MessageView) -> None:
    assert verdict
    log = real.bot.log
    assert "Ready" in log
    assert real.discord.token not in log
    for claim in (SUPPORTED_CLAIM, CONTRADICTED_CLAIM, UNRELATED_CLAIM):
        assert claim not in log


async def test_asks_for_nothing_unknown_and_nothing_invalid(
    real: Running, verdict: MessageView
) -> None:
    assert verdict
    assert [(r.method, r.path) for r in real.discord.requests if not r.known] == []
    invalid = [r for r in real.discord.requests if r.status in (400, 401, 403, 404)]
    assert [(r.method, r.path, r.payload) for r in invalid] == []
