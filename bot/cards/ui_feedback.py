"""The form behind "Wrong": what would have been right, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord.ui import Label, Modal, RadioGroup, TextInput

from bot.cards.actions import actions_of, guarded
from bot.cards.plain import shorten
from bot.replies.words import verdict_word
from nli import Verdict

if TYPE_CHECKING:
    from bot.i18n import Texts

HOUR = 3600.0
WHY_LIMIT = 500
LABEL_LIMIT = 45


class WrongModal(Modal):
    """Asks for the right verdict and the reason; waits an hour for an answer."""

    def __init__(self, check_id: int, texts: Texts) -> None:
        super().__init__(
            title=shorten(texts("What would be right?"), LABEL_LIMIT),
            timeout=HOUR,
        )
        self.check_id = check_id
        self.verdict = RadioGroup[Any](
            custom_id="verdict",
            options=[
                discord.RadioGroupOption(label=verdict_word(verdict, texts), value=verdict.value)
                for verdict in Verdict
            ],
        )
        self.why = TextInput[Any](
            custom_id="why",
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=WHY_LIMIT,
        )
        self.add_item(
            Label(text=shorten(texts("The right verdict"), LABEL_LIMIT), component=self.verdict)
        )
        self.add_item(
            Label(
                text=shorten(texts("Why?"), LABEL_LIMIT),
                description=texts("The sentence that settles it, for example."),
                component=self.why,
            )
        )

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        verdict = Verdict(str(self.verdict.value))
        answer = actions_of(interaction).tell_wrong(
            interaction, self.check_id, verdict, self.why.value.strip()
        )
        await guarded(interaction, answer)

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        await actions_of(interaction).failed(interaction, error)
