"""What the buttons, menus and forms under the bot's replies do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cards.discord import layout
from bot.cards.ui_feedback import WrongModal
from bot.cards.ui_sources import choose_source
from bot.cogs.reading import Reading
from bot.errors import UserError
from bot.replies.checks import answer_reply, more_reply
from bot.replies.pages import feedback_reply

if TYPE_CHECKING:
    from bot.desk import Asked, Desk
    from nli import Verdict

LIST = 0
"""A page button with this number turns the list of articles."""


class ButtonActions:
    """Implements `bot.cards.actions.AttestActions`.

    What somebody asks for by a button is shown to them alone, so that a verdict in a busy
    channel does not become a conversation of the bot with itself.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._reading = Reading(desk)

    async def more(self, interaction: Asked, check_id: int) -> None:
        async with self._desk.handling(interaction, "button more"):
            await self._desk.defer(interaction, private=True)
            place = self._desk.place(interaction)
            more = await self._desk.app.service.more(check_id, place)
            texts = await self._desk.texts(interaction, place)
            await self._desk.answer(interaction, more_reply(more, texts), private=True)

    async def other_source(self, interaction: Asked, check_id: int) -> None:
        async with self._desk.handling(interaction, "button other"):
            await self._desk.defer(interaction, private=True)
            place = self._desk.place(interaction)
            sources = await self._desk.app.service.others(check_id, place)
            if not sources:
                raise UserError("There is no other article here. Add one with /source add.")
            texts = await self._desk.texts(interaction, place)
            menu = choose_source(check_id, sources, texts)
            await self._desk.show(interaction, menu, private=True)

    async def pick_source(self, interaction: Asked, check_id: int, source_id: int) -> None:
        async with self._desk.handling(interaction, "menu source"):
            await self._desk.defer(interaction, private=True)
            place = self._desk.place(interaction)
            answer = await self._desk.app.service.recheck(check_id, place, source_id)
            self._desk.app.chat.remember(place, [answer])
            texts = await self._desk.texts(interaction, place)
            await self._desk.answer(interaction, answer_reply(answer, texts), private=True)

    async def right(self, interaction: Asked, check_id: int) -> None:
        async with self._desk.handling(interaction, "button right"):
            await self._desk.defer(interaction, private=True)
            place = self._desk.place(interaction)
            await self._desk.app.service.feedback(check_id, place, right=True)
            texts = await self._desk.texts(interaction, place)
            await self._desk.answer(interaction, feedback_reply(True, texts), private=True)

    async def wrong(self, interaction: Asked, check_id: int) -> None:
        """A form must be the very first answer, so nothing is deferred here."""
        async with self._desk.handling(interaction, "button wrong"):
            place = self._desk.place(interaction)
            await self._desk.app.service.earlier(check_id, place)
            texts = await self._desk.texts(interaction, place)
            await interaction.response.send_modal(WrongModal(check_id, texts))

    async def tell_wrong(
        self, interaction: Asked, check_id: int, right_verdict: Verdict, why: str
    ) -> None:
        async with self._desk.handling(interaction, "form wrong"):
            await self._desk.defer(interaction, private=True)
            place = self._desk.place(interaction)
            await self._desk.app.service.feedback(
                check_id, place, right=False, right_verdict=right_verdict, why=why
            )
            texts = await self._desk.texts(interaction, place)
            await self._desk.answer(interaction, feedback_reply(False, texts), private=True)

    async def page(self, interaction: Asked, source_id: int, page: int) -> None:
        """Turn the page in place.

        Where a person's own articles are listed, nobody else's may take their place in the open.
        """
        async with self._desk.handling(interaction, "button page"):
            place = self._desk.place(interaction)
            in_place = place.is_guild or _asked_by_presser(interaction)
            if in_place:
                await interaction.response.defer()
            else:
                await self._desk.defer(interaction, private=True)
            texts = await self._desk.texts(interaction, place)
            reply = (
                await self._reading.list_page(place, page, texts)
                if source_id == LIST
                else await self._reading.article_page(place, source_id, page, texts)
            )
            if in_place:
                await interaction.edit_original_response(view=layout(reply))
            else:
                await self._desk.answer(interaction, reply, private=True)

    async def show_source(self, interaction: Asked, source_id: int) -> None:
        async with self._desk.handling(interaction, "button show"):
            await self._desk.defer(interaction, private=True)
            place = self._desk.place(interaction)
            texts = await self._desk.texts(interaction, place)
            reply = await self._reading.article_page(place, source_id, 1, texts)
            await self._desk.answer(interaction, reply, private=True)

    async def failed(self, interaction: Asked, error: Exception) -> None:
        await self._desk.fail(interaction, error, "button")


def _asked_by_presser(interaction: Asked) -> bool:
    """Whether the message with the button answers the one who pressed it.

    A message that answers no interaction is a chat reply, in a direct message or a server.
    """
    asked = interaction.message.interaction_metadata if interaction.message else None
    return asked is None or asked.user.id == interaction.user.id
