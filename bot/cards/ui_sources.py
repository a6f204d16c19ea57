"""The menu behind "Another article"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord
from discord.ui import ActionRow, DynamicItem, Item, LayoutView, Select, TextDisplay

from bot.cards.actions import actions_of, guarded
from bot.cards.markdown import escape
from bot.cards.plain import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Texts
    from bot.library.models import Source

MOST_OPTIONS = 25
OPTION_LIMIT = 100


class SourceSelect(DynamicItem[Select[Any]], template=r"attest:pick:(?P<check>\d{1,18})"):
    """A menu of articles to hold a claim against; outlives a restart like the buttons."""

    def __init__(self, check_id: int, select: Select[Any]) -> None:
        select.custom_id = f"attest:pick:{check_id}"
        super().__init__(select)
        self.check_id = check_id

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003
        item: Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        select = item if isinstance(item, Select) else Select[Any]()
        return cls(int(match["check"]), select)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        chosen = self.item.values[0] if self.item.values else ""
        if re.fullmatch(r"\d{1,18}", chosen):
            answer = actions_of(interaction).pick_source(interaction, self.check_id, int(chosen))
            await guarded(interaction, answer)


def choose_source(check_id: int, sources: Sequence[Source], texts: Texts) -> LayoutView:
    """A message that offers up to 25 articles; give at least one."""
    select = Select[Any](
        placeholder=shorten(texts("Choose an article"), OPTION_LIMIT),
        options=[_option(source, texts) for source in sources[:MOST_OPTIONS]],
    )
    view = LayoutView(timeout=None)
    view.add_item(TextDisplay(escape(texts("Which article should the claim be checked against?"))))
    row = ActionRow[Any]()
    row.add_item(SourceSelect(check_id, select))
    view.add_item(row)
    return view


def _option(source: Source, texts: Texts) -> discord.SelectOption:
    title = one_line(source.title) or texts("Untitled article")
    about = one_line(" · ".join(part for part in (texts.date(source.date), source.author) if part))
    return discord.SelectOption(
        label=shorten(f"#{source.id} {title}", OPTION_LIMIT),
        value=str(source.id),
        description=shorten(about, OPTION_LIMIT) or None,
    )
