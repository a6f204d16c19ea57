"""What the terminal's prompt offers to complete."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prompt_toolkit.completion import Completer, Completion

from bot.cards.plain import one_line
from bot.terminal_commands import COMMANDS, PLACE, WORDS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

    from bot.library.store import Store

_ARTICLE = re.compile(r"/(?:source (?:show|use|remove)|check) (?P<typed>#?(?P<words>[^#]*))$")


class TerminalCompleter(Completer):
    """Commands once a line begins with a slash, words on Tab, and articles by their titles."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        line = document.text_before_cursor
        if line.startswith("/") or complete_event.completion_requested:
            for command in (*COMMANDS, *WORDS):
                if command.startswith(line) and command != line:
                    yield Completion(command, start_position=-len(line))

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        for completion in self.get_completions(document, complete_event):
            yield completion
        if match := _ARTICLE.match(document.text_before_cursor):
            words = match["words"]
            for source in await self._store.find_sources(PLACE.visible, words, limit=10):
                yield Completion(
                    f"#{source.id}",
                    start_position=-len(match["typed"]),
                    display=f"#{source.id}  {one_line(source.title)}",
                )
