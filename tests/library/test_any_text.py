"""Whatever somebody types, the library neither fails nor forgets."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.library.models import BUILTIN
from bot.library.normalise import digest, storable
from bot.library.store import Store
from tests.library.samples import CHEESE, DAM, FERRY, VISIBLE, article

OPERATORS = ('"', "'", "*", "^", "(", ")", "-", "+", ":", "{", "}", "NEAR", "AND", "OR", "NOT")
ODD = ("text", "rank", "rowid", "dam", "ferry", "#1", "%", "\\", ";", "--", "\0", "\ud800", "é")
TEXT = st.text(st.characters(exclude_categories=()), max_size=80) | st.lists(
    st.sampled_from(OPERATORS + ODD), max_size=12
).map(" ".join)
"""Anything, lone surrogates too, and what means something to a full-text query."""
QUIET = settings(max_examples=60, deadline=None)


def in_a_library(use: Callable[[Store], Awaitable[None]]) -> None:
    async def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = await Store.open(Path(folder) / "library.sqlite3")
            try:
                await store.add_many([DAM, FERRY, CHEESE], BUILTIN, 0)
                await use(store)
            finally:
                await store.close()

    asyncio.run(run())


@QUIET
@given(st.lists(TEXT, min_size=1, max_size=8))
@example(["dam* OR NOT ("])
@example(['"'])
@example(["-dam NEAR(ferry, 2)"])
@example(["text:dam"])
@example(["9" * 40, "#" + "9" * 40, "#²", "٣"])
@example(["dam " * 500])
@example([" ".join(f"word{number}" for number in range(400))])
def test_anything_can_be_searched_for(texts: list[str]) -> None:
    async def use(store: Store) -> None:
        for text in texts:
            for hit in await store.search(VISIBLE, text):
                assert hit.source.scope == BUILTIN
            assert len(await store.search(VISIBLE, text, source_id=1)) <= 3
            assert len(await store.candidates(VISIBLE, text)) <= 3
            assert len(await store.find_sources(VISIBLE, text)) <= 3
        assert len(await store.search(VISIBLE, "the dam")) == 1

    in_a_library(use)


@QUIET
@given(st.lists(TEXT, min_size=1, max_size=5), TEXT)
def test_anything_can_be_stored(sentences: list[str], title: str) -> None:
    async def use(store: Store) -> None:
        source, _ = await store.add(article(*sentences, title=title), BUILTIN, 0)
        assert await store.add(article(*sentences), BUILTIN, 0) == (source, False)
        stored = await store.article(source.id)
        assert stored is not None
        assert [s.text for s in stored.sentences] == [storable(text) for text in sentences]
        stored.title.encode()
        assert await store.remove(source.id, BUILTIN) == source

    in_a_library(use)


@given(TEXT)
def test_storable_text_is_text_and_stays_as_it_is(text: str) -> None:
    stored = storable(text)
    stored.encode()
    assert "\0" not in stored
    assert storable(stored) == stored
    if text == text.encode("utf-8", "ignore").decode() and "\0" not in text:
        assert stored == text


@given(st.lists(TEXT.map(storable), min_size=1), st.integers(min_value=1))
def test_digest_does_not_depend_on_where_sentences_end(texts: list[str], at: int) -> None:
    whole = " ".join(texts)
    cut = at % (len(whole) + 1)
    assert digest([whole[:cut], whole[cut:]]) == digest(texts)
    assert digest([*texts, "x"]) != digest(texts)
