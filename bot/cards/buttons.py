"""Buttons that hold all they need in their id, so that they outlive a restart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord
from discord.ui import Button, DynamicItem, Item

from bot.cards.actions import actions_of, guarded
from bot.cards.plain import one_line, shorten
from bot.replies.reply import Action, ActionKind

if TYPE_CHECKING:
    from collections.abc import Awaitable

LABEL_LIMIT = 80
ARGUMENT = r"\d{1,18}(?::\d{1,9})?"
"""Ids fit SQLite's integers whatever a forged id claims."""


class ActionButton(
    DynamicItem[Button[Any]],
    template=rf"attest:(?P<kind>more|other|right|wrong|page|show):(?P<argument>{ARGUMENT})",
):
    """Any button under a reply; it hands over to `client.attest_actions`."""

    def __init__(
        self, kind: ActionKind, argument: str, label: str, *, primary: bool = False
    ) -> None:
        super().__init__(
            Button(
                label=shorten(one_line(label), LABEL_LIMIT) or kind.value,
                style=discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary,
                custom_id=custom_id(kind, argument),
            )
        )
        self.kind = kind
        self.argument = argument

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003
        item: Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        label = item.label if isinstance(item, Button) else None
        return cls(ActionKind(match["kind"]), match["argument"], label or "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await guarded(interaction, self._answer(interaction))

    def _answer(self, interaction: discord.Interaction[Any]) -> Awaitable[None]:
        actions = actions_of(interaction)
        first, _, second = self.argument.partition(":")
        number = int(first)
        match self.kind:
            case ActionKind.MORE:
                return actions.more(interaction, number)
            case ActionKind.OTHER_SOURCE:
                return actions.other_source(interaction, number)
            case ActionKind.RIGHT:
                return actions.right(interaction, number)
            case ActionKind.WRONG:
                return actions.wrong(interaction, number)
            case ActionKind.PAGE:
                return actions.page(interaction, number, int(second or "1"))
            case ActionKind.SHOW_SOURCE:
                return actions.show_source(interaction, number)


def custom_id(kind: ActionKind, argument: str) -> str:
    return f"attest:{kind.value}:{argument}"


def is_drawable(action: Action) -> bool:
    """Whether a button can carry the action's argument."""
    return re.fullmatch(ARGUMENT, action.argument) is not None
