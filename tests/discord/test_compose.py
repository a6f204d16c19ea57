"""Putting the app together and taking it apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import bot.compose
from bot.compose import compose
from bot.errors import StartupError
from bot.library.models import BUILTIN
from bot.library.store import Store
from nli import Checker, ModelError
from tests.discord.conftest import settings
from tests.fakes import OverlapScorer, PlainChecker

if TYPE_CHECKING:
    from pathlib import Path


async def test_all_is_closed_at_the_end_and_can_be_opened_again(tmp_path: Path) -> None:
    checker = PlainChecker()
    async with compose(settings(tmp_path), lambda _: checker):
        with pytest.raises(StartupError, match="running bot"):
            await Store.open(tmp_path / "attest.sqlite3")
    assert isinstance(checker.scorer, OverlapScorer)
    assert checker.scorer.closed
    async with compose(settings(tmp_path), lambda _: PlainChecker()):
        pass


async def test_what_was_opened_is_closed_when_the_model_fails(tmp_path: Path) -> None:
    def fail(_: str | None) -> Checker:
        raise ModelError("There is no model at somewhere.")

    with pytest.raises(StartupError, match="no model at somewhere"):
        async with compose(settings(tmp_path), fail):
            pytest.fail("it must not start")
    store = await Store.open(tmp_path / "attest.sqlite3")
    await store.close()


async def test_the_model_that_is_set_is_loaded(tmp_path: Path) -> None:
    asked: list[str | None] = []

    def load(model: str | None) -> Checker:
        asked.append(model)
        return PlainChecker()

    async with compose(settings(tmp_path, model="models/one"), load):
        pass
    assert asked == ["models/one"]


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another package of articles than the shipped one."""
    folder = tmp_path / "odd_seeds"
    folder.mkdir()
    (folder / "one.md").write_text("---\ntitle: One\ndate: 2026-01-02\n---\nIt rained in Elm.\n")
    (folder / "empty.md").write_text("")
    (folder / "notes.txt").write_text("No article.")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(bot.compose, "SEEDS", "odd_seeds")
    return folder


@pytest.mark.usefixtures("seeds")
async def test_seeds_are_loaded_once(tmp_path: Path) -> None:
    for _ in range(2):
        async with compose(settings(tmp_path), lambda _: PlainChecker()) as app:
            [source] = await app.store.sources([BUILTIN])
            assert (source.title, source.date) == ("One", "2026-01-02")


async def test_it_starts_without_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.compose, "SEEDS", "no_such_package")
    async with compose(settings(tmp_path), lambda _: PlainChecker()) as app:
        assert await app.store.count([BUILTIN]) == 0


async def test_the_shipped_seeds_are_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(bot.compose, "SEEDS", "seeds")
    async with compose(settings(tmp_path), lambda _: PlainChecker()) as app:
        sources = await app.store.sources([BUILTIN], limit=100)
    assert len(sources) >= 3
    assert all(source.title and source.date for source in sources)
    assert "left out" not in caplog.text


async def test_limits_are_the_operators(tmp_path: Path) -> None:
    chosen = settings(tmp_path, queue_capacity=3)
    async with compose(chosen, lambda _: PlainChecker()) as app:
        assert app.queue.capacity == 3
