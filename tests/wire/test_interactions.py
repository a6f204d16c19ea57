"""Commands, menus, buttons and forms work through an unmodified client, by Discord's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.benchmark.loopback import Interaction, LoopbackDiscord, Upload

if TYPE_CHECKING:
    from tests.wire.conftest import Login


async def post(loopback: LoopbackDiscord, path: str, body: object) -> tuple[int, dict[str, object]]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(loopback.api_url + path, json=body) as response,
    ):
        return response.status, await response.json() if response.status != 204 else {}


async def unanswered(loopback: LoopbackDiscord) -> Interaction:
    """An interaction that nobody has answered, as no client is there."""
    command = {"id": "1", "name": "check", "type": 1, "options": []}
    loopback.world.commands[None] = [command]
    return await loopback.slash("check")


async def test_slash_deferred_then_answered(loopback: LoopbackDiscord, login: Login) -> None:
    await login()
    notes = Upload("notes.txt", b"12345")
    asked = await loopback.slash("echo", {"text": "hi", "word": "apple", "attachment": notes})
    reply = await loopback.wait_for_reply(asked)
    assert reply.text == "hi/apple/5/server"
    assert not reply.ephemeral
    assert asked.answer == 5
    assert [message.id for message in loopback.messages()] == [reply.id]


async def test_contexts(loopback: LoopbackDiscord, login: Login) -> None:
    await login()
    person = loopback.world.add_person("ada")
    direct = loopback.world.direct_channel(person)
    asked = await loopback.slash("echo", {"text": "x"}, person=person, channel=direct)
    assert (await loopback.wait_for_reply(asked)).text == "x//0/direct"
    group = loopback.world.group_channel(person, loopback.owner)
    asked = await loopback.slash("echo", {"text": "x"}, person=person, channel=group)
    assert (await loopback.wait_for_reply(asked)).text == "x//0/group"
    elsewhere = loopback.world.add_guild("Elsewhere", has_bot=False)
    asked = await loopback.slash("echo", {"text": "x"}, channel=elsewhere.channels[0])
    assert (await loopback.wait_for_reply(asked)).text == "x//0/server"


async def test_subcommand_and_hidden_answer(loopback: LoopbackDiscord, login: Login) -> None:
    await login()
    asked = await loopback.slash("things list", {"page": 2})
    reply = await loopback.wait_for_reply(asked)
    assert reply.ephemeral
    assert reply.text == "page 2"
    pressed = await loopback.component(reply, "Echo card")
    assert (await loopback.wait_for_reply(pressed)).text == "pressed card"


async def test_autocomplete(loopback: LoopbackDiscord, login: Login) -> None:
    await login()
    typed = await loopback.autocomplete("echo", "word", {"text": "x", "word": "ap"})
    await loopback.wait_for_answer(typed)
    assert [choice["name"] for choice in typed.choices or ()] == ["apple", "apricot"]


async def test_message_menu_reads_what_the_gateway_hides(
    loopback: LoopbackDiscord, login: Login
) -> None:
    await login()
    message = await loopback.send_message("secret")
    chosen = await loopback.context_menu("Read this", message)
    assert (await loopback.wait_for_reply(chosen)).text == "secret"


async def test_form(loopback: LoopbackDiscord, login: Login) -> None:
    await login()
    opened = await loopback.wait_for_answer(await loopback.slash("form"))
    assert opened.modal is not None
    assert opened.modal.title == "A form"
    with pytest.raises(ValueError, match="does not take 4001"):
        await loopback.modal_submit(opened, {"Text": "x" * 4001})
    with pytest.raises(LookupError):
        await loopback.modal_submit(opened, {"Text": "x", "Colour": "red"})
    sent = await loopback.modal_submit(opened, {"Text": "words", "File": Upload("a.txt", b"123")})
    assert (await loopback.wait_for_reply(sent)).text == "words, 3 bytes"


async def test_button_on_a_message_from_before(loopback: LoopbackDiscord, login: Login) -> None:
    """The client never sent this message: only a dynamic item can answer."""
    await login()
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Old", "id": 2}]}
    row["components"][0]["custom_id"] = "tiny:echo:old"
    old = loopback.world.add_message(loopback.world.bot, loopback.channel, {"components": [row]})
    message = next(m for m in loopback.messages() if m.id == int(old["id"]))
    pressed = await loopback.component(message, "Old")
    assert (await loopback.wait_for_reply(pressed)).text == "pressed old"


async def test_what_nobody_could_do_is_refused(loopback: LoopbackDiscord, login: Login) -> None:
    await login()
    reply = await loopback.wait_for_reply(await loopback.slash("things list"))
    with pytest.raises(LookupError):
        await loopback.component(reply, "Missing")
    with pytest.raises(LookupError):
        await loopback.slash("unknown")
    with pytest.raises(LookupError):
        await loopback.slash("things")
    with pytest.raises(LookupError):
        await loopback.slash("echo", {"text": "x", "colour": "red"})
    with pytest.raises(ValueError, match="needs"):
        await loopback.slash("echo")


async def test_follow_up_before_the_callback(loopback: LoopbackDiscord) -> None:
    asked = await unanswered(loopback)
    path = f"/webhooks/{loopback.world.application_id}/{asked.token}"
    assert (await post(loopback, path, {"content": "early"}))[0] == 404


async def test_second_callback(loopback: LoopbackDiscord) -> None:
    asked = await unanswered(loopback)
    path = f"/interactions/{asked.id}/{asked.token}/callback"
    assert (await post(loopback, path, {"type": 4, "data": {"content": "x"}}))[0] == 204
    status, body = await post(loopback, path, {"type": 5})
    assert (status, body["code"]) == (400, 40060)


async def test_late_callback() -> None:
    async with LoopbackDiscord(answer_within=0) as loopback:
        asked = await unanswered(loopback)
        path = f"/interactions/{asked.id}/{asked.token}/callback"
        status, body = await post(loopback, path, {"type": 5})
        assert (status, body["code"]) == (404, 10062)


@pytest.mark.parametrize("kind", [1, 6, 7, 8, 99, None])
async def test_callback_of_the_wrong_kind(kind: int | None, loopback: LoopbackDiscord) -> None:
    asked = await unanswered(loopback)
    path = f"/interactions/{asked.id}/{asked.token}/callback"
    assert (await post(loopback, path, {"type": kind}))[0] == 400
    assert asked.callback is None


async def test_refused_callback_may_be_tried_again(loopback: LoopbackDiscord) -> None:
    asked = await unanswered(loopback)
    path = f"/interactions/{asked.id}/{asked.token}/callback"
    long = {"type": 4, "data": {"content": "x" * 2001}}
    assert (await post(loopback, path, long))[0] == 400
    fine = {"type": 4, "data": {"content": "x"}}
    status, body = await post(loopback, path + "?with_response=true", fine)
    assert status == 200
    assert isinstance(body["resource"], dict)
    assert body["resource"]["message"]["content"] == "x"


async def test_follow_ups_of_a_user_install_are_limited(loopback: LoopbackDiscord) -> None:
    elsewhere = loopback.world.add_guild("Elsewhere", has_bot=False)
    loopback.world.commands[None] = [{"id": "1", "name": "check", "type": 1}]
    asked = await loopback.slash("check", channel=elsewhere.channels[0])
    callback = f"/interactions/{asked.id}/{asked.token}/callback"
    await post(loopback, callback, {"type": 4, "data": {"content": "x"}})
    webhook = f"/webhooks/{loopback.world.application_id}/{asked.token}"
    statuses = [(await post(loopback, webhook, {"content": "x"}))[0] for _ in range(6)]
    assert statuses == [200] * 5 + [400]
