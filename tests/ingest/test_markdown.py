from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.markdown import read_markdown


def test_a_whole_document() -> None:
    document = read_markdown(
        "# Bridge *closed*\n\n"
        "The [old bridge](https://x.example/a_b) was **closed** on\nMonday.\n\n"
        "What next\n---------\n\n"
        "> It will be `rebuilt`, said the mayor.\n\n"
        "- one [thing][1]\n- another &amp; last\n\n"
        "![a picture](x.png)\n\n"
        "| Year | Cost |\n|---|---|\n| 2024 | 5 |\n\n"
        "***\n\n"
        "Text with<br/>tags <b>inside</b>.[^2]\n\n<div>A <i>block</i></div>\n\n"
        "[1]: https://x.example\n"
    )
    assert document.title == "Bridge closed"
    assert document.text.split("\n\n") == [
        "The old bridge was closed on Monday.",
        "What next",
        "It will be rebuilt, said the mayor.",
        "one thing",
        "another & last",
        "Year, Cost",
        "2024, 5",
        "Text withtags inside.",
        "A block\n",
    ]


def test_a_heading_further_down_is_no_title() -> None:
    document = read_markdown("A first sentence.\n\n# A heading\n\nMore.")
    assert document.title == ""
    assert "A heading" in document.text


@pytest.mark.parametrize("text", ["5 * 3 * 2 is 30", "snake_case_name", "a < b and c > d", "2. x"])
def test_plain_text_stays(text: str) -> None:
    assert read_markdown(text).text in (text, text.removeprefix("2. "))


@given(st.text(alphabet="ab #*_[]()<>!`~-=|\n\t&;:\\1.", max_size=200))
def test_any_markdown_is_read(text: str) -> None:
    read_markdown(text)
