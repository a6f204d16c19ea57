"""One message with all that is known about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import UserError

if TYPE_CHECKING:
    from bot.chat.intents import Asked
    from bot.chat.memory import Conversation, Turn
    from bot.i18n import Texts
    from bot.library.models import Place


@dataclass(frozen=True, slots=True)
class Talk:
    """What was asked, by whom, and what it refers to."""

    asked: Asked
    place: Place
    texts: Texts
    conversation: Conversation
    turn: Turn | None
    """The check that is talked about: the one replied to, else the last one."""
    pointed: bool = False
    """Whether `turn` was pointed to by a reply."""

    @property
    def check(self) -> Turn:
        """The check that is talked about.

        Raises:
            UserError: there is none.
        """
        if self.turn is None:
            raise UserError(
                "I do not know which claim you mean. Send me a claim first, or reply to one of "
                "my answers."
            )
        return self.turn
