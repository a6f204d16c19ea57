"""How much one person, and one server, may ask in a stretch of time."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import BusyError
from bot.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.library.models import Place

# An entry forgotten early only makes its owner's allowance whole again.
MAX_TRACKED = 20_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """`checks` at once, won back evenly over `seconds`."""

    checks: int
    seconds: float

    def __post_init__(self) -> None:
        if self.checks < 1 or self.seconds <= 0:
            raise ValueError(f"an allowance needs at least one check and some time, not {self}")


class Cooldowns:
    """Token buckets per person and per server; None lifts a limit."""

    def __init__(
        self,
        *,
        user: Allowance | None,
        server: Allowance | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._users = _Buckets(user, clock)
        self._servers = _Buckets(server, clock)

    def spend(self, place: Place, checks: int = 1) -> None:
        """Count checks that are about to be made.

        More checks than fit into a full allowance count as a full allowance, so that every
        request can be granted at some time.

        Raises:
            BusyError: the person or the server has to wait; nothing was counted.
        """
        user = str(place.user_id)
        if wait := self._users.wait(user, checks):
            raise BusyError(
                "You are asking faster than I can check. Try again in {seconds} s.", wait
            )
        if place.is_guild and (wait := self._servers.wait(place.scope, checks)):
            raise BusyError(
                "This server has asked a lot in a short time. Try again in {seconds} s.", wait
            )
        self._users.take(user, checks)
        if place.is_guild:
            self._servers.take(place.scope, checks)


class _Buckets:
    """Token buckets of one kind."""

    def __init__(self, allowance: Allowance | None, clock: Callable[[], float]) -> None:
        self._allowance = allowance
        self._clock = clock
        self._levels: Recent[str, tuple[float, float]] = Recent(MAX_TRACKED)
        """Tokens left and when that was so."""

    def wait(self, key: str, checks: int) -> int:
        """Whole seconds until so many checks may be made; 0 means now."""
        if self._allowance is None:
            return 0
        missing = min(checks, self._allowance.checks) - self._level(key, self._allowance)
        return max(0, math.ceil(missing * self._allowance.seconds / self._allowance.checks))

    def take(self, key: str, checks: int) -> None:
        if self._allowance is not None:
            level = self._level(key, self._allowance) - min(checks, self._allowance.checks)
            self._levels.put(key, (level, self._clock()))

    def _level(self, key: str, allowance: Allowance) -> float:
        stored = self._levels.get(key)
        if stored is None:
            return allowance.checks
        level, since = stored
        won_back = (self._clock() - since) * allowance.checks / allowance.seconds
        return min(allowance.checks, level + won_back)
