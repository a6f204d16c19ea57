"""Slash commands, menus, buttons, forms and completions, from a member's act to the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.benchmark.loopback.limits import FILE_UPLOAD, LABEL, LOADING, RADIO, TEXT_INPUT
from bot.benchmark.loopback.view import MessageView, ModalView
from bot.benchmark.loopback.world import (
    DIRECT,
    MEMBER_PERMISSIONS,
    Channel,
    Json,
    Person,
    Upload,
    World,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5

REPLY, DEFERRED_REPLY, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
"""Kinds of callback."""


@dataclass(slots=True)
class Interaction:
    """One act of a member and how the bot has answered it so far."""

    id: int
    token: str
    kind: int
    person: Person
    channel: Channel
    data: Json
    sent_at: float
    message: Json | None = None
    """The message a component sits on, or from which a modal was opened."""
    callback: Json | None = None
    answered_at: float | None = None
    replied_at: float | None = None
    """When the request came in that made `reply` what it is."""
    original: Json | None = None
    """The message `@original` stands for."""
    created: list[Json] = field(default_factory=list)
    """Messages made in answer, oldest first."""
    touched: bool = False
    """Whether the message a component sits on was changed."""

    @property
    def answer(self) -> int | None:
        return self.callback["type"] if self.callback else None

    @property
    def reply(self) -> MessageView | None:
        """The message that answers, once it is there and no longer loading."""
        for message in self.created:
            if not message["flags"] & LOADING:
                return MessageView(message)
        if self.touched and self.message is not None:
            return MessageView(self.message)
        return None

    @property
    def waited(self) -> float:
        """Seconds from the act to the request that brought the reply.

        Raises:
            LookupError: there is no reply yet.
        """
        if self.replied_at is None:
            raise LookupError(f"{self.id} has no reply")
        return self.replied_at - self.sent_at

    @property
    def modal(self) -> ModalView | None:
        return ModalView(self.callback["data"]) if self.callback and self.answer == MODAL else None

    @property
    def choices(self) -> list[Json] | None:
        return (
            self.callback["data"].get("choices") or []
            if self.callback and self.answer == CHOICES
            else None
        )


def interaction_payload(world: World, interaction: Interaction) -> Json:
    """INTERACTION_CREATE, as it goes to the bot."""
    person, channel = interaction.person, interaction.channel
    payload: Json = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": interaction.kind,
        "data": interaction.data,
        "token": interaction.token,
        "version": 1,
        "channel_id": str(channel.id),
        "channel": channel.payload() | {"permissions": str(person.permissions)},
        "app_permissions": str(MEMBER_PERMISSIONS),
        "locale": person.locale,
        "entitlements": [],
        "attachment_size_limit": 10 * 1024 * 1024,
    }
    if channel.guild_id is None:
        is_direct = channel.kind == DIRECT
        payload["user"] = person.user_payload()
        payload["context"] = 1 if is_direct else 2
        payload["authorizing_integration_owners"] = (
            {"0": "0"} if is_direct else {"1": str(person.id)}
        )
    else:
        guild = world.guilds[channel.guild_id]
        permissions = {"permissions": str(person.permissions)}
        payload["member"] = person.member_payload() | permissions
        payload["guild_id"] = str(guild.id)
        payload["guild_locale"] = guild.locale
        payload["guild"] = {"id": str(guild.id), "locale": guild.locale, "features": []}
        payload["context"] = 0
        payload["authorizing_integration_owners"] = (
            {"0": str(guild.id)} if guild.has_bot else {"1": str(person.id)}
        )
    if interaction.message is not None:
        payload["message"] = interaction.message
    return payload


def metadata(interaction: Interaction) -> Json:
    """What a message made in answer says about its interaction."""
    known: Json = {
        "id": str(interaction.id),
        "type": interaction.kind,
        "user": interaction.person.user_payload(),
        "authorizing_integration_owners": {},
    }
    if interaction.kind == COMPONENT and interaction.message is not None:
        known["interacted_message_id"] = interaction.message["id"]
    return known


def component_data(message: MessageView, wanted: str, values: tuple[str, ...]) -> Json:
    """A click on a button, or a choice from a select.

    Raises:
        LookupError: the message has no such component, or it is disabled.
        ValueError: a select was given a value it does not offer.
    """
    component = message.interactive(wanted)
    data: Json = {"custom_id": component["custom_id"], "component_type": component["type"]}
    if "id" in component:
        data["id"] = component["id"]
    offered = {option["value"] for option in component.get("options") or ()}
    if component["type"] != 2:
        if offered and not set(values) <= offered:
            raise ValueError(f"{values} are not all offered: {sorted(offered)}.")
        data["values"] = list(values)
    return data


def modal_data(world: World, modal: ModalView, values: Mapping[str, Any], base_url: str) -> Json:
    """A filled-in form; `values` by custom id or by label.

    Raises:
        LookupError: the form has no such field.
        ValueError: a value breaks the field's own limits, so Discord would not send it.
    """
    left = dict(values)
    attachments: Json = {}
    components: list[Json] = []
    for label, item in modal.fields:
        custom_id = item["custom_id"]
        value = left.pop(custom_id, left.pop(label, None))
        if isinstance(value, Upload):
            attachment = world.add_file(value, base_url)
            attachments[attachment["id"]] = attachment
            value = attachment["id"]
        entry: Json = {"type": item["type"], "custom_id": custom_id, "id": item.get("id", 0)}
        entry |= _modal_value(label, item, value)
        components.append({"type": LABEL, "id": 0, "component": entry})
    if left:
        raise LookupError(f"The form {modal.title!r} has no {sorted(left)}.")
    data: Json = {"custom_id": modal.custom_id, "components": components}
    return data | {"resolved": {"attachments": attachments}} if attachments else data


def _modal_value(label: str, item: Json, value: Any) -> Json:  # noqa: ANN401
    required = item.get("required", True)
    if item["type"] == TEXT_INPUT:
        text = item.get("value") or "" if value is None else str(value)
        least = item.get("min_length") or (1 if required else 0)
        most = item.get("max_length") or 4000
        if len(text) > most or (len(text) < least and (text or required)):
            raise ValueError(f"{label!r} does not take {len(text)} characters.")
        return {"value": text}
    if required and value is None:
        raise ValueError(f"{label!r} must be filled in.")
    if item["type"] == RADIO:
        return {"value": value}
    chosen = [] if value is None else [value] if isinstance(value, str) else list(value)
    offered = {option["value"] for option in item.get("options") or ()}
    if item["type"] != FILE_UPLOAD and not set(chosen) <= offered:
        raise ValueError(f"{label!r} does not offer {chosen}.")
    return {"values": chosen}
