"""The slash commands of the terminal; everything else is chat."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.chat.message import ChatMessage
from bot.errors import UserError
from bot.library.ingest import read_article_file
from bot.library.models import Place, user_scope
from bot.replies import checks, library, pages

if TYPE_CHECKING:
    from bot.compose import App
    from bot.i18n import Texts
    from bot.library.models import NewArticle, Source
    from bot.replies.reply import Reply
    from bot.terminal_history import PromptHistory

TERMINAL_USER = 1
"""No Discord account has so low an id."""

PLACE = Place(user_scope(TERMINAL_USER), channel_id=TERMINAL_USER, user_id=TERMINAL_USER)

COMMANDS = (
    "/check ",
    "/source list",
    "/source add ",
    "/source show ",
    "/source search ",
    "/source use ",
    "/source use all",
    "/source remove ",
    "/settings",
    "/settings language de",
    "/settings language en",
    "/settings retention ",
    "/privacy",
    "/forget-me",
    "/about",
    "/status",
    "/help",
    "/quit",
)
WORDS = ("help", "articles", "why?", "more", "other", "right", "wrong", "quit")

MOST_RETENTION_DAYS = 365


class Leave(Exception):  # noqa: N818 - no error: the reader has said goodbye
    """The reader wants to leave."""


class Commands:
    """Answers what is typed in a terminal."""

    def __init__(self, app: App, history: PromptHistory) -> None:
        self._app = app
        self._history = history

    async def answer(self, line: str, texts: Texts) -> Reply:
        """One line typed, one reply.

        Raises:
            AttestError: it cannot be done; the message says why.
            Leave: the line says goodbye.
        """
        line = line.replace("\0", "").strip()
        command, _, rest = line.partition(" ")
        rest = rest.strip()
        match command.lower():
            case "quit" | "exit" | "/quit" | "/exit" if not rest:
                raise Leave
            case "/check":
                return await self._check(rest, texts)
            case "/source":
                return await self._source(rest, texts)
            case "/settings":
                return await self._settings(rest, texts)
            case "/privacy":
                preferences = await self._app.store.preferences(PLACE.scope)
                return pages.privacy_reply(texts, preferences.retention_days)
            case "/forget-me":
                return await self._forget(texts)
            case "/about":
                return pages.about_reply(texts, self._app.service.model)
            case "/status":
                return pages.status_reply(await self._app.service.status(PLACE), texts)
            case "/help" | "help" | "hilfe" if not rest:
                return pages.help_reply(texts, typed=True)
            case _ if command.startswith("/") and "/" not in command[1:]:
                raise UserError(
                    "There is no command {command} here. Type help to see what there is.",
                    command=command,
                )
            case _:
                return await self._app.chat.handle(ChatMessage(line, PLACE, texts))

    async def _check(self, rest: str, texts: Texts) -> Reply:
        chosen = re.match(r"#(\d{1,18})\s+(?=\S)", rest)
        claim = rest[chosen.end() :] if chosen else rest
        source_id = int(chosen[1]) if chosen else None
        answers = await self._app.service.check_message(claim, PLACE, source_id=source_id)
        self._app.chat.memory.remember(PLACE, answers)
        return checks.answers_reply(answers, texts)

    async def _source(self, rest: str, texts: Texts) -> Reply:
        verb, _, argument = rest.partition(" ")
        argument = argument.strip()
        match verb.lower():
            case "list" | "":
                return await self._list(argument, texts)
            case "add" if argument:
                new = await self._read(argument)
                source, is_new = await self._app.store.add(new, PLACE.scope, TERMINAL_USER)
                return library.added_reply(source, is_new, texts)
            case "show" if argument:
                return await self._show(argument, texts)
            case "search" if argument:
                hits = await self._app.store.search(PLACE.visible, argument)
                return library.hits_reply(argument, hits, texts)
            case "use" if argument:
                source = None if argument.lower() == "all" else await self._named(argument)
                await self._app.store.set_channel_source(PLACE, source.id if source else None)
                self._app.chat.memory.choose(PLACE, None)
                return library.using_reply(source, texts)
            case "remove" if argument:
                source = await self._named(argument)
                if await self._app.store.remove(source.id, PLACE.scope) is None:
                    raise UserError("This article is built in and cannot be removed here.")
                return library.removed_reply(source, texts)
            case _:
                raise UserError(
                    "Type /source list, /source add FILE or LINK, /source show NUMBER, "
                    "/source search WORDS, /source use NUMBER or all, or /source remove NUMBER."
                )

    async def _list(self, argument: str, texts: Texts) -> Reply:
        page = max(1, _number(argument) or 1)
        total = await self._app.store.count(PLACE.visible)
        sources = await self._app.store.sources(
            PLACE.visible, limit=library.LIST_PAGE, offset=(page - 1) * library.LIST_PAGE
        )
        return library.source_list_reply(sources, total, page, texts)

    async def _show(self, argument: str, texts: Texts) -> Reply:
        named = re.fullmatch(r"(#?\d+)\s+(\d{1,6})", argument)
        source = await self._named(named[1] if named else argument)
        article = await self._app.store.article(source.id)
        if article is None:
            raise UserError("That article has just been removed.")
        page = int(named[2]) if named else 1
        return library.source_page_reply(source, article, page, texts)

    async def _named(self, words: str) -> Source:
        """The article with that number or, failing that, the one whose title fits best."""
        found = await self._app.store.find_sources(PLACE.visible, words, limit=1)
        if not found:
            raise UserError(
                "There is no article {words} here. Type articles to see which there are.",
                words=words,
            )
        return found[0]

    async def _read(self, argument: str) -> NewArticle:
        if re.match(r"https?://", argument, re.IGNORECASE):
            return await self._app.ingest.from_url(argument)
        return await asyncio.to_thread(_from_file, argument)

    async def _settings(self, rest: str, texts: Texts) -> Reply:
        preferences = await self._app.store.preferences(PLACE.scope)
        if not rest:
            return pages.settings_reply(preferences, texts)
        name, _, value = rest.partition(" ")
        value = value.strip()
        days = _number(value)
        if name == "language" and self._app.catalogues.knows(value):
            preferences = replace(preferences, language=value.lower())
        elif name == "retention" and days is not None and days <= MOST_RETENTION_DAYS:
            preferences = replace(preferences, retention_days=days)
        else:
            raise UserError(
                "Type /settings language de or en, or /settings retention DAYS (0 to {most}).",
                most=MOST_RETENTION_DAYS,
            )
        await self._app.store.set_preferences(PLACE.scope, preferences)
        return pages.settings_reply(
            preferences, self._app.catalogues.texts(preferences.language, texts.language)
        )

    async def _forget(self, texts: Texts) -> Reply:
        self._app.chat.memory.forget_user(TERMINAL_USER)
        forgotten = await self._app.service.forget_user(TERMINAL_USER)
        self._history.clear()
        return pages.forgotten_reply(forgotten, texts)


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else None


def _from_file(argument: str) -> NewArticle:
    return read_article_file(Path(argument.strip("\"'")).expanduser())
