"""Who may change what is everybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError

if TYPE_CHECKING:
    from bot.desk import Asked, Desk
    from bot.library.models import Place


def may_manage(interaction: Asked) -> bool:
    permissions = interaction.permissions
    return permissions.manage_guild or permissions.administrator


def require_manager(interaction: Asked, place: Place) -> None:
    """Settings of a server are for those who may manage it; one's own are one's own.

    Raises:
        UserError: the asker may not.
    """
    if place.is_guild and not may_manage(interaction):
        raise UserError(
            "Only members who may manage this server can change its settings. Ask one of them."
        )


async def require_contributor(desk: Desk, interaction: Asked, place: Place) -> None:
    """Whether somebody may add and remove articles is a setting of the server.

    Raises:
        UserError: the asker may not.
    """
    if not place.is_guild:
        return
    preferences = await desk.app.store.preferences(place.scope)
    if preferences.contributors == "nobody":
        raise UserError(
            "Nobody may add or remove articles here. Those who manage this server can change "
            "that with /settings."
        )
    if preferences.contributors == "managers" and not may_manage(interaction):
        raise UserError(
            "Only members who may manage this server can add or remove articles. Ask one of "
            "them, or add the article in a direct message to me, for yourself."
        )
