"""A message to the bot, wherever it was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.library.models import Place


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """What somebody wrote to the bot, and what it was written in reply to."""

    text: str
    place: Place
    texts: Texts
    replied_text: str | None = None
    """Text of the message replied to, by somebody else."""
    replied_check_id: int | None = None
    """The check whose verdict, the bot's own message, was replied to."""
