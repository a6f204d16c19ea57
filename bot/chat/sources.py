"""From the words somebody uses for an article to the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.library.models import Place, Source
    from bot.library.store import Store

_WORD = re.compile(r"\w+")
_FILLERS = frozenset(
    _WORD.findall(
        "the a an article source story report number no nr about on of called titled one from "
        "der die das den dem artikel quelle bericht text nummer ueber über zu zum zur vom von"
    )
)


async def find_source(
    store: Store, place: Place, words: str, *, title_only: bool = False
) -> Source | None:
    """The article that the words mean: its number, words of its title, or words in it.

    If several fit, the newest.
    """
    if words.isdecimal():
        return await store.source(int(words[:18]), place.visible)
    telling = [word for word in _words(words) if word not in _FILLERS] or _words(words)
    wanted = " ".join(telling)
    if not wanted:
        return None
    for source in await store.find_sources(place.visible, wanted):
        if _has_all(source.title, telling):
            return source
    for hit in [] if title_only else await store.search(place.visible, wanted):
        if _has_all(hit.sentence, telling):
            return hit.source
    return None


async def named_source(store: Store, place: Place, words: str) -> Source:
    """As `find_source`.

    Raises:
        UserError: there is no such article.
    """
    source = await find_source(store, place, words)
    if source is None:
        raise UserError(
            "No article here has a title with “{words}”. Ask “which articles do you have?” to "
            "see them all.",
            words=words[:100],
        )
    return source


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _has_all(text: str, beginnings: Iterable[str]) -> bool:
    """Whether the text has a word that begins so, for each."""
    there = _words(text)
    return all(any(word.startswith(beginning) for word in there) for beginning in beginnings)
