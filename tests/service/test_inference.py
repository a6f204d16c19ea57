from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.errors import BusyError
from bot.inference import InferenceQueue
from nli import Article, Judgement, Request, Verdict
from tests.fakes import PlainChecker
from tests.service.world import BRIDGE, Clock

ARTICLE = Article.from_sentences(BRIDGE)
CLAIM = "The mayor opened the harbour bridge."


def request(number: int) -> Request:
    return Request(f"{CLAIM} {number}", (ARTICLE,))


async def turns(count: int = 20) -> None:
    """Let other tasks run."""
    for _ in range(count):
        await asyncio.sleep(0)


async def held_up(checker: PlainChecker) -> None:
    await asyncio.to_thread(checker.entered.wait, 20)


@pytest.fixture
def checker() -> PlainChecker:
    return PlainChecker()


@pytest_asyncio.fixture
async def make(checker: PlainChecker) -> AsyncIterator[Callable[..., InferenceQueue]]:
    made: list[InferenceQueue] = []

    def build(**options: object) -> InferenceQueue:
        queue = InferenceQueue(checker, **options)  # pyright: ignore[reportArgumentType]
        made.append(queue)
        return queue

    yield build
    checker.gate.set()
    for queue in made:
        await queue.close()


Make = Callable[..., InferenceQueue]
Tasks = list[asyncio.Task[tuple[Judgement, ...]]]


async def busy_queue(checker: PlainChecker, queue: InferenceQueue) -> Tasks:
    """A queue whose checker is held up with one request of user 0."""
    checker.gate.clear()
    await queue.start()
    first = asyncio.create_task(queue.submit(request(0)))
    await turns()
    await held_up(checker)
    return [first]


def submit(queue: InferenceQueue, number: int, user_id: int) -> Tasks:
    return [asyncio.create_task(queue.submit(request(number), user_id=user_id))]


async def test_gives_a_judgement_for_each_article_in_order(
    checker: PlainChecker, make: Make
) -> None:
    queue = make()
    await queue.start()
    other = Article.from_sentences(["Nothing of the kind."])
    judgements = await queue.submit(Request(CLAIM, (other, ARTICLE)))
    assert [judgement.verdict for judgement in judgements] == [
        Verdict.NOT_MENTIONED,
        Verdict.SUPPORTED,
    ]


async def test_what_waits_is_judged_together_up_to_the_largest_batch(
    checker: PlainChecker, make: Make
) -> None:
    queue = make(max_batch=3)
    tasks = await busy_queue(checker, queue)
    for user in range(1, 6):
        tasks += submit(queue, user, user)
    await turns()
    assert queue.depth == 5
    checker.gate.set()
    await asyncio.gather(*tasks)
    assert [len(batch) for batch in checker.batches] == [1, 3, 2]
    assert queue.depth == 0
    assert queue.completed == 6


async def test_the_event_loop_runs_on_while_the_checker_works(
    checker: PlainChecker, make: Make
) -> None:
    queue = make()
    [task] = await busy_queue(checker, queue)
    await turns(100)
    assert not task.done()
    checker.gate.set()
    assert (await task)[0].verdict is Verdict.SUPPORTED


async def test_users_take_turns(checker: PlainChecker, make: Make) -> None:
    queue = make(max_batch=1)
    tasks = await busy_queue(checker, queue)
    for number in (1, 2, 3):
        tasks += submit(queue, number, user_id=1)
    tasks += submit(queue, 4, user_id=2)
    await turns()
    checker.gate.set()
    await asyncio.gather(*tasks)
    order = [batch[0].claim[-1] for batch in checker.batches]
    assert order == ["0", "1", "4", "2", "3"]


async def test_a_full_queue_says_when_to_come_back(checker: PlainChecker, make: Make) -> None:
    clock = Clock()
    queue = make(capacity=3, clock=clock)
    checker.gate.clear()
    await queue.start()
    tasks = submit(queue, 9, user_id=9)
    await turns()
    await held_up(checker)
    clock.pass_seconds(6)
    checker.gate.set()
    await asyncio.gather(*tasks)
    checker.entered.clear()
    tasks = await busy_queue(checker, queue)
    for user in (1, 2, 3):
        tasks += submit(queue, user, user)
    await turns()
    with pytest.raises(BusyError) as caught:
        await queue.submit(request(4), user_id=4)
    # Three wait and one is in work, at six seconds each.
    assert caught.value.retry_after == 24
    assert "24 s" in str(caught.value)
    assert queue.refused == 1
    checker.gate.set()
    assert len(await asyncio.gather(*tasks)) == 4


async def test_one_user_cannot_fill_the_queue(checker: PlainChecker, make: Make) -> None:
    queue = make(per_user=2)
    tasks = await busy_queue(checker, queue)
    tasks += [*submit(queue, 1, 5), *submit(queue, 2, 5)]
    await turns()
    with pytest.raises(BusyError, match="your checks"):
        await queue.submit(request(3), user_id=5)
    tasks += submit(queue, 4, user_id=6)
    checker.gate.set()
    assert len(await asyncio.gather(*tasks)) == 4


