"""Reads files in processes of their own, a few at a time."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator

from bot.errors import BusyError, UserError
from bot.library.documents import Document
from bot.library.reader import Job, outcome

_START_SECONDS = 5
# The token and other secrets are none of its business.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "LD_LIBRARY_PATH")


class Readers:
    """Turns files into documents without the event loop ever waiting for it.

    The parsers hold the interpreter's lock for minutes on pages made to be slow, and no thread
    can be stopped; a process can, and gives back its memory besides.
    """

    def __init__(self, processes: int = 2, max_waiting: int = 16) -> None:
        self._slots = asyncio.Semaphore(processes)
        self._max_waiting = max_waiting
        self.waiting = 0
        self.running: set[asyncio.subprocess.Process] = set()

    async def read(self, job: Job, data: bytes) -> Document:
        """The document in a file.

        Raises:
            UserError: it cannot be read, or only in too much time or memory.
            BusyError: too many files are being read.
        """
        seconds = job.limits.seconds + _START_SECONDS
        async with self._slot(seconds):
            try:
                async with asyncio.timeout(seconds):
                    return await self._run(job, data)
            except TimeoutError:
                raise UserError(
                    "Reading it took longer than {seconds} seconds. "
                    "Paste the text of the article instead.",
                    seconds=round(seconds),
                ) from None

    async def _run(self, job: Job, data: bytes) -> Document:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.library.reader",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
        )
        self.running.add(process)
        try:
            output, complaint = await process.communicate(job.to_json() + data)
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            status = await process.wait()
            self.running.discard(process)
        return outcome(output, status, complaint)

    @contextlib.asynccontextmanager
    async def _slot(self, seconds: float) -> AsyncIterator[None]:
        if self._slots.locked() and self.waiting >= self._max_waiting:
            raise _busy(seconds)
        self.waiting += 1
        try:
            async with asyncio.timeout(seconds):
                await self._slots.acquire()
        except TimeoutError:
            raise _busy(seconds) from None
        finally:
            self.waiting -= 1
        try:
            yield
        finally:
            self._slots.release()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(path or os.curdir for path in sys.path),
        "PYTHONIOENCODING": "utf-8",
    }


def _busy(seconds: float) -> BusyError:
    return BusyError(
        "Many articles are being read at the moment. Try again in {seconds} seconds.", seconds
    )
