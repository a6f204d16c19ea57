"""Adds a file, or a folder of them, to the library."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.library.extract import SUFFIXES
from bot.library.models import BUILTIN, NewArticle, Scope
from nli.errors import AttestError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.library.store import Store

MAX_BYTES = 32 * 1024 * 1024
"""A larger file is not even read; what makes an article is for the reader to say."""
BATCH = 32

Reader = Callable[[str, bytes], Awaitable[NewArticle]]
"""Makes an article of a file's name and content; raises an AttestError if it is none."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is; the last one is its result."""

    total: int
    """Files found."""
    added: int = 0
    known: int = 0
    """Files whose article was already there."""
    problems: tuple[tuple[Path, str], ...] = ()
    """Files that could not be added, each with the reason."""

    @property
    def done(self) -> int:
        return self.added + self.known + len(self.problems)


def find_files(path: Path) -> list[Path]:
    """The file itself, or the files that can be read in the folder and below, in order.

    Raises:
        UserError: there is nothing to import.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UserError("There is no file or folder {path}. Check the name.", path=path)
    files = sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in SUFFIXES
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
        and file.is_file()
    )
    if not files:
        raise UserError(
            "The folder {path} has no .txt, .md, .html or .pdf file. "
            "Name one with articles, one a file.",
            path=path,
        )
    return files


async def import_articles(
    store: Store, path: Path, read: Reader, *, scope: Scope = BUILTIN, added_by: int = 0
) -> AsyncGenerator[Progress, None]:
    """Add all articles at `path`, and yield how far it is after each few.

    Can be broken off and started again at any time: what is already there is recognised.

    Raises:
        UserError: there is nothing to import.
    """
    files = await asyncio.to_thread(find_files, path)
    progress = Progress(total=len(files))
    yield progress
    for batch in _batches(files):
        news: list[NewArticle] = []
        problems = list(progress.problems)
        for file in batch:
            try:
                news.append(await read(file.name, await asyncio.to_thread(_content, file)))
            except (AttestError, OSError) as error:
                problems.append((file, _reason(error)))
        is_new = [new for _, new in await store.add_many(news, scope, added_by)]
        progress = Progress(
            total=len(files),
            added=progress.added + sum(is_new),
            known=progress.known + len(is_new) - sum(is_new),
            problems=tuple(problems),
        )
        yield progress
    if progress.added:
        await store.tidy()


def _batches(files: list[Path]) -> Iterator[list[Path]]:
    for start in range(0, len(files), BATCH):
        yield files[start : start + BATCH]


def _content(file: Path) -> bytes:
    with file.open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UserError(
            "The file is larger than {most} MB. Split it into its articles.",
            most=MAX_BYTES // 1024 // 1024,
        )
    return content


def _reason(error: AttestError | OSError) -> str:
    if isinstance(error, OSError):
        return f"The file cannot be read: {error.strerror or error}."
    return str(error)
