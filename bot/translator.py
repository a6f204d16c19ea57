"""Names and descriptions of commands in the languages the bot speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Location

if TYPE_CHECKING:
    from bot.i18n import Catalogues

TEXT_LIMIT = 100
NAME = re.compile(r"[-_\w]{1,32}")
"""Names that are typed: small letters without white space. Menu entries are freer."""

TYPED = frozenset({Location.command_name, Location.group_name, Location.parameter_name})
MENU_ENTRY = 32


class CommandTranslator(app_commands.Translator):
    """Looks commands up in the catalogues; a translation Discord would refuse is left out."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        if not self._catalogues.knows(locale.value):
            return None
        found = self._catalogues.texts(locale.value).find(string.message)
        return found if found and _fits(found, context) else None


def _fits(text: str, context: app_commands.TranslationContext[Any, Any]) -> bool:
    if isinstance(context.data, app_commands.ContextMenu):
        return len(text) <= MENU_ENTRY
    if context.location in TYPED:
        return NAME.fullmatch(text) is not None and text == text.lower()
    return len(text) <= TEXT_LIMIT
