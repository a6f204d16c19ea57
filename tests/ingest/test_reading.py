"""Files are read in processes of their own."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.errors import BusyError, UserError
from bot.library.documents import Document, Format, ReadingLimits
from bot.library.ingest import Ingest
from bot.library.reader import Job, outcome
from bot.library.reading import Readers
from tests.ingest.conftest import PAGE, PARAGRAPHS
from tests.ingest.pdfs import make_pdf

JOB = Job(Format.TEXT, "", "", ReadingLimits())
SLOW = Job(Format.HTML, "", "", replace(ReadingLimits(), seconds=-2))
# A tag that the parsers need minutes for.
SLOW_PAGE = b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(150_000)) + b">x"


async def until_running(readers: Readers) -> asyncio.subprocess.Process:
    while not readers.running:  # noqa: ASYNC110 - the class needs no event but here
        await asyncio.sleep(0.01)
    return next(iter(readers.running))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "\n\n".join(PARAGRAPHS).encode()),
        ("a.html", PAGE.encode()),
        ("a.pdf", make_pdf(PARAGRAPHS)),
    ],
)
async def test_a_file_comes_back_as_an_article(name: str, data: bytes) -> None:
    session = aiohttp.ClientSession()
    await session.close()
    new = await Ingest(session).from_file(name, data)
    assert new.article.sentences[0].text == PARAGRAPHS[0]


async def test_any_characters_come_back() -> None:
    text = "Größe, 新しい橋, 🌉 \u202e and \x07." * 10
    assert (await Readers().read(JOB, text.encode())).text == text


async def test_a_refusal_comes_back_with_its_values() -> None:
    with pytest.raises(UserError) as caught:
        await Readers().read(JOB, b"a" * 300_001)
    assert caught.value.values == {"count": 300_001, "limit": 300_000}


async def test_what_takes_too_long_is_ended() -> None:
    readers = Readers()
    task = asyncio.create_task(readers.read(SLOW, SLOW_PAGE))
    process = await until_running(readers)
    with pytest.raises(UserError, match="took longer than 3 seconds"):
        await task
    assert process.returncode is not None
    assert not readers.running


async def test_a_reader_ends_with_who_waits_for_it() -> None:
    readers = Readers()
    task = asyncio.create_task(readers.read(replace(SLOW, limits=ReadingLimits()), SLOW_PAGE))
    process = await until_running(readers)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert process.returncode is not None
    assert not readers.running


async def test_a_reader_that_dies_is_no_mystery_to_the_user() -> None:
    readers = Readers()
    task = asyncio.create_task(readers.read(replace(SLOW, limits=ReadingLimits()), SLOW_PAGE))
    (await until_running(readers)).kill()
    with pytest.raises(UserError, match="too complicated"):
        await task


async def test_no_more_than_so_many_wait() -> None:
    readers = Readers(processes=1, max_waiting=1)
    first = asyncio.create_task(readers.read(JOB, b"One sentence."))
    await until_running(readers)
    second = asyncio.create_task(readers.read(JOB, b"Two sentences."))
    while not readers.waiting:  # noqa: ASYNC110
        await asyncio.sleep(0)
    with pytest.raises(BusyError) as caught:
        await readers.read(JOB, b"Three sentences.")
    assert caught.value.retry_after > 0
    texts = [document.text for document in await asyncio.gather(first, second)]
    assert texts == ["One sentence.", "Two sentences."]


async def test_secrets_stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.library import reading

    monkeypatch.setenv("DISCORD_TOKEN", "hush")
    assert "hush" not in reading._environment().values()


def test_outcomes() -> None:
    assert outcome(b'{"document": {"text": "a"}}', 0, b"") == Document("a")
    refused = json.dumps({"message": "a {n}", "values": {"n": 1}}).encode()
    with pytest.raises(UserError, match="a 1"):
        outcome(refused, 0, b"")
    with pytest.raises(UserError, match="too complicated"):
        outcome(b"", -9, b"")


async def test_a_broken_installation_is_not_blamed_on_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pypdf.py").write_text("raise ImportError('pypdf is gone')")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(RuntimeError, match="pypdf is gone"):
        await Readers().read(replace(JOB, kind=Format.PDF), make_pdf(PARAGRAPHS))


def test_a_job_survives_the_way() -> None:
    job = Job(Format.PDF, "utf-8", "https://x.example/ä", ReadingLimits(max_pages=3))
    assert Job.from_json(job.to_json()) == job
