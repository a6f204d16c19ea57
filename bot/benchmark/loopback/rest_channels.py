"""Addresses about channels and the messages in them."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.benchmark.loopback.faults import ApiError
from bot.benchmark.loopback.limits import COMPONENTS_V2, EPHEMERAL, check_message, walk
from bot.benchmark.loopback.rest import Answer, Call, Route, route
from bot.benchmark.loopback.view import MessageView

if TYPE_CHECKING:
    from bot.benchmark.loopback.state import State
    from bot.benchmark.loopback.world import Channel, Json, Person, Upload

MESSAGE_REPLY = 19


def find_channel(state: State, channel_id: int) -> Channel:
    """A channel the bot is in.

    Raises:
        ApiError: there is none, or the bot is not in it.
    """
    channel = state.world.channels.get(channel_id)
    if channel is None:
        raise ApiError(404, 10003, "Unknown Channel")
    guild = state.world.guilds.get(channel.guild_id) if channel.guild_id else None
    if guild is not None and not guild.has_bot:
        raise ApiError(403, 50001, "Missing Access")
    return channel


def find_message(state: State, channel_id: int, message_id: int) -> Json:
    """A message of a channel; ephemeral ones are hidden from this side of the API.

    Raises:
        ApiError: there is none.
    """
    message = state.world.messages.get(message_id)
    wrong_place = message is None or message["channel_id"] != str(channel_id)
    if message is None or wrong_place or message["flags"] & EPHEMERAL:
        raise ApiError(404, 10008, "Unknown Message")
    return message


def add_bot_message(
    state: State, channel: Channel, body: Json, files: tuple[Upload, ...], **extra: object
) -> Json:
    """Check and store a message of the bot.

    Raises:
        ApiError: Discord would refuse it.
    """
    check_message(body, has_files=bool(files))
    attachments = [state.world.add_file(upload, state.base_url) for upload in files]
    message = state.world.add_message(
        state.world.bot, channel, body | {"attachments": attachments}, **extra
    )
    _number_components(message)
    note_mentions(state, message, body)
    return message


def note_mentions(state: State, message: Json, body: Json) -> None:
    """Work out whom a message of the bot pings, for components as much as for content."""
    allowed: Json | None = body.get("allowed_mentions")
    text = MessageView(message).text
    message["mentions"] = state.mentions_in(text, allowed)
    everyone = allowed is None or "everyone" in (allowed.get("parse") or ())
    message["mention_everyone"] = everyone and ("@everyone" in text or "@here" in text)


def _number_components(message: Json) -> None:
    """Discord gives every component an id of its own if it has none."""
    for number, component in enumerate(walk(message["components"]), start=1):
        component.setdefault("id", number)


def edit_message(
    state: State, message: Json, body: Json, files: tuple[Upload, ...] = (), *, first: bool = False
) -> None:
    """Change a message of the bot; `first` fills one that only said it was being thought about.

    Raises:
        ApiError: Discord would refuse it.
    """
    was_v2 = bool(message["flags"] & COMPONENTS_V2)
    merged = {key: body.get(key, message.get(key)) for key in ("content", "embeds", "components")}
    merged["flags"] = message["flags"] | (body.get("flags") or 0)
    check_message(merged, has_files=bool(files), v2=was_v2)
    for key in ("content", "embeds", "components"):
        if key in body:
            message[key] = body[key] or ("" if key == "content" else [])
    message["flags"] |= (body.get("flags") or 0) & COMPONENTS_V2
    message["attachments"] += [state.world.add_file(upload, state.base_url) for upload in files]
    if not first:
        message["edited_timestamp"] = datetime.now(UTC).isoformat()
    _number_components(message)
    note_mentions(state, message, body)


async def open_direct(state: State, call: Call) -> Answer:
    person = state.world.people.get(int(call.body["recipient_id"]))
    if person is None:
        raise ApiError(404, 10013, "Unknown User")
    return state.world.direct_channel(person).payload()


async def one_channel(state: State, call: Call) -> Answer:
    return find_channel(state, call.id("channel")).payload()


async def typing(state: State, call: Call) -> Answer:
    channel = find_channel(state, call.id("channel"))
    state.typing.append((channel.id, call.request.at))


async def list_messages(state: State, call: Call) -> Answer:
    channel = find_channel(state, call.id("channel"))
    limit = int(call.request.query.get("limit", 50))
    before = int(call.request.query.get("before", 2**63))
    after = int(call.request.query.get("after", 0))
    found = [m for m in state.messages_in(channel) if after < int(m["id"]) < before]
    visible = [m for m in found if not m["flags"] & EPHEMERAL][-limit:]
    return [state.gateway.censor(copy.deepcopy(message)) for message in reversed(visible)]


async def one_message(state: State, call: Call) -> Answer:
    find_channel(state, call.id("channel"))
    message = find_message(state, call.id("channel"), call.id("message"))
    return state.gateway.censor(copy.deepcopy(message))


async def post_message(state: State, call: Call) -> Answer:
    channel = find_channel(state, call.id("channel"))
    extra: dict[str, object] = {"nonce": call.body["nonce"]} if "nonce" in call.body else {}
    reference: Json | None = call.body.get("message_reference")
    referenced = _referenced(state, channel, reference) if reference else None
    if referenced is not None:
        extra |= {
            "type": MESSAGE_REPLY,
            "message_reference": {
                "type": 0,
                "message_id": referenced["id"],
                "channel_id": str(channel.id),
                "guild_id": referenced.get("guild_id"),
            },
            "referenced_message": copy.deepcopy(referenced),
        }
    message = add_bot_message(state, channel, call.body, call.request.files, **extra)
    if referenced is not None and _pings_author(call.body):
        author = state.world.people[int(referenced["author"]["id"])]
        message["mentions"].append(_with_member(author))
    await state.publish("MESSAGE_CREATE", message)
    return message


def _referenced(state: State, channel: Channel, reference: Json) -> Json | None:
    try:
        return find_message(state, channel.id, int(reference["message_id"]))
    except ApiError:
        if reference.get("fail_if_not_exists", True):
            errors = {"message_reference": {"_errors": [{"code": "REPLIES_UNKNOWN_MESSAGE"}]}}
            raise ApiError(400, 50035, "Invalid Form Body", errors) from None
        return None


def _pings_author(body: Json) -> bool:
    allowed: Json | None = body.get("allowed_mentions")
    return allowed is None or bool(allowed.get("replied_user"))


def _with_member(person: Person) -> Json:
    return person.user_payload() | {"member": person.member_payload(with_user=False)}


async def patch_message(state: State, call: Call) -> Answer:
    find_channel(state, call.id("channel"))
    message = find_message(state, call.id("channel"), call.id("message"))
    if message["author"]["id"] != str(state.world.bot.id):
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    edit_message(state, message, call.body, call.request.files)
    await state.publish("MESSAGE_UPDATE", message)
    return message


async def delete_message(state: State, call: Call) -> Answer:
    message = find_message(state, call.id("channel"), call.id("message"))
    await remove_message(state, message)


async def remove_message(state: State, message: Json) -> None:
    del state.world.messages[int(message["id"])]
    gone = {key: message[key] for key in ("id", "channel_id", "guild_id") if key in message}
    guild_id = int(gone["guild_id"]) if "guild_id" in gone else None
    if not message["flags"] & EPHEMERAL:
        await state.gateway.dispatch("MESSAGE_DELETE", gone, guild_id)


async def react(state: State, call: Call) -> Answer:
    message = find_message(state, call.id("channel"), call.id("message"))
    message.setdefault("reactions", [])


def routes() -> list[Route]:
    messages = "/channels/{channel}/messages"
    reaction = f"{messages}/{{message}}/reactions/{{emoji}}/@me"
    return [
        route("POST", "/users/@me/channels", open_direct),
        route("GET", "/channels/{channel}", one_channel),
        route("POST", "/channels/{channel}/typing", typing),
        route("GET", messages, list_messages),
        route("POST", messages, post_message),
        route("GET", f"{messages}/{{message}}", one_message),
        route("PATCH", f"{messages}/{{message}}", patch_message),
        route("DELETE", f"{messages}/{{message}}", delete_message),
        route("PUT", reaction, react),
        route("DELETE", reaction, react),
    ]
