from __future__ import annotations

from datetime import UTC, datetime

from bot.answers import Answer, Finding
from bot.chat.memory import LIFETIME, MAX_TURNS, Conversation, ConversationMemory
from bot.library.models import BUILTIN, Place, Source, guild_scope
from nli import Judgement, Reason, Verdict
from tests.service.world import DIRECT, HERE, Clock


def finding(source_id: int) -> Finding:
    return Finding(
        Source(source_id, BUILTIN, "", "", "", "", 0, datetime.now(UTC), 1),
        Judgement("A claim.", Verdict.SUPPORTED, 0.9, Reason.STATED, ()),
    )


def answer(check_id: int, source_id: int, disagreeing_id: int | None = None) -> Answer:
    other = finding(disagreeing_id) if disagreeing_id else None
    return Answer(check_id, "A claim.", finding(source_id), other)


def test_remembers_the_last_check_and_where_it_came_from() -> None:
    memory = ConversationMemory()
    memory.remember(HERE, [answer(1, 5), answer(2, 6, disagreeing_id=7)])
    turn = memory.recall(HERE).last
    assert turn is not None
    assert (turn.check_id, turn.source_id, turn.disagreeing_id) == (2, 6, 7)
    first = memory.recall(HERE).turn(1)
    assert first is not None
    assert first.source_id == 5


def test_articles_tried_add_up() -> None:
    memory = ConversationMemory()
    memory.remember(HERE, [answer(1, 5)])
    memory.remember(HERE, [answer(2, 6)], tried=frozenset([5]))
    turn = memory.recall(HERE).last
    assert turn is not None
    assert turn.tried == {5, 6}


def test_each_person_in_each_channel_has_a_conversation() -> None:
    memory = ConversationMemory()
    memory.remember(HERE, [answer(1, 5)])
    neighbour = Place(guild_scope(1), HERE.channel_id, HERE.user_id + 1)
    assert memory.recall(neighbour) == Conversation()
    assert memory.recall(DIRECT) == Conversation()


def test_forgets_half_an_hour_after_the_last_message() -> None:
    clock = Clock()
    memory = ConversationMemory(clock=clock)
    memory.remember(HERE, [answer(1, 5)])
    memory.choose(HERE, 5)
    clock.pass_seconds(LIFETIME - 1)
    assert memory.touch(HERE).chosen_id == 5
    clock.pass_seconds(LIFETIME - 1)
    assert memory.recall(HERE).chosen_id == 5
    clock.pass_seconds(1)
    assert memory.recall(HERE) == Conversation()
    assert len(memory) == 0


def test_is_bounded_in_conversations_and_in_turns() -> None:
    memory = ConversationMemory(capacity=3)
    for user_id in range(10):
        memory.remember(Place(guild_scope(1), 10, user_id), [answer(user_id + 1, 5)])
    assert len(memory) == 3
    last = Place(guild_scope(1), 10, 9)
    for number in range(50):
        memory.remember(last, [answer(100 + number, 5)])
    turns = memory.recall(last).turns
    assert len(turns) == MAX_TURNS
    assert turns[-1].check_id == 149


def test_asking_nothing_leaves_no_trace() -> None:
    memory = ConversationMemory()
    memory.touch(HERE)
    assert len(memory) == 0


def test_a_person_can_be_forgotten() -> None:
    memory = ConversationMemory()
    other = Place(guild_scope(1), 10, 555)
    for place in (HERE, DIRECT, other):
        memory.remember(place, [answer(1, 5)])
    memory.forget_user(HERE.user_id)
    assert memory.recall(HERE) == memory.recall(DIRECT) == Conversation()
    assert memory.recall(other) != Conversation()


def test_a_check_that_was_not_kept_is_not_remembered() -> None:
    memory = ConversationMemory()
    memory.remember(HERE, [answer(0, 5)])
    assert len(memory) == 0
