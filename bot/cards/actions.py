"""What the client must be able to do when somebody presses a button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Awaitable

    import discord

    from nli import Verdict

    Pressed = discord.Interaction[Any]


class AttestActions(Protocol):
    """Each method answers the interaction it is given."""

    async def more(self, interaction: Pressed, check_id: int) -> None: ...

    async def other_source(self, interaction: Pressed, check_id: int) -> None:
        """Offer the articles to choose from (see `bot.cards.ui_sources.choose_source`)."""
        ...

    async def pick_source(self, interaction: Pressed, check_id: int, source_id: int) -> None:
        """Check the same claim against the article that was chosen."""
        ...

    async def right(self, interaction: Pressed, check_id: int) -> None: ...

    async def wrong(self, interaction: Pressed, check_id: int) -> None:
        """Ask what would have been right (see `bot.cards.ui_feedback.WrongModal`)."""
        ...

    async def tell_wrong(
        self, interaction: Pressed, check_id: int, right_verdict: Verdict, why: str
    ) -> None:
        """Keep what the modal was filled with."""
        ...

    async def page(self, interaction: Pressed, source_id: int, page: int) -> None:
        """Turn to a page of an article, or of the list of articles if `source_id` is 0."""
        ...

    async def show_source(self, interaction: Pressed, source_id: int) -> None: ...

    async def failed(self, interaction: Pressed, error: Exception) -> None:
        """Tell the user of an error that one of the others raised."""
        ...


class _Client(Protocol):
    attest_actions: AttestActions


def actions_of(interaction: Pressed) -> AttestActions:
    return cast("_Client", interaction.client).attest_actions


async def guarded(interaction: Pressed, answer: Awaitable[None]) -> None:
    """Await an action; whatever it raises is told to the user, so no button dies silently."""
    try:
        await answer
    except Exception as error:
        await actions_of(interaction).failed(interaction, error)
