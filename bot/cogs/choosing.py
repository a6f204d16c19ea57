"""The option that names an article, with suggestions while somebody types."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from discord import app_commands

from bot.cards.plain import one_line, shorten
from bot.errors import UserError
from bot.library.keys import MAX_INTEGER

if TYPE_CHECKING:
    from bot.desk import Asked, Desk
    from bot.library.models import Place, Source

CHOICE_LIMIT = 100
MOST_CHOICES = 25

log = logging.getLogger(__name__)


class SourceChoice:
    """Suggests articles, and finds the one that was meant."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def suggest(self, interaction: Asked, typed: str) -> list[app_commands.Choice[str]]:
        """Up to 25 articles for what was typed; none rather than an error."""
        place = self._desk.place(interaction)
        try:
            found = await self._desk.app.store.find_sources(
                place.visible, typed, limit=MOST_CHOICES
            )
        except Exception:
            log.exception("No suggestions", extra={"interaction": interaction.id})
            return []
        return [app_commands.Choice(name=_label(source), value=str(source.id)) for source in found]

    async def find(self, place: Place, typed: str) -> Source:
        """The article somebody chose from the suggestions or typed the number or title of.

        Raises:
            UserError: there is none.
        """
        store = self._desk.app.store
        number = typed.strip().removeprefix("#")
        if number.isascii() and number.isdigit():
            known = int(number) <= MAX_INTEGER
            source = await store.source(int(number), place.visible) if known else None
            if source is None:
                raise UserError(
                    "There is no article #{number} here. /source list shows those there are.",
                    number=shorten(number, 20),
                )
            return source
        found = await store.find_sources(place.visible, typed, limit=1)
        if not found:
            raise UserError(
                "No article here is called “{words}”. /source list shows those there are.",
                words=shorten(one_line(typed), 60),
            )
        return found[0]

    async def find_id(self, place: Place, typed: str | None) -> int | None:
        return (await self.find(place, typed)).id if typed and typed.strip() else None


def _label(source: Source) -> str:
    parts = [one_line(source.title), one_line(source.date)]
    return shorten(f"#{source.id} " + " · ".join(filter(None, parts)), CHOICE_LIMIT)
