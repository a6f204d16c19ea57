"""Addresses about the bot itself: who it is, where the gateway is, its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.benchmark.loopback.commands import CHAT_INPUT, check_commands
from bot.benchmark.loopback.faults import ApiError
from bot.benchmark.loopback.rest import Answer, Call, Route, route

if TYPE_CHECKING:
    from bot.benchmark.loopback.state import State
    from bot.benchmark.loopback.world import Json


async def me(state: State, _call: Call) -> Answer:
    return state.world.bot.user_payload() | {"verified": True, "mfa_enabled": True}


async def user(state: State, call: Call) -> Answer:
    person = state.world.people.get(call.id("user"))
    if person is None:
        raise ApiError(404, 10013, "Unknown User")
    return person.user_payload()


async def application(state: State, _call: Call) -> Answer:
    world = state.world
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": world.owner.user_payload(),
        "team": None,
        "approximate_guild_count": sum(guild.has_bot for guild in world.guilds.values()),
        "integration_types_config": {"0": {}, "1": {}},
    }


async def gateway(state: State, _call: Call) -> Answer:
    return {"url": state.gateway.url}


async def gateway_bot(state: State, _call: Call) -> Answer:
    limits = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": state.gateway.url, "shards": state.shards, "session_start_limit": limits}


async def emojis(_state: State, _call: Call) -> Answer:
    return {"items": []}


async def guild(state: State, call: Call) -> Answer:
    found = state.world.guilds.get(call.id("guild"))
    if found is None or not found.has_bot:
        raise ApiError(404, 10004, "Unknown Guild")
    return found.payload(state.world.bot)


async def member(state: State, call: Call) -> Answer:
    person = state.world.people.get(call.id("user"))
    if person is None:
        raise ApiError(404, 10007, "Unknown Member")
    return person.member_payload()


def _scope(state: State, call: Call) -> int | None:
    """The server whose commands are meant; None for those of everywhere.

    Raises:
        ApiError: the application is another's, or the bot is not in the server.
    """
    if call.id("application") != state.world.application_id:
        raise ApiError(403, 20012, "You are not authorized to perform this action")
    if "guild" not in call.args:
        return None
    found = state.world.guilds.get(call.id("guild"))
    if found is None or not found.has_bot:
        raise ApiError(403, 50001, "Missing Access")
    return found.id


def _register(state: State, scope: int | None, wanted: list[Json]) -> list[Json]:
    """Keep the ids of commands that were there under the same name, as Discord does."""
    kept = {(c["name"], c["type"]): c["id"] for c in state.world.commands.get(scope, ())}
    registered: list[Json] = []
    for command in wanted:
        kind = command.get("type", CHAT_INPUT)
        identifier = kept.get((command["name"], kind)) or str(state.world.new_id())
        registered.append(
            {"description": "", "default_member_permissions": None, "nsfw": False}
            | command
            | {
                "id": identifier,
                "type": kind,
                "application_id": str(state.world.application_id),
                "version": str(state.world.new_id()),
            }
            | ({"guild_id": str(scope)} if scope else {})
        )
    state.world.commands[scope] = registered
    return registered


async def list_commands(state: State, call: Call) -> Answer:
    return state.world.commands.get(_scope(state, call), [])


async def replace_commands(state: State, call: Call) -> Answer:
    scope = _scope(state, call)
    wanted = call.request.payload
    if not isinstance(wanted, list):
        raise ApiError(400, 50035, "Invalid Form Body")
    check_commands(wanted)
    return _register(state, scope, wanted)


async def add_command(state: State, call: Call) -> Answer:
    scope = _scope(state, call)
    check_commands([call.body])
    kind = call.body.get("type", CHAT_INPUT)
    same = (call.body["name"], kind)
    others = [c for c in state.world.commands.get(scope, ()) if (c["name"], c["type"]) != same]
    return _register(state, scope, [*others, call.body])[-1]


async def one_command(state: State, call: Call) -> Answer:
    for command in state.world.commands.get(_scope(state, call), ()):
        if command["id"] == call.args["command"]:
            return command
    raise ApiError(404, 10063, "Unknown application command")


async def delete_command(state: State, call: Call) -> Answer:
    await one_command(state, call)
    scope = _scope(state, call)
    left = [c for c in state.world.commands[scope] if c["id"] != call.args["command"]]
    state.world.commands[scope] = left
    return None


def routes() -> list[Route]:
    table = [
        route("GET", "/users/@me", me),
        route("GET", "/users/{user}", user),
        route("GET", "/oauth2/applications/@me", application),
        route("GET", "/applications/@me", application),
        route("GET", "/gateway", gateway, authorized=False),
        route("GET", "/gateway/bot", gateway_bot),
        route("GET", "/applications/{application}/emojis", emojis),
        route("GET", "/guilds/{guild}", guild),
        route("GET", "/guilds/{guild}/members/{user}", member),
    ]
    for scope in ("/applications/{application}", "/applications/{application}/guilds/{guild}"):
        table += [
            route("GET", f"{scope}/commands", list_commands),
            route("PUT", f"{scope}/commands", replace_commands),
            route("POST", f"{scope}/commands", add_command),
            route("GET", f"{scope}/commands/{{command}}", one_command),
            route("DELETE", f"{scope}/commands/{{command}}", delete_command),
        ]
    return table
