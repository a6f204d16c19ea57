from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.cooldowns import Allowance, Cooldowns
from bot.errors import BusyError, UserError
from bot.library.models import Place, guild_scope, user_scope
from nli import AttestError, InputError, Verdict
from tests.service.world import (
    BRIDGE,
    DIRECT,
    ELSEWHERE,
    FERRY,
    HERE,
    TALKS,
    World,
    world,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.answers import Answer

NEIGHBOUR = Place(HERE.scope, HERE.channel_id, user_id=101)
OPENED = "The mayor opened the harbour bridge on Monday."


@pytest_asyncio.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as opened:
        yield opened


async def test_a_chosen_source_is_the_only_one_asked(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    talks = await here.add("Talks", TALKS)
    answer = await here.service.check(OPENED, HERE, source_id=talks.id)
    assert answer.finding.source == talks
    assert answer.finding.judgement.verdict is Verdict.NOT_MENTIONED
    assert answer.searched == 1
    assert len(here.checker.batches[0][0].articles) == 1


async def test_the_channels_article_comes_before_the_library(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    talks = await here.add("Talks", TALKS)
    await here.store.set_channel_source(HERE, talks.id)
    assert (await here.service.check(OPENED, HERE)).finding.source == talks
    assert (await here.service.check(OPENED, ELSEWHERE)).finding.source != talks


async def test_the_library_is_searched_and_the_deciding_article_answers(here: World) -> None:
    await here.add("Talks", TALKS)
    bridge = await here.add("Bridge", BRIDGE)
    answer = await here.service.check("The harbour bridge was opened by the mayor", HERE)
    assert answer.finding.source == bridge
    assert answer.finding.judgement.verdict is Verdict.SUPPORTED
    assert answer.finding.judgement.evidence[0].sentence == BRIDGE[0]
    assert answer.searched == 2


async def test_articles_that_disagree_are_both_shown(here: World) -> None:
    bridge = await here.add("Bridge", BRIDGE)
    ferry = await here.add("Ferry", FERRY)
    answer = await here.service.check(OPENED, HERE)
    assert answer.disagreeing is not None
    assert {answer.finding.source.id, answer.disagreeing.source.id} == {bridge.id, ferry.id}
    verdicts = {answer.finding.judgement.verdict, answer.disagreeing.judgement.verdict}
    assert verdicts == {Verdict.SUPPORTED, Verdict.CONTRADICTED}


async def test_all_candidates_go_to_the_checker_as_one_request(here: World) -> None:
    for number in range(8):
        await here.add(f"Bridge {number}", [f"In town {number} a bridge was opened."])
    await here.service.check("A bridge was opened.", HERE)
    [[request]] = here.checker.batches
    assert len(request.articles) == 3


async def test_a_claim_without_a_known_word_is_not_mentioned(here: World) -> None:
    await here.add("Talks", TALKS)
    newest = await here.add("Bridge", BRIDGE)
    answer = await here.service.check("Zebras xylophoned quietly.", HERE)
    assert answer.finding.judgement.verdict is Verdict.NOT_MENTIONED
    assert answer.finding.source == newest


async def test_without_articles_it_says_how_to_add_one(here: World) -> None:
    with pytest.raises(UserError, match="/source add"):
        await here.service.check(OPENED, HERE)


async def test_nothing_of_another_server_or_person_is_used(here: World) -> None:
    theirs = await here.add("Bridge", BRIDGE, guild_scope(2))
    own = await here.add("Bridge again", (*BRIDGE, "So it was."), user_scope(100))
    with pytest.raises(UserError, match="no articles here"):
        await here.service.check(OPENED, HERE)
    for source_id in (theirs.id, own.id, 999_999, 0, -1, 2**70):
        with pytest.raises(UserError, match="no article #"):
            await here.service.check(OPENED, HERE, source_id=source_id)
    assert (await here.service.check(OPENED, DIRECT)).finding.source == own


async def test_each_check_is_logged_and_found_again(here: World) -> None:
    bridge = await here.add("Bridge", BRIDGE)
    answer = await here.service.check(OPENED, HERE)
    stored = await here.service.earlier(answer.check_id, HERE)
    assert stored.claim == answer.claim
    assert stored.source == bridge
    assert stored.judgement == answer.finding.judgement
    assert stored.place == HERE


async def test_checks_of_another_place_do_not_exist(here: World) -> None:
    bridge = await here.add("Bridge", BRIDGE)
    answer = await here.service.check(OPENED, HERE)
    for place in (ELSEWHERE, DIRECT):
        for attempt in (
            here.service.earlier(answer.check_id, place),
            here.service.more(answer.check_id, place),
            here.service.others(answer.check_id, place),
            here.service.recheck(answer.check_id, place, bridge.id),
            here.service.feedback(answer.check_id, place, right=True),
        ):
            with pytest.raises(UserError, match="no longer stored"):
                await attempt
    for forged in (0, -5, 2**80, answer.check_id + 1):
        with pytest.raises(UserError, match="no longer stored"):
            await here.service.more(forged, HERE)


async def test_rechecking_takes_the_same_claim_to_another_article(here: World) -> None:
    bridge = await here.add("Bridge", BRIDGE)
    talks = await here.add("Talks", TALKS)
    first = await here.service.check(OPENED, HERE, source_id=bridge.id)
    second = await here.service.recheck(first.check_id, HERE, talks.id)
    assert second.claim == first.claim
    assert second.finding.source == talks
    assert second.check_id != first.check_id


async def test_others_are_likeliest_first_and_without_the_one_used(here: World) -> None:
    bridge = await here.add("Bridge", BRIDGE)
    ferry = await here.add("Ferry", FERRY)
    talks = await here.add("Talks", TALKS)
    answer = await here.service.check(OPENED, HERE, source_id=bridge.id)
    assert await here.service.others(answer.check_id, HERE) == [ferry, talks]


async def test_more_evidence_is_what_stands_around(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    answer = await here.service.check("The bridge cost 40 million euros.", HERE)
    more = await here.service.more(answer.check_id, HERE)
    assert more.sentences == (
        (0, BRIDGE[0], False),
        (1, BRIDGE[1], True),
        (2, BRIDGE[2], False),
    )
    assert more.verdict is Verdict.SUPPORTED
    assert more.check_id == answer.check_id


async def test_the_nearest_sentence_of_a_silent_article_decides_nothing(here: World) -> None:
    await here.add("Talks", TALKS)
    answer = await here.service.check("The talks cost nine lives.", HERE)
    more = await here.service.more(answer.check_id, HERE)
    assert more.verdict is Verdict.NOT_MENTIONED
    assert more.sentences
    assert not any(decides for _, _, decides in more.sentences)


async def test_more_of_an_article_that_is_gone(here: World) -> None:
    bridge = await here.add("Bridge", BRIDGE, HERE.scope)
    answer = await here.service.check(OPENED, HERE)
    await here.store.remove(bridge.id, HERE.scope)
    with pytest.raises(UserError, match="has been removed"):
        await here.service.more(answer.check_id, HERE)
    with pytest.raises(UserError, match="no article #"):
        await here.service.recheck(answer.check_id, HERE, bridge.id)


async def test_an_article_removed_while_it_is_judged_still_gives_its_answer(
    here: World,
) -> None:
    bridge = await here.add("Bridge", BRIDGE, HERE.scope)
    here.checker.gate.clear()
    checking = asyncio.create_task(here.service.check(OPENED, HERE))
    await asyncio.to_thread(here.checker.entered.wait, 20)
    await here.store.remove(bridge.id, HERE.scope)
    here.checker.gate.set()
    answer = await checking
    assert answer.finding.judgement.verdict is Verdict.SUPPORTED
    assert (await here.service.earlier(answer.check_id, HERE)).source is None


async def test_feedback_is_kept(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    answer = await here.service.check(OPENED, HERE)
    await here.service.feedback(
        answer.check_id, HERE, right=False, right_verdict=Verdict.NOT_MENTIONED, why="Not so."
    )
    await here.service.feedback(answer.check_id, HERE, right=True, why="\ud800" + "x" * 5_000)
    forgotten = await here.store.forget_user(HERE.user_id)
    assert forgotten.feedback == 1


async def test_purged_checks_are_said_to_be_gone(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    answer = await here.service.check(OPENED, HERE)
    await here.store.purge(datetime.now(UTC) + timedelta(days=365))
    with pytest.raises(UserError, match="no longer stored"):
        await here.service.feedback(answer.check_id, HERE, right=True)


async def test_several_claims_are_checked_in_their_order(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    await here.add("Talks", TALKS)
    answers = await here.service.check_message(
        f"{OPENED} The talks ended without a deal. The bridge cost 50 million euros.", HERE
    )
    assert [answer.finding.judgement.verdict for answer in answers] == [
        Verdict.SUPPORTED,
        Verdict.SUPPORTED,
        Verdict.CONTRADICTED,
    ]
    assert len({answer.check_id for answer in answers}) == 3
    assert all(answer.left_out == 0 for answer in answers)


async def test_more_claims_than_five_are_cut_and_counted(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    message = " ".join(f"The bridge in district {number} cost 40 million." for number in range(8))
    answers = await here.service.check_message(message, HERE)
    assert len(answers) == 5
    assert [answer.left_out for answer in answers] == [0, 0, 0, 0, 3]


async def test_a_claim_made_twice_is_checked_once(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    [answer] = await here.service.check_message(f"{OPENED}\n{OPENED}", HERE)
    assert answer.left_out == 0


async def test_a_claim_too_long_is_left_out_but_for_the_only_one(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    endless = "The harbour bridge " + "of the harbour town " * 60 + "was opened."
    [answer] = await here.service.check_message(f"{OPENED}\n{endless}", HERE)
    assert answer.finding.judgement.evidence[0].sentence == BRIDGE[0]
    assert answer.left_out == 1
    with pytest.raises(InputError, match="too long"):
        await here.service.check_message(endless, HERE)


@pytest.mark.parametrize("text", ["", "   ", "\n", "🙂🙂🙂", "\u200b", "...", "\ud800"])
async def test_nothing_to_check_is_said_kindly(here: World, text: str) -> None:
    await here.add("Bridge", BRIDGE)
    with pytest.raises(AttestError):
        await here.service.check_message(text, HERE)
    with pytest.raises(AttestError):
        await here.service.check(text, HERE)
    assert here.checker.batches == []


async def test_surrogates_and_control_characters_are_survived(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    answer = await here.service.check("The mayor \ud800 opened\x00 the harbour\x1b bridge.", HERE)
    assert answer.finding.judgement.verdict is Verdict.SUPPORTED
    stored = await here.service.earlier(answer.check_id, HERE)
    stored.claim.encode("utf-8")


async def test_too_much_asked_is_refused_before_the_model_is_troubled(tmp_path: Path) -> None:
    async with world(tmp_path, cooldowns=Cooldowns(user=Allowance(2, 60), server=None)) as opened:
        bridge = await opened.add("Bridge", BRIDGE)
        answer = await opened.service.check(OPENED, HERE)
        await opened.service.recheck(answer.check_id, HERE, bridge.id)
        for attempt in (
            opened.service.check(OPENED, HERE),
            opened.service.check_message(OPENED, HERE),
            opened.service.recheck(answer.check_id, HERE, bridge.id),
        ):
            with pytest.raises(BusyError, match="Try again in"):
                await attempt
        await opened.service.more(answer.check_id, HERE)


async def test_a_mistake_costs_nothing_of_the_allowance(tmp_path: Path) -> None:
    async with world(tmp_path, cooldowns=Cooldowns(user=Allowance(1, 60), server=None)) as opened:
        await opened.add("Bridge", BRIDGE)
        for _ in range(3):
            with pytest.raises(UserError):
                await opened.service.check(OPENED, HERE, source_id=999)
        await opened.service.check(OPENED, HERE)


async def test_a_failure_takes_the_other_claims_out_of_the_queue(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    here.checker.failing = lambda request: RuntimeError("broken")
    with pytest.raises(RuntimeError):
        await here.service.check_message(f"{OPENED} The bridge cost 40 million euros.", HERE)
    assert here.queue.depth == 0


async def test_articles_are_read_from_the_store_once(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await here.add("Bridge", BRIDGE)
    reads: list[int] = []
    article = here.store.article

    async def counted(source_id: int) -> object:
        reads.append(source_id)
        return await article(source_id)

    monkeypatch.setattr(here.store, "article", counted)
    await here.service.check(OPENED, HERE)
    await here.service.check("The bridge cost 40 million euros.", HERE)
    assert len(reads) == 1


async def test_status_tells_model_library_and_queue(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    await here.service.check(OPENED, HERE)
    status = await here.service.status(HERE)
    assert status.model == "word overlap"
    assert (status.articles, status.sentences) == (1, 4)
    assert status.depth == 0
    assert status.latency > 0


async def test_status_counts_what_can_be_seen_in_the_place(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    await here.add("Ferry", FERRY, HERE.scope)
    await here.add("Talks", TALKS, DIRECT.scope)
    await here.add("Talks", (*TALKS, "So it was."), ELSEWHERE.scope)
    seen = [await here.service.status(place) for place in (HERE, ELSEWHERE)]
    assert [(status.articles, status.sentences) for status in seen] == [(2, 7), (2, 8)]


async def _checking(here: World, place: Place) -> asyncio.Task[Answer]:
    """A check that has reached the model and waits there."""
    here.checker.gate.clear()
    here.checker.entered.clear()
    checking = asyncio.create_task(here.service.check(OPENED, place))
    await asyncio.to_thread(here.checker.entered.wait, 20)
    return checking


async def test_a_check_under_way_is_not_kept_of_who_wants_to_be_forgotten(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    checking = await _checking(here, HERE)
    waiting = asyncio.create_task(here.service.check_message("The bridge is old.", HERE))
    others = asyncio.create_task(here.service.check(OPENED, NEIGHBOUR))
    await asyncio.sleep(0)
    await here.service.forget_user(HERE.user_id)
    here.checker.gate.set()
    answer = await checking
    assert answer.finding.judgement.verdict is Verdict.SUPPORTED
    assert answer.check_id == 0
    assert [late.check_id for late in await waiting] == [0]
    assert (await others).check_id
    assert (await here.store.stats()).checks == 1
    with pytest.raises(UserError, match="no longer stored"):
        await here.service.more(answer.check_id, HERE)


async def test_who_was_forgotten_may_start_afresh(here: World) -> None:
    await here.add("Bridge", BRIDGE)
    await here.service.forget_user(HERE.user_id)
    answer = await here.service.check(OPENED, HERE)
    assert await here.service.earlier(answer.check_id, HERE)


async def test_forgetting_leaves_no_article_of_ones_own_in_memory(here: World) -> None:
    own = await here.add("Bridge", BRIDGE, DIRECT.scope)
    await here.service.check(OPENED, DIRECT)
    assert await here.service._articles.get(own.id)
    assert len(here.queue._cache) == 1
    await here.service.forget_user(DIRECT.user_id)
    assert await here.service._articles.get(own.id) is None
    assert len(here.queue._cache) == 0
