"""Ending in order when told to by a signal."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import signal
    from collections.abc import Coroutine

T = TypeVar("T")

log = logging.getLogger(__name__)


async def until_stopped(work: Coroutine[None, None, T], *signals: signal.Signals) -> T | None:
    """Run until done or signalled; the first signal cancels, so that everything is closed.

    Further signals wait for that too. None: it was stopped.
    """
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)
    stopped = False

    def stop() -> None:
        nonlocal stopped
        if not stopped:
            stopped = True
            log.info("Stopping")
            task.cancel()

    # On Windows the loop takes no signals; there Ctrl-C cancels by itself.
    with contextlib.suppress(NotImplementedError):
        for number in signals:
            loop.add_signal_handler(number, stop)
    try:
        return await task
    except asyncio.CancelledError:
        if not stopped:
            raise
        log.info("Stopped")
        return None
    finally:
        with contextlib.suppress(NotImplementedError):
            for number in signals:
                loop.remove_signal_handler(number)
