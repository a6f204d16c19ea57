"""Inference off the event loop: one worker, small batches, a bounded queue."""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict, deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from bot.errors import BusyError
from bot.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nli import Checker, Judgement, Request

FIRST_GUESS_SECONDS = 0.5
"""What a request takes, as long as none has been made."""
REMEMBERED = 256
CACHED_ANSWERS = 128
CACHED_SENTENCES = 20_000
"""The cache keeps articles alive, so it is bounded by their size too."""


@dataclass(slots=True, eq=False)
class _Ticket:
    """A request and the caller who waits for it."""

    request: Request
    user_id: int
    since: float
    answer: asyncio.Future[tuple[Judgement, ...]]


@dataclass(frozen=True, slots=True)
class _Cached:
    """Holds the request, so that the ids of its articles stay taken."""

    request: Request
    judgements: tuple[Judgement, ...]


class InferenceQueue:
    """Hands requests to the checker in one thread and never lets them pile up.

    While the checker is at work, requests gather; what is waiting then goes to it as one batch,
    one request a person in turn. A caller who is cancelled gives up the place in the queue.
    """

    def __init__(
        self,
        checker: Checker,
        *,
        capacity: int = 64,
        max_batch: int = 8,
        per_user: int = 8,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if min(capacity, max_batch, per_user) < 1:
            raise ValueError("capacity, max_batch and per_user are at least 1")
        self.checker = checker
        self.capacity = capacity
        self.latencies: deque[float] = deque(maxlen=REMEMBERED)
        """Seconds from `submit` to answer, newest last."""
        self.completed = 0
        self.failed = 0
        self.refused = 0
        self.cache_hits = 0
        self.batches = 0
        self._max_batch = max_batch
        self._per_user = per_user
        self._clock = clock
        self._waiting: OrderedDict[int, deque[_Ticket]] = OrderedDict()
        self._in_work: list[_Ticket] = []
        self._costs: deque[float] = deque(maxlen=REMEMBERED)
        self._cache = _empty_cache()
        self._wake = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None
        self._threads: ThreadPoolExecutor | None = None
        self._closed = False

    @property
    def depth(self) -> int:
        """Requests that wait, without those the checker is at."""
        return sum(len(tickets) for tickets in self._waiting.values())

    @property
    def latency(self) -> float:
        """Median seconds from request to answer of late; 0 before the first."""
        return median(self.latencies) if self.latencies else 0.0

    async def start(self) -> None:
        """Start the worker. Requests made earlier wait for this."""
        if self._worker is None and not self._closed:
            self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="inference")
            self._worker = asyncio.create_task(self._work(self._threads), name="inference")

    async def close(self) -> None:
        """Refuse what waits, let the batch in work finish, stop the worker."""
        self._closed = True
        for ticket in self._take(self.depth):
            _fail(ticket, _closing())
        self._wake.set()
        if self._worker is not None:
            await self._worker
        if self._threads is not None:
            self._threads.shutdown(wait=True)

    async def submit(self, request: Request, *, user_id: int = 0) -> tuple[Judgement, ...]:
        """Judge one request; one judgement an article, in order.

        Raises:
            BusyError: too much is waiting, of everybody's or of this user's, or the bot stops.
        """
        key, cache = _key(request), self._cache
        if cached := cache.get(key):
            self.cache_hits += 1
            return cached.judgements
        self._admit(user_id)
        since = self._clock()
        ticket = _Ticket(request, user_id, since, asyncio.get_running_loop().create_future())
        self._waiting.setdefault(user_id, deque()).append(ticket)
        self._wake.set()
        try:
            judgements = await ticket.answer
        finally:
            self._withdraw(ticket)
        self.latencies.append(self._clock() - since)
        cache.put(key, _Cached(request, judgements))
        return judgements

    def clear_cache(self) -> None:
        """Let all answers go; those under way are given but not kept."""
        self._cache = _empty_cache()

    def _admit(self, user_id: int) -> None:
        if self._closed:
            raise _closing()
        if self.depth >= self.capacity:
            self.refused += 1
            raise BusyError(
                "Many people are asking just now. Try again in {seconds} s.", self._wait_seconds()
            )
        if len(self._waiting.get(user_id, ())) >= self._per_user:
            self.refused += 1
            raise BusyError(
                "Several of your checks are still waiting. Try again in {seconds} s.",
                self._wait_seconds(),
            )

    def _wait_seconds(self) -> int:
        """How long until what is asked for now has been worked off."""
        each = median(self._costs) if self._costs else FIRST_GUESS_SECONDS
        return max(1, math.ceil(each * (self.depth + len(self._in_work))))

    def _take(self, most: int) -> list[_Ticket]:
        """The next tickets, one a user in turn."""
        taken: list[_Ticket] = []
        while self._waiting and len(taken) < most:
            user_id, tickets = self._waiting.popitem(last=False)
            taken.append(tickets.popleft())
            if tickets:
                self._waiting[user_id] = tickets
        return taken

    def _withdraw(self, ticket: _Ticket) -> None:
        tickets = self._waiting.get(ticket.user_id)
        if tickets and ticket in tickets:
            tickets.remove(ticket)
            if not tickets:
                del self._waiting[ticket.user_id]

    async def _work(self, threads: ThreadPoolExecutor) -> None:
        try:
            while not self._closed:
                await self._wake.wait()
                self._wake.clear()
                while batch := self._take(self._max_batch):
                    self._in_work = batch
                    await self._judge(batch, threads)
                    self._in_work = []
        finally:
            self._closed = True
            for ticket in [*self._in_work, *self._take(self.depth)]:
                _fail(ticket, _closing())

    async def _judge(self, batch: list[_Ticket], threads: ThreadPoolExecutor) -> None:
        """Answer a batch; if it fails, find out whose fault it was by judging one by one."""
        self.batches += 1
        started = self._clock()
        requests = [ticket.request for ticket in batch]
        try:
            answers = await _in_thread(threads, self.checker, requests)
        except Exception as error:  # whatever it is, it is the caller's to handle
            if len(batch) == 1:
                self.failed += 1
                _fail(batch[0], error)
            else:
                for ticket in batch:
                    if not ticket.answer.done():
                        await self._judge([ticket], threads)
        else:
            self.completed += len(batch)
            self._costs.append((self._clock() - started) / len(batch))
            for ticket, judgements in zip(batch, answers, strict=True):
                if not ticket.answer.done():
                    ticket.answer.set_result(judgements)


async def _in_thread(
    threads: ThreadPoolExecutor, checker: Checker, requests: Sequence[Request]
) -> list[tuple[Judgement, ...]]:
    answers = await asyncio.get_running_loop().run_in_executor(
        threads, checker.check_many, requests
    )
    if len(answers) != len(requests):
        raise RuntimeError(f"{len(answers)} answers to {len(requests)} requests")
    return answers


def _fail(ticket: _Ticket, error: Exception) -> None:
    if not ticket.answer.done():
        ticket.answer.set_exception(error)


def _closing() -> BusyError:
    return BusyError("I am just being restarted. Try again in {seconds} s.", 30)


def _key(request: Request) -> object:
    # Comparing articles sentence by sentence would cost more than the cache saves.
    return (request.claim, tuple(id(article) for article in request.articles))


def _empty_cache() -> Recent[object, _Cached]:
    return Recent(CACHED_ANSWERS, max_weight=CACHED_SENTENCES, weigh=_sentences)


def _sentences(cached: _Cached) -> int:
    return sum(len(article.sentences) for article in cached.request.articles)
