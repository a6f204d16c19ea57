"""What each conversation is about, for as long as it lasts."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.answers import Answer
    from bot.library.models import Place

LIFETIME = 30 * 60
"""Seconds after its last message."""
MAX_CONVERSATIONS = 5_000
MAX_TURNS = 10


@dataclass(frozen=True, slots=True)
class Turn:
    """A check made in a conversation. Its claim is in the store, where it can be deleted."""

    check_id: int
    source_id: int
    disagreeing_id: int | None = None
    tried: frozenset[int] = frozenset()
    """Articles the same claim was held against before."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person in one channel."""

    turns: tuple[Turn, ...] = ()
    """Oldest first."""
    chosen_id: int | None = None
    """The article to use from now on."""

    @property
    def last(self) -> Turn | None:
        return self.turns[-1] if self.turns else None

    def turn(self, check_id: int) -> Turn | None:
        return next((turn for turn in self.turns if turn.check_id == check_id), None)


class ConversationMemory:
    """Conversations in memory only: bounded, and forgotten half an hour after the last message."""

    def __init__(
        self,
        *,
        lifetime: float = LIFETIME,
        capacity: int = MAX_CONVERSATIONS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lifetime = lifetime
        self._clock = clock
        self._kept: Recent[tuple[int, int], tuple[float, Conversation]] = Recent(capacity)

    def __len__(self) -> int:
        return len(self._kept)

    def recall(self, place: Place) -> Conversation:
        """The conversation; an empty one if there is none."""
        kept = self._kept.get(_key(place))
        if kept is None:
            return Conversation()
        since, conversation = kept
        if self._clock() - since >= self._lifetime:
            self._kept.drop(_key(place))
            return Conversation()
        return conversation

    def remember(
        self, place: Place, answers: Sequence[Answer], *, tried: frozenset[int] = frozenset()
    ) -> None:
        """Note checks, so that "why?" and the like have something to refer to."""
        turns = [
            Turn(
                answer.check_id,
                answer.finding.source.id,
                answer.disagreeing.source.id if answer.disagreeing else None,
                tried | {answer.finding.source.id},
            )
            for answer in answers
            if answer.check_id
        ]
        if not turns:
            return
        conversation = self.recall(place)
        self._keep(place, replace(conversation, turns=(*conversation.turns, *turns)[-MAX_TURNS:]))

    def choose(self, place: Place, source_id: int | None) -> None:
        """Use this article from now on; None for whichever fits."""
        self._keep(place, replace(self.recall(place), chosen_id=source_id))

    def touch(self, place: Place) -> Conversation:
        """The conversation, kept for another while."""
        conversation = self.recall(place)
        if conversation != Conversation():
            self._keep(place, conversation)
        return conversation

    def forget_user(self, user_id: int) -> None:
        """Drop all conversations of one person."""
        for key in self._kept:
            if key[1] == user_id:
                self._kept.drop(key)

    def _keep(self, place: Place, conversation: Conversation) -> None:
        self._kept.put(_key(place), (self._clock(), conversation))


def _key(place: Place) -> tuple[int, int]:
    return (place.channel_id, place.user_id)