async def test_who_gives_up_leaves_the_queue(checker: PlainChecker, make: Make) -> None:
    queue = make()
    tasks = await busy_queue(checker, queue)
    [leaving] = submit(queue, 1, 1)
    tasks += submit(queue, 2, 2)
    await turns()
    leaving.cancel()
    await turns()
    assert queue.depth == 1
    checker.gate.set()
    await asyncio.gather(*tasks)
    judged = [judged.claim[-1] for batch in checker.batches for judged in batch]
    assert judged == ["0", "2"]


async def test_giving_up_in_the_middle_of_the_work_harms_nobody(
    checker: PlainChecker, make: Make
) -> None:
    queue = make()
    [leaving] = await busy_queue(checker, queue)
    tasks = submit(queue, 1, 1)
    leaving.cancel()
    await turns()
    checker.gate.set()
    [[judgement]] = await asyncio.gather(*tasks)
    assert judgement.claim == request(1).claim


async def test_one_bad_request_does_not_fail_its_neighbours(
    checker: PlainChecker, make: Make
) -> None:
    queue = make()
    tasks = await busy_queue(checker, queue)
    for user in (1, 2, 3):
        tasks += submit(queue, user, user)
    await turns()
    checker.failing = lambda asked: ValueError("broken") if asked.claim.endswith("2") else None
    checker.gate.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(result, ValueError) for result in results] == [False, False, True, False]
    assert queue.failed == 1
    assert queue.completed == 3


async def test_works_on_after_an_error(checker: PlainChecker, make: Make) -> None:
    queue = make()
    await queue.start()
    checker.failing = lambda _: RuntimeError("out of order")
    with pytest.raises(RuntimeError):
        await queue.submit(request(1))
    checker.failing = lambda _: None
    [judgement] = await queue.submit(request(1))
    assert judgement.verdict is Verdict.SUPPORTED


async def test_an_answer_missing_is_an_error_not_a_mix_up(
    make: Make, checker: PlainChecker
) -> None:
    queue = make()
    await queue.start()
    checker.check_many = lambda requests: []  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="0 answers to 1 requests"):
        await queue.submit(request(1))


async def test_closing_answers_everybody(checker: PlainChecker, make: Make) -> None:
    queue = make()
    tasks = await busy_queue(checker, queue)
    tasks += submit(queue, 1, 1)
    await turns()
    closing = asyncio.create_task(queue.close())
    await turns()
    assert tasks[1].done()
    assert not tasks[0].done()
    checker.gate.set()
    await closing
    done, refused = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(done, tuple)
    assert isinstance(refused, BusyError)
    with pytest.raises(BusyError):
        await queue.submit(request(2))


async def test_closing_what_was_never_started_answers_everybody(make: Make) -> None:
    queue = make()
    [task] = submit(queue, 1, 1)
    await turns()
    await queue.close()
    with pytest.raises(BusyError):
        await task
    await queue.close()


async def test_the_same_claim_and_articles_are_judged_once(
    checker: PlainChecker, make: Make
) -> None:
    queue = make()
    await queue.start()
    first = await queue.submit(request(1))
    assert await queue.submit(request(1)) == first
    assert queue.cache_hits == 1
    same_text = Article.from_sentences(BRIDGE)
    await queue.submit(Request(request(1).claim, (same_text,)))
    assert len(checker.batches) == 2


async def test_a_cleared_cache_keeps_no_answer_under_way(checker: PlainChecker, make: Make) -> None:
    queue = make()
    await queue.start()
    await queue.submit(request(1))
    tasks = await busy_queue(checker, queue)
    queue.clear_cache()
    checker.gate.set()
    await asyncio.gather(*tasks)
    for number in (0, 1):
        await queue.submit(request(number))
    assert queue.cache_hits == 0
    assert len(checker.batches) == 4


async def test_measures_the_median_time(checker: PlainChecker, make: Make) -> None:
    clock = Clock()
    queue = make(clock=clock)
    assert queue.latency == 0
    [task] = await busy_queue(checker, queue)
    clock.pass_seconds(2.5)
    checker.gate.set()
    await task
    assert queue.latency == 2.5
    assert list(queue.latencies) == [2.5]


async def test_two_hundred_users_all_get_an_answer_or_are_told(
    checker: PlainChecker, make: Make
) -> None:
    queue = make(capacity=64, max_batch=8)
    await queue.start()
    tasks = [task for user in range(200) for task in submit(queue, user, user)]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    answered = sum(isinstance(result, tuple) for result in results)
    told = sum(isinstance(result, BusyError) for result in results)
    assert answered + told == 200
    assert answered >= 64
    assert queue.refused == told


@pytest.mark.parametrize("sizes", [(0, 1, 1), (1, 0, 1), (1, 1, 0)])
def test_refuses_sizes_that_make_no_sense(
    checker: PlainChecker, sizes: tuple[int, int, int]
) -> None:
    capacity, max_batch, per_user = sizes
    with pytest.raises(ValueError, match="at least 1"):
        InferenceQueue(checker, capacity=capacity, max_batch=max_batch, per_user=per_user)
