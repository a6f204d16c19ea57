from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.recent import Recent


def test_forgets_what_was_used_longest_ago() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert list(recent) == ["a", "c"]
    assert recent.get("b") is None


def test_what_is_too_heavy_by_itself_is_not_kept_and_drops_nothing() -> None:
    recent: Recent[str, str] = Recent(10, max_weight=5, weigh=len)
    recent.put("a", "xx")
    recent.put("b", "x" * 6)
    assert list(recent) == ["a"]
    recent.put("c", "xxxx")
    assert list(recent) == ["c"]


@given(st.lists(st.tuples(st.integers(0, 8), st.text(max_size=6)), max_size=60))
def test_never_holds_more_than_it_may(steps: list[tuple[int, str]]) -> None:
    recent: Recent[int, str] = Recent(4, max_weight=10, weigh=len)
    for key, value in steps:
        if value == "":
            recent.drop(key)
        else:
            recent.put(key, value)
        held = [recent.get(key) or "" for key in recent]
        assert len(held) <= 4
        assert sum(map(len, held)) <= 10
        if value and len(value) <= 10:
            assert recent.get(key) == value
