"""Registered commands: what a registration may hold, and the options a member gives to one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.benchmark.loopback.limits import Complaints
from bot.benchmark.loopback.world import Json, Upload, World

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, SUBCOMMAND_GROUP, ATTACHMENT = 1, 2, 11
_LOCALE = re.compile(
    "id|da|de|en-GB|en-US|es-ES|es-419|fr|hr|it|lt|hu|nl|no|pl|pt-BR|ro|fi|sv-SE|vi|tr|cs|el|bg|ru"
    "|uk|hi|th|zh-CN|zh-TW|ja|ko"
)
_NAME = re.compile(r"[-_'\w]{1,32}", re.UNICODE)


def check_commands(commands: Sequence[Json]) -> None:
    """Refuse a registration Discord would refuse.

    Raises:
        ApiError: 400 with every complaint.
    """
    found = Complaints()
    for kind, most in ((CHAT_INPUT, 100), (USER_MENU, 15), (MESSAGE_MENU, 15)):
        names = [c.get("name") for c in commands if c.get("type", CHAT_INPUT) == kind]
        found.count(f"commands of type {kind}", names, 0, most)
        if len(set(names)) < len(names):
            found.add("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Names must differ.")
    for command in commands:
        path = str(command.get("name"))
        if command.get("type", CHAT_INPUT) == CHAT_INPUT:
            _check_described(found, path, command)
            _check_options(found, path, command.get("options") or [])
        else:
            found.length(f"{path}.name", command.get("name"), 1, 32)
            if command.get("description"):
                found.add(path, "APPLICATION_COMMAND_INVALID", "Menu entries are not described.")
        if _size(command) > 8000:
            found.add(path, "APPLICATION_COMMAND_TOO_LARGE", "8000 characters at most.")
    found.raise_any()


def _check_described(found: Complaints, path: str, entry: Json) -> None:
    names = {"name": entry.get("name")} | (entry.get("name_localizations") or {})
    for where, name in names.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
            found.add(f"{path}.{where}", "APPLICATION_COMMAND_INVALID_NAME", f"{name!r}")
    found.length(f"{path}.description", entry.get("description"), 1, 100)
    described: Json = entry.get("description_localizations") or {}
    for locale, text in described.items():
        found.length(f"{path}.description.{locale}", text, 1, 100)
    for locale in {*described, *(entry.get("name_localizations") or {})}:
        if not _LOCALE.fullmatch(locale):
            found.add(path, "ENUM_TYPE_COERCE", f"{locale} is not a locale.")


def _check_options(found: Complaints, path: str, options: Sequence[Json]) -> None:
    found.count(f"{path}.options", options, 0, 25)
    optional_seen = False
    for option in options:
        inner = f"{path} {option.get('name')}"
        _check_described(found, inner, option)
        _check_options(found, inner, option.get("options") or [])
        choices: list[Json] = option.get("choices") or []
        found.count(f"{inner}.choices", choices, 0, 25)
        for choice in choices:
            found.length(f"{inner}.choice", choice.get("name"), 1, 100)
        if option.get("required") and optional_seen:
            found.add(inner, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required come first.")
        optional_seen = optional_seen or not option.get("required")


def _size(entry: Json) -> int:
    texts = [entry.get("name"), entry.get("description")]
    texts += [choice.get("value") for choice in entry.get("choices") or ()]
    own = sum(len(text) for text in texts if isinstance(text, str))
    return own + sum(_size(option) for option in entry.get("options") or ())


def find_command(world: World, name: str, kind: int, guild_id: int | None) -> Json:
    """The registered command of this name.

    Raises:
        LookupError: nothing of this name was registered, so no member could use it.
    """
    for scope in dict.fromkeys((guild_id, None)):
        for command in world.commands.get(scope, ()):
            if command["name"] == name and command.get("type", CHAT_INPUT) == kind:
                return command
    raise LookupError(f"No command {name!r} of type {kind} is registered.")


def invoke(
    world: World,
    path: str,
    values: Mapping[str, object],
    *,
    guild_id: int | None,
    base_url: str,
    focused: str = "",
) -> Json:
    """The `data` of an interaction that uses a command.

    `path` is the command's name, with its subcommands after spaces: "source add".

    Raises:
        LookupError: the command or an option is not registered.
        ValueError: a required option is missing, or a value is none of the choices.
    """
    name, *rest = path.split(" ")
    command = find_command(world, name, CHAT_INPUT, guild_id)
    level: list[Json] = command.get("options") or []
    chain: list[Json] = []
    for step in rest:
        chosen = next((o for o in level if o["name"] == step and o["type"] <= 2), None)
        if chosen is None:
            raise LookupError(f"{path!r} has no subcommand {step!r}.")
        chain.append(chosen)
        level = chosen.get("options") or []
    if any(option["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP) for option in level):
        raise LookupError(f"{path!r} needs one of its subcommands.")
    options, attachments = _fill(world, path, level, values, base_url, focused)
    for step in reversed(chain):
        options = [{"name": step["name"], "type": step["type"], "options": options}]
    data: Json = {"id": command["id"], "name": name, "type": CHAT_INPUT, "options": options}
    if attachments:
        data["resolved"] = {"attachments": attachments}
    return data


def _fill(
    world: World,
    path: str,
    registered: Sequence[Json],
    values: Mapping[str, Any],
    base_url: str,
    focused: str,
) -> tuple[list[Json], Json]:
    by_name = {option["name"]: option for option in registered}
    unknown = values.keys() - by_name.keys()
    if unknown:
        raise LookupError(f"{path!r} has no option {sorted(unknown)}.")
    missing = {n for n, o in by_name.items() if o.get("required") and n not in values}
    if missing and not focused:
        raise ValueError(f"{path!r} needs {sorted(missing)}.")
    filled: list[Json] = []
    attachments: Json = {}
    for name, value in values.items():
        option = by_name[name]
        allowed = [choice["value"] for choice in option.get("choices") or ()]
        if allowed and value not in allowed:
            raise ValueError(f"{value!r} is not one of {allowed}.")
        entry: Json = {"name": name, "type": option["type"], "value": value}
        if isinstance(value, Upload):
            attachment = world.add_file(value, base_url)
            entry["value"] = attachment["id"]
            attachments[attachment["id"]] = attachment
        filled.append(entry | {"focused": True} if name == focused else entry)
    return filled, attachments
