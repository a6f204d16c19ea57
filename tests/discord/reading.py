"""What people read in the bot's messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import discord
    import simcord
    from simcord.results import InteractionResult, ResponseMessage

BUTTON = 2
TEXT = 10


def text_of(message: discord.Message | ResponseMessage) -> str:
    """All that a message says, as markdown."""
    return "\n".join(
        component["content"] for component in _walk(_raw(message)) if component["type"] == TEXT
    )


def labels_of(message: discord.Message | ResponseMessage) -> list[str]:
    return [component["label"] for component in _walk(_raw(message)) if component["type"] == BUTTON]


def custom_ids_of(message: discord.Message | ResponseMessage) -> list[str]:
    return [
        component["custom_id"] for component in _walk(_raw(message)) if component.get("custom_id")
    ]


def said(result: InteractionResult) -> str:
    """What the answer to a command or button says."""
    return text_of(answer_of(result))


def answer_of(result: InteractionResult) -> ResponseMessage:
    """The last message that answers an interaction."""
    messages = [*filter(None, [result.response]), *result.followups]
    assert messages, f"no answer: {result!r}"
    return messages[-1]


def _raw(message: discord.Message | ResponseMessage) -> list[dict[str, Any]]:
    components: list[Any] = list(message.components)
    return [each if isinstance(each, dict) else each.to_dict() for each in components]


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))
        if accessory := component.get("accessory"):
            yield accessory


def callbacks(env: simcord.Env) -> list[dict[str, Any]]:
    """The first answers to interactions, in order."""
    return [
        request.json
        for request in env.http_requests
        if request.path.endswith("/callback") and isinstance(request.json, dict)
    ]
