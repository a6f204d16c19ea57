"""The bot as a process of its own, as an operator starts it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

import bot
from bot.errors import StartupError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from bot.benchmark.loopback import LoopbackDiscord

CODE = Path(bot.__file__).parent.parent
PATIENCE = 60.0
"""Seconds given to a process that was told to end."""


class BotProcess:
    """`python -m bot <command>`, with its log in a file; leaving the context ends it.

    Only what `environment` says is set: settings of this process, and a `.env` where it was
    started, do not reach it.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        folder: Path,
        *arguments: str,
        program: tuple[str, ...] = (sys.executable, "-m", "bot"),
    ) -> None:
        self._command = (*program, *(arguments or ("run",)))
        self._folder = folder
        ours = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("ATTEST_") and name != "DISCORD_TOKEN"
        }
        self._environment = ours | {"PYTHONPATH": str(CODE)} | dict(environment)
        self._log = folder / "bot.log"
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.running:
            try:
                await self.stop()
            except TimeoutError:
                self.kill()
                await self.wait()

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=self._folder,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @property
    def process(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise RuntimeError("The process was not started.")
        return self._process

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def log(self) -> str:
        """All it has said so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    async def log_in(self, discord: LoopbackDiscord, within: float = 180.0) -> None:
        """Wait until it is logged in.

        Raises:
            StartupError: it ended instead; the message is what it said.
            TimeoutError: it did neither.
        """

        def look() -> bool | None:
            return True if discord.logged_in or not self.running else None

        await discord.until(look, within)
        if not self.running:
            raise StartupError(f"The bot ended instead of logging in.\n{self.log}")

    async def wait(self, within: float = PATIENCE) -> int:
        """Its exit status.

        Raises:
            TimeoutError: it is still running.
        """
        return await asyncio.wait_for(self.process.wait(), within)

    async def stop(self, number: signal.Signals = signal.SIGTERM, within: float = PATIENCE) -> int:
        """Tell it to end and wait for that."""
        if self.running:
            self.process.send_signal(number)
        return await self.wait(within)

    def kill(self) -> None:
        if self.running:
            self.process.kill()
