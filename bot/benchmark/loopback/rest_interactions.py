"""Addresses through which interactions are answered: the callback, and the webhook after it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.benchmark.loopback import interactions as kinds
from bot.benchmark.loopback.faults import ApiError
from bot.benchmark.loopback.interactions import Interaction, metadata
from bot.benchmark.loopback.limits import EPHEMERAL, LOADING, check_choices, check_modal
from bot.benchmark.loopback.rest import Answer, Call, Route, route
from bot.benchmark.loopback.rest_channels import add_bot_message, edit_message, remove_message

if TYPE_CHECKING:
    from bot.benchmark.loopback.state import State
    from bot.benchmark.loopback.world import Json, Upload

COMMAND_ANSWER, FOLLOW_UP = 20, 19
"""Types of message."""
USER_INSTALL_FOLLOW_UPS = 5

ALLOWED = {
    kinds.COMMAND: {kinds.REPLY, kinds.DEFERRED_REPLY, kinds.MODAL},
    kinds.AUTOCOMPLETE: {kinds.CHOICES},
    kinds.COMPONENT: {
        kinds.REPLY,
        kinds.DEFERRED_REPLY,
        kinds.DEFERRED_UPDATE,
        kinds.UPDATE,
        kinds.MODAL,
    },
    kinds.MODAL_SUBMIT: {
        kinds.REPLY,
        kinds.DEFERRED_REPLY,
        kinds.DEFERRED_UPDATE,
        kinds.UPDATE,
    },
}


async def callback(state: State, call: Call) -> Answer:
    """The first answer: once, of a kind that fits, and in time."""
    found = state.interactions.get(call.args["token"])
    if found is None or str(found.id) != call.args["interaction"]:
        raise ApiError(404, 10062, "Unknown interaction")
    if found.callback is not None:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    if time.perf_counter() - found.sent_at > state.answer_within:
        raise ApiError(404, 10062, "Unknown interaction")
    kind, data = call.body.get("type"), call.body.get("data") or {}
    if kind not in ALLOWED[found.kind]:
        raise ApiError(400, 50035, "Invalid Form Body", {"type": {"_errors": [{"got": kind}]}})
    found.callback = {"type": kind, "data": data}
    try:
        await _apply(state, found, kind, data, call.request.files)
    except ApiError:
        found.callback = None
        raise
    found.answered_at = call.request.at
    _note_reply(found, call)
    if call.request.query.get("with_response") not in ("1", "true"):
        return None
    return _callback_answer(found, kind)


async def _apply(
    state: State, found: Interaction, kind: int, data: Json, files: tuple[Upload, ...]
) -> None:
    if kind in (kinds.REPLY, kinds.DEFERRED_REPLY):
        if kind == kinds.DEFERRED_REPLY:
            flags = (data.get("flags") or 0) & EPHEMERAL | LOADING
            found.original = _store_loading(state, found, flags)
        else:
            found.original = _store(state, found, data, files, COMMAND_ANSWER)
        found.created.append(found.original)
        await state.publish("MESSAGE_CREATE", found.original)
    elif kind in (kinds.DEFERRED_UPDATE, kinds.UPDATE):
        if found.message is None:
            raise ApiError(400, 50035, "There is no message to update.")
        found.original = found.message
        if kind == kinds.UPDATE:
            edit_message(state, found.message, data, files)
            found.touched = True
            await state.publish("MESSAGE_UPDATE", found.message)
    elif kind == kinds.CHOICES:
        check_choices(data.get("choices") or [])
    elif kind == kinds.MODAL:
        check_modal(data)


def _note_reply(found: Interaction, call: Call) -> None:
    if found.replied_at is None and found.reply is not None:
        found.replied_at = call.request.at


def _callback_answer(found: Interaction, kind: int) -> Json:
    about: Json = {"id": str(found.id), "type": found.kind}
    resource: Json = {"type": kind}
    if found.original is not None:
        flags = found.original["flags"]
        about |= {
            "response_message_id": found.original["id"],
            "response_message_loading": bool(flags & LOADING),
            "response_message_ephemeral": bool(flags & EPHEMERAL),
        }
        if kind in (kinds.REPLY, kinds.UPDATE):
            resource["message"] = found.original
    return {"interaction": about, "resource": resource}


def _extra(state: State, found: Interaction, message_type: int) -> dict[str, object]:
    application = str(state.world.application_id)
    extra: dict[str, object] = {
        "type": message_type,
        "application_id": application,
        "webhook_id": application,
        "interaction_metadata": metadata(found),
    }
    if message_type == FOLLOW_UP and found.original is not None:
        extra["message_reference"] = {
            "type": 0,
            "message_id": found.original["id"],
            "channel_id": found.original["channel_id"],
            "guild_id": found.original.get("guild_id"),
        }
    return extra


def _store(
    state: State, found: Interaction, body: Json, files: tuple[Upload, ...], message_type: int
) -> Json:
    extra = _extra(state, found, message_type)
    return add_bot_message(state, found.channel, body, files, **extra)


def _store_loading(state: State, found: Interaction, flags: int) -> Json:
    extra = _extra(state, found, COMMAND_ANSWER)
    return state.world.add_message(state.world.bot, found.channel, {"flags": flags}, **extra)


def _answered(state: State, call: Call) -> Interaction:
    """The interaction whose webhook this is; before the callback the webhook does not exist.

    Raises:
        ApiError: 404.
    """
    found = state.interactions.get(call.args["token"])
    if found is None or call.id("application") != state.world.application_id:
        raise ApiError(404, 10015, "Unknown Webhook")
    if found.callback is None:
        raise ApiError(404, 10015, "Unknown Webhook")
    return found


async def follow_up(state: State, call: Call) -> Answer:
    """A further message; the first after a deferral takes the place of the one loading."""
    found = _answered(state, call)
    original = found.original
    if original is not None and original["flags"] & LOADING:
        return await _fill_loading(state, found, original, call)
    only_user = found.channel.guild_id is not None and not (
        state.world.guilds[found.channel.guild_id].has_bot
    )
    extra = [message for message in found.created if message is not original]
    if only_user and len(extra) >= USER_INSTALL_FOLLOW_UPS:
        raise ApiError(400, 40094, "Too many follow-up messages for a user-installed app.")
    message = _store(state, found, call.body, call.request.files, FOLLOW_UP)
    found.created.append(message)
    _note_reply(found, call)
    await state.publish("MESSAGE_CREATE", message)
    return message


async def _fill_loading(state: State, found: Interaction, original: Json, call: Call) -> Json:
    edit_message(state, original, call.body, call.request.files, first=True)
    original["flags"] &= ~LOADING
    _note_reply(found, call)
    await state.publish("MESSAGE_UPDATE", original)
    return original


def _own_message(found: Interaction, which: str) -> Json:
    if which == "@original":
        if found.original is None:
            raise ApiError(404, 10008, "Unknown Message")
        return found.original
    for message in (*found.created, found.message):
        if message is not None and message["id"] == which:
            return message
    raise ApiError(404, 10008, "Unknown Message")


async def get_message(state: State, call: Call) -> Answer:
    return _own_message(_answered(state, call), call.args["message"])


async def patch_message(state: State, call: Call) -> Answer:
    found = _answered(state, call)
    message = _own_message(found, call.args["message"])
    if message["flags"] & LOADING:
        return await _fill_loading(state, found, message, call)
    edit_message(state, message, call.body, call.request.files)
    found.touched = found.touched or message is found.message
    _note_reply(found, call)
    await state.publish("MESSAGE_UPDATE", message)
    return message


async def delete_message(state: State, call: Call) -> Answer:
    found = _answered(state, call)
    message = _own_message(found, call.args["message"])
    found.created = [kept for kept in found.created if kept is not message]
    if found.original is message:
        found.original = None
    await remove_message(state, message)


def routes() -> list[Route]:
    """None of these asks for the bot's token: the interaction's own is in the path."""
    webhook = "/webhooks/{application}/{token}"
    message = f"{webhook}/messages/{{message}}"
    table = [
        ("POST", "/interactions/{interaction}/{token}/callback", callback),
        ("POST", webhook, follow_up),
        ("GET", message, get_message),
        ("PATCH", message, patch_message),
        ("DELETE", message, delete_message),
    ]
    return [route(method, path, handler, authorized=False) for method, path, handler in table]
