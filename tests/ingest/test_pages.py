from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.pages import join_pages

FULL = "The committee heard on Tuesday that the bridge had not been"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the govern-", "ment of the day", "the government of the day"),
        ("the Anglo-", "American treaty of", "the Anglo-American treaty of"),
        ("a well-", "known author of the", "a well-known author of the"),
        ("an ex-", "minister of finance", "an ex-minister of finance"),
        ("between 1990-", "1995 in the town", "between 1990-1995 in the town"),
        ("the \ufb01nal o\ufb03ce", "was closed", "the final office was closed"),
    ],
)
def test_words_cut_at_the_line_end(first: str, second: str, joined: str) -> None:
    assert joined in join_pages([f"{FULL}\n{first}\n{second}\n{FULL}"])


def test_a_hyphen_written_elsewhere_is_kept() -> None:
    text = join_pages(
        [f"{FULL}\nthe blue-green light of the sea shone, and blue-\ngreen it stayed."]
    )
    assert "and blue-green it stayed" in text


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        f"The Daily Example, page {number}\nThe {what} of the committee heard on Tuesday that it\n"
        f"had not been {what} inspected since the year 200{number}.\n{number}"
        for number, what in enumerate(("chair", "clerk", "guests", "rest"), start=1)
    ]
    text = join_pages(pages)
    assert "Daily Example" not in text
    assert text.count("inspected since") == 4
    assert text.endswith("inspected since the year 2004.")


@pytest.mark.parametrize("number", ["7", "- 7 -", "Page 7", "Seite 7 von 9", "7/9", "p. 7 of 9"])
def test_a_page_number_does_not_cut_a_sentence(number: str) -> None:
    text = join_pages([f"{FULL}\n{number}", "inspected for three years."])
    assert text == f"{FULL} inspected for three years."


def test_list_items_stay_apart() -> None:
    text = join_pages([f"{FULL}\n• one thing that is\n• another thing"])
    assert text.split("\n\n")[1:] == ["• one thing that is", "• another thing"]


@given(st.lists(st.text(max_size=200), max_size=6))
def test_any_pages_can_be_joined(pages: list[str]) -> None:
    join_pages(pages)
