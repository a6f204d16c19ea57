from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.library import bulk
from bot.library.bulk import Progress, find_files, import_articles
from bot.library.models import BUILTIN, NewArticle
from tests.library.samples import HERE, article

if TYPE_CHECKING:
    from pathlib import Path

    from bot.library.store import Store


async def read(name: str, data: bytes) -> NewArticle:
    if b"bad" in data:
        raise UserError("There is no text in {name}.", name=name)
    return article(*data.decode().splitlines(), title=name)


async def run(store: Store, path: Path) -> list[Progress]:
    return [progress async for progress in import_articles(store, path, read)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "below").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    for number in range(70):
        (folder / f"{number:03}.txt").write_text(f"Story {number}.\nIt ends.")
    (folder / "below" / "note.HTML").write_text("A note.")
    (folder / "below" / "picture.png").write_bytes(b"\x89PNG")
    (folder / ".hidden" / "secret.txt").write_text("Hidden.")
    return folder


async def test_folder_is_imported_with_progress(store: Store, folder: Path) -> None:
    (folder / "copy.txt").write_text("Story 3.\nIt ends.")
    (folder / "bad.txt").write_text("bad")
    steps = await run(store, folder)
    assert steps[0] == Progress(total=73)
    assert len(steps) > 2
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    last = steps[-1]
    assert (last.total, last.done, last.added, last.known) == (73, 73, 71, 1)
    assert last.problems == ((folder / "bad.txt", "There is no text in bad.txt."),)
    assert await store.count([BUILTIN]) == 71
    assert {source.added_by for source in await store.sources([BUILTIN])} == {0}


async def test_broken_off_import_goes_on_where_it_was(store: Store, folder: Path) -> None:
    steps = import_articles(store, folder, read)
    assert (await anext(steps)).done == 0
    done = (await anext(steps)).done
    await steps.aclose()
    assert await store.count([BUILTIN]) == done
    last = (await run(store, folder))[-1]
    assert (last.added, last.known) == (71 - done, done)
    assert await store.count([BUILTIN]) == 71


async def test_single_file_goes_into_the_scope_asked_for(store: Store, folder: Path) -> None:
    file = folder / "000.txt"
    steps = [step async for step in import_articles(store, file, read, scope=HERE, added_by=9)]
    assert (steps[-1].total, steps[-1].added) == (1, 1)
    [source] = await store.sources([HERE])
    assert (source.title, source.added_by) == ("000.txt", 9)


async def test_unreadable_files_are_told_and_the_rest_imported(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MAX_BYTES", 100)
    (folder / "large.txt").write_text("Too long. " * 20)

    def gone(path: Path) -> list[Path]:
        return [*find_files(path), path / "gone.txt"]

    monkeypatch.setattr(bulk, "find_files", gone)
    last = (await run(store, folder))[-1]
    assert last.added == 71
    reasons = {path.name: reason for path, reason in last.problems}
    assert set(reasons) == {"large.txt", "gone.txt"}
    assert "Split it" in reasons["large.txt"]
    assert "cannot be read" in reasons["gone.txt"]


async def test_nothing_to_import_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no file or folder"):
        await run(store, tmp_path / "nowhere")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UserError, match=r"no \.txt, \.md, \.html or \.pdf file"):
        await run(store, empty)
