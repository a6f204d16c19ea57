"""Front matter is taken off where it clearly is some, and text is never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nli.front_matter import read_article


def test_entries_and_text_are_told_apart() -> None:
    text = (
        "---\n"
        "title: Storm hits coast: three hurt\n"
        "Date: 2024-03-04\n"
        "# a comment\n"
        "\n"
        'author: "Jane Poe"\n'
        "url:\n"
        "---\n"
        "\n"
        "Gusts were measured.\n"
    )
    assert read_article(text) == (
        {
            "title": "Storm hits coast: three hurt",
            "date": "2024-03-04",
            "author": "Jane Poe",
            "url": "",
        },
        "Gusts were measured.\n",
    )


def test_other_line_ends_and_a_byte_order_mark() -> None:
    text = "\ufeff---\r\ntitle: Storm\r\n---\r\nGusts.\r\n"
    assert read_article(text) == ({"title": "Storm"}, "Gusts.\r\n")


def test_the_first_of_two_equal_keys_counts() -> None:
    assert read_article("---\ntitle: A\nTitle: B\n---\nText.") == ({"title": "A"}, "Text.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain text: with a colon.\n",
        "title: no fence\n---\nText.",
        "---\nA sentence, not an entry.\n---\nText.",
        "---\n---\nText.",
        "---\ntitle: never closed\nText: goes on\n",
        "---\nhttps://example.org/a\n---\nText.",
        "\n---\ntitle: not at the very start\n---\nText.",
        "----\ntitle: four dashes\n----\nText.",
        "---\n" + "key: value\n" * 100 + "---\nText.",
        "---\nThe mayor said: that is all.\n---\nText.",
    ],
)
def test_what_is_not_clearly_front_matter_stays(text: str) -> None:
    assert read_article(text) == ({}, text)


@given(
    st.lists(st.sampled_from(["---", "a: b", "Text.", "\n", "\r\n", " ", ":", "#"])).map("".join)
)
def test_text_is_never_lost(text: str) -> None:
    entries, body = read_article(text)
    assert text.endswith(body)
    assert entries or body == text
