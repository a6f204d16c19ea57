"""What a member sees of a message or a modal, for those who look at it from a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.benchmark.loopback.limits import (
    BUTTON,
    COMPONENTS_V2,
    EPHEMERAL,
    LABEL,
    LOADING,
    SELECTS,
    TEXT,
    walk,
)

if TYPE_CHECKING:
    from bot.benchmark.loopback.world import Json


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message of the bot. `raw` is the whole payload."""

    raw: Json

    @property
    def id(self) -> int:
        return int(self.raw["id"])

    @property
    def flags(self) -> int:
        return self.raw["flags"]

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        return bool(self.flags & LOADING)

    @property
    def is_v2(self) -> bool:
        return bool(self.flags & COMPONENTS_V2)

    @property
    def text(self) -> str:
        """All that can be read: content, embeds and text displays, in order."""
        parts = [self.raw["content"]]
        for embed in self.raw["embeds"]:
            parts += [embed.get("title"), embed.get("description")]
            for entry in embed.get("fields") or ():
                parts += [entry["name"], entry["value"]]
        parts += [c["content"] for c in walk(self.raw["components"]) if c["type"] == TEXT]
        return "\n".join(part for part in parts if part)

    @property
    def replies_to(self) -> int | None:
        reference = self.raw.get("message_reference")
        return int(reference["message_id"]) if reference else None

    @property
    def buttons(self) -> list[Json]:
        return [c for c in walk(self.raw["components"]) if c["type"] == BUTTON]

    @property
    def selects(self) -> list[Json]:
        return [c for c in walk(self.raw["components"]) if c["type"] in SELECTS]

    def interactive(self, wanted: str) -> Json:
        """The button or select whose custom id, or label, or the start of either, is `wanted`.

        Raises:
            LookupError: there is none, or it is disabled, so nobody could use it.
        """
        offered = [c for c in (*self.buttons, *self.selects) if "custom_id" in c]
        for component in offered:
            names = (component["custom_id"], component.get("label") or "")
            if any(name.startswith(wanted) for name in names):
                if component.get("disabled"):
                    raise LookupError(f"{wanted!r} is disabled.")
                return component
        raise LookupError(f"No {wanted!r} among {[c['custom_id'] for c in offered]}.")


@dataclass(frozen=True, slots=True)
class ModalView:
    """A form the bot opened."""

    raw: Json

    @property
    def title(self) -> str:
        return self.raw["title"]

    @property
    def custom_id(self) -> str:
        return self.raw["custom_id"]

    @property
    def fields(self) -> list[tuple[str, Json]]:
        """(label, input) in order."""
        found: list[tuple[str, Json]] = []
        for component in self.raw["components"]:
            if component["type"] == LABEL:
                found.append((component["label"], component["component"]))
            else:
                found += [(c["label"], c) for c in component.get("components") or ()]
        return found
