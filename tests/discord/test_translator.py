"""Commands in other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from discord import Locale, app_commands

from bot.client import SyncClient
from bot.desk import Desk
from bot.i18n import Catalogues
from bot.metrics import Metrics
from bot.translator import CommandTranslator

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOGUES = Catalogues.load()


def described(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in parts:
        yield part
        yield from described([*part.get("options", []), *part.get("choices", [])])


@pytest.fixture
async def commands() -> list[dict[str, Any]]:
    """What Discord is told of all commands, and all of their options and choices."""
    client = SyncClient(Desk(CATALOGUES, None, Metrics(), lambda _: False))
    translator = CommandTranslator(CATALOGUES)
    payload = [
        await command.get_translated_payload(client.tree, translator)
        for command in client.tree.get_commands()
    ]
    return list(described(payload))


@pytest.mark.parametrize("language", [code for code in CATALOGUES.languages if code != "en"])
async def test_every_description_is_translated(
    commands: list[dict[str, Any]], language: str
) -> None:
    missing = [
        part["description"]
        for part in commands
        if part.get("description") and language not in part["description_localizations"]
    ]
    assert missing == []


@pytest.mark.parametrize("language", [code for code in CATALOGUES.languages if code != "en"])
async def test_every_choice_is_translated(commands: list[dict[str, Any]], language: str) -> None:
    missing = [
        part["name"]
        for part in commands
        if "value" in part and language not in part.get("name_localizations", {})
    ]
    assert missing == []


async def test_names_and_descriptions_keep_to_discords_limits(
    commands: list[dict[str, Any]],
) -> None:
    assert len(commands) > 30
    for part in commands:
        limit = 100 if "value" in part else 32
        for name in (part["name"], *part.get("name_localizations", {}).values()):
            assert 1 <= len(name) <= limit
        if part.get("description"):
            for text in (part["description"], *part["description_localizations"].values()):
                assert 1 <= len(text) <= 100


class OneSentence(Catalogues):
    """Knows one translation, whatever it is asked for."""

    def __init__(self, sentence: str) -> None:
        super().__init__({})
        self.sentence = sentence

    def knows(self, language: str) -> bool:
        return language == "de"

    def texts(self, *_: str) -> Any:
        return self

    def find(self, _: str) -> str:
        return self.sentence


async def _noop(interaction: Any) -> None: ...


COMMAND = app_commands.Command(name="check", description="Check", callback=_noop)


async def translated(sentence: str, location: str) -> str | None:
    where: Any = app_commands.TranslationContextLocation[location]
    context = app_commands.TranslationContext[Any, Any](where, COMMAND)
    text = app_commands.locale_str("check")
    return await CommandTranslator(OneSentence(sentence)).translate(text, Locale.german, context)


@pytest.mark.parametrize("name", ["Prüfe", "prüfe das", "p" * 33, ""])
async def test_a_name_discord_would_refuse_is_left_out(name: str) -> None:
    assert await translated(name, "command_name") is None


async def test_a_name_that_can_be_typed_is_taken() -> None:
    assert await translated("prüfe", "command_name") == "prüfe"


async def test_a_description_that_is_too_long_is_left_out() -> None:
    assert await translated("x" * 101, "command_description") is None
    assert await translated("x" * 100, "command_description") == "x" * 100


async def test_an_unknown_language_stays_english() -> None:
    context = app_commands.TranslationContext[Any, Any](
        app_commands.TranslationContextLocation.command_name, COMMAND
    )
    text = app_commands.locale_str("check")
    translator = CommandTranslator(OneSentence("x"))
    assert await translator.translate(text, Locale.french, context) is None
