"""A mapping that keeps what was used last and forgets the rest."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

K = TypeVar("K", bound="Hashable")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Least recently used entries go first, by number and, if `weigh` is given, by weight.

    An entry heavier than `max_weight` by itself is not kept at all.
    """

    def __init__(
        self,
        max_entries: int,
        *,
        max_weight: int = 0,
        weigh: Callable[[V], int] | None = None,
    ) -> None:
        self._entries: OrderedDict[K, V] = OrderedDict()
        self._max_entries = max_entries
        self._max_weight = max_weight
        self._weigh = weigh
        self._weight = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[K]:
        """Keys, the least recently used first."""
        return iter(tuple(self._entries))

    def get(self, key: K) -> V | None:
        value = self._entries.get(key)
        if value is not None:
            self._entries.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> None:
        self.drop(key)
        weight = self._weight_of(value)
        if self._weigh and weight > self._max_weight:
            return
        self._entries[key] = value
        self._weight += weight
        while len(self._entries) > self._max_entries or (
            self._weigh and self._weight > self._max_weight
        ):
            _, oldest = self._entries.popitem(last=False)
            self._weight -= self._weight_of(oldest)

    def drop(self, key: K) -> None:
        value = self._entries.pop(key, None)
        if value is not None:
            self._weight -= self._weight_of(value)

    def _weight_of(self, value: V) -> int:
        return self._weigh(value) if self._weigh else 0
