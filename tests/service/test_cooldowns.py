from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cooldowns import Allowance, Cooldowns
from bot.errors import BusyError
from bot.library.models import Place, guild_scope
from tests.service.world import DIRECT, ELSEWHERE, HERE, Clock


def test_so_many_at_once_then_wait_as_long_as_it_says() -> None:
    clock = Clock()
    cooldowns = Cooldowns(user=Allowance(3, 30), server=None, clock=clock)
    for _ in range(3):
        cooldowns.spend(HERE)
    with pytest.raises(BusyError) as caught:
        cooldowns.spend(HERE)
    assert caught.value.retry_after == 10
    assert str(caught.value).endswith("Try again in 10 s.")
    clock.pass_seconds(9.5)
    with pytest.raises(BusyError) as caught:
        cooldowns.spend(HERE)
    assert caught.value.retry_after == 1
    clock.pass_seconds(1)
    cooldowns.spend(HERE)


def test_a_person_has_one_allowance_everywhere() -> None:
    cooldowns = Cooldowns(user=Allowance(2, 60), server=None, clock=Clock())
    cooldowns.spend(HERE)
    cooldowns.spend(DIRECT)
    with pytest.raises(BusyError, match="You are asking"):
        cooldowns.spend(ELSEWHERE)


def test_a_server_has_an_allowance_for_all_its_members() -> None:
    cooldowns = Cooldowns(user=None, server=Allowance(2, 60), clock=Clock())
    members = [Place(guild_scope(1), 10, user_id) for user_id in (1, 2, 3)]
    cooldowns.spend(members[0])
    cooldowns.spend(members[1])
    with pytest.raises(BusyError, match="This server"):
        cooldowns.spend(members[2])
    cooldowns.spend(ELSEWHERE)
    cooldowns.spend(DIRECT)


def test_who_is_refused_for_the_server_keeps_their_own_allowance() -> None:
    clock = Clock()
    cooldowns = Cooldowns(user=Allowance(2, 1_000), server=Allowance(1, 1), clock=clock)
    cooldowns.spend(Place(guild_scope(1), 10, 99))
    with pytest.raises(BusyError):
        cooldowns.spend(HERE)
    clock.pass_seconds(1)
    cooldowns.spend(HERE)
    clock.pass_seconds(1)
    cooldowns.spend(HERE)


def test_more_than_a_full_allowance_at_once_is_possible_with_a_full_one() -> None:
    clock = Clock()
    cooldowns = Cooldowns(user=Allowance(3, 30), server=None, clock=clock)
    cooldowns.spend(HERE, 5)
    with pytest.raises(BusyError) as caught:
        cooldowns.spend(HERE, 5)
    assert caught.value.retry_after == 30
    clock.pass_seconds(30)
    cooldowns.spend(HERE, 5)


def test_none_lifts_a_limit() -> None:
    cooldowns = Cooldowns(user=None, server=None, clock=Clock())
    for _ in range(1_000):
        cooldowns.spend(HERE, 5)


@pytest.mark.parametrize(("checks", "seconds"), [(0, 1.0), (1, 0.0), (-1, 5.0)])
def test_an_allowance_of_nothing_is_refused(checks: int, seconds: float) -> None:
    with pytest.raises(ValueError, match="allowance"):
        Allowance(checks, seconds)


def refusal(cooldowns: Cooldowns, checks: int) -> float:
    """Seconds to wait; 0 if the checks were granted."""
    try:
        cooldowns.spend(HERE, checks)
    except BusyError as error:
        return error.retry_after
    return 0


@given(
    allowance=st.builds(Allowance, st.integers(1, 20), st.floats(0.1, 100)),
    steps=st.lists(st.tuples(st.floats(0, 50), st.integers(1, 6)), max_size=40),
)
def test_waiting_as_long_as_it_says_is_always_enough(
    allowance: Allowance, steps: list[tuple[float, int]]
) -> None:
    clock = Clock()
    cooldowns = Cooldowns(user=allowance, server=None, clock=clock)
    for seconds, checks in steps:
        clock.pass_seconds(seconds)
        wait = refusal(cooldowns, checks)
        if wait:
            clock.pass_seconds(wait)
            cooldowns.spend(HERE, checks)
