from __future__ import annotations

import re
from typing import Any

import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.discord import MOST_CHARACTERS, MOST_COMPONENTS, layout
from bot.cards.markdown import escape, link, safe_url
from bot.cards.plain import one_line, shorten
from bot.i18n import Catalogues
from bot.replies.checks import answer_reply
from bot.replies.reply import Action, ActionKind, Block, BlockKind, Reply, Tone
from tests.replies.samples import STATED, answer

ENGLISH = Catalogues.load().texts("en")

NASTY = (
    "[click](http://evil.example)",
    "[x](<https://evil.example>)",
    "https://evil.example/_a_",
    "@everyone",
    "@here",
    "<@1>",
    "<@!123>",
    "<@&5>",
    "<#7>",
    "<:name:123>",
    "<t:0:R>",
    "</check:42>",
    "```py\ncode\n```",
    "`code`",
    "**bold** __under__ ~~struck~~ ||spoiler|| *i* _i_",
    "# heading",
    "-# small",
    "> quoted",
    ">>> all quoted",
    "- item",
    "* item",
    "1. item",
    "\u202eright to left\u2066",
    "zero\u200bwidth\ufeff",
    "\x1b[31mred\x1b[0m",
    "back\\slash\\",
    "\\[x\\](http://evil.example)",
    "new\nline\r\n# heading",
    "line\u2028separator",
    "\ud800",
    "👩\u200d👩\u200d👧",
)

words = st.one_of(
    st.text(max_size=60),
    st.sampled_from(NASTY),
    st.lists(st.sampled_from(NASTY), max_size=6).map(" ".join),
    st.builds(lambda text, times: text * times, st.sampled_from(NASTY), st.integers(1, 300)),
    st.text(alphabet="*_`[]()<>@#~|\\ ", max_size=500),
)
links = st.one_of(st.just(""), st.just("https://news.example/a?b=(c)"), st.text(max_size=80))
blocks = st.builds(Block, st.sampled_from(BlockKind), words, words, links)
arguments = st.from_regex(r"\A\d{1,18}(:\d{1,9})?\Z").map(str.strip)
actions = st.builds(Action, st.sampled_from(ActionKind), words, st.one_of(arguments, words))
replies = st.builds(
    Reply,
    st.lists(blocks, max_size=30).map(tuple),
    st.lists(actions, max_size=15).map(tuple),
    st.sampled_from(Tone),
    words,
    words,
)


def components(payload: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All components of a payload, those inside others too."""
    found: list[dict[str, Any]] = []
    for component in payload:
        found.append(component)
        found += components(component.get("components", []))
    return found


def drawn(reply: Reply) -> list[dict[str, Any]]:
    return components(layout(reply).to_components())


def content(reply: Reply) -> str:
    return "\n".join(part["content"] for part in drawn(reply) if "content" in part)


UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[`*_~|\[\]<>]")


def own_markup_removed(line: str) -> str:
    """A drawn line without the markup that the card itself adds."""
    line = re.sub(r"^(?:## |-# |> )", "", line)
    line = re.sub(r"^\*\*((?:\\.|[^*\\])+)\*\*", r"\1", line)
    return re.sub(r"\[((?:\\.|[^\[\]\\])+)\]\(<https?://[^<>\s]+>\)$", r"\1", line)


@settings(max_examples=100, deadline=None)
@given(replies)
def test_no_reply_breaks_discords_limits(reply: Reply) -> None:
    parts = drawn(reply)
    texts = [part["content"] for part in parts if "content" in part]
    buttons = [part for part in parts if "custom_id" in part]
    assert len(parts) <= MOST_COMPONENTS
    assert sum(map(len, texts)) <= MOST_CHARACTERS
    assert texts
    assert all(texts)
    assert all(1 <= len(button["label"]) <= 80 for button in buttons)
    assert len({button["custom_id"] for button in buttons}) == len(buttons)
    assert all(len(button["custom_id"]) <= 100 for button in buttons)
    rows = [part for part in parts if part["type"] == 1]
    assert all(1 <= len(row["components"]) <= 5 for row in rows)


@settings(max_examples=100, deadline=None)
@given(replies)
def test_nothing_of_a_reply_is_read_as_markup(reply: Reply) -> None:
    for line in content(reply).split("\n"):
        bare = own_markup_removed(line)
        assert not UNESCAPED.search(bare), line
        assert not re.search(r"(?<!\\)://", bare), line
        assert not re.search(r"@(?:everyone|here|[!&]?\d)", bare, re.IGNORECASE), line
        assert not re.match(r"(?:#|-|\+|\d+[.)]) ?", bare), line
        assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x1b]", bare), line


@pytest.mark.parametrize("nasty", NASTY)
def test_an_escaped_text_says_the_same(nasty: str) -> None:
    """Discord drops a backslash before punctuation; what is left is the text as it was."""
    shown = re.sub(r"\\([^0-9A-Za-z\s])", r"\1", escape(nasty)).replace("@\u200b", "@")
    assert shown == one_line(nasty)


def test_a_quotation_stays_on_one_quoted_line() -> None:
    reply = Reply((Block(BlockKind.QUOTE, "He said:\n\n# No.\n- Never.", "Sentence 4"),))
    assert content(reply) == "> **Sentence 4**  He said: # No. - Never."


def test_emoji_that_need_joiners_stay_whole() -> None:
    assert "👩\u200d👩\u200d👧" in escape("a 👩\u200d👩\u200d👧 b")


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://news.example/a_b?c=d&e=f#g", "https://news.example/a_b?c=d&e=f#g"),
        ("https://news.example/(x) y>z", "https://news.example/%28x%29%20y%3Ez"),
        ("javascript:alert(1)", ""),
        ("discord://settings", ""),
        ("file:///etc/passwd", ""),
        ("//news.example", ""),
        ("http://[::1", ""),
        ("https://" + "a" * 600, ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(url: str, safe: str) -> None:
    assert safe_url(url) == safe
    assert link("Title", url) == (f"[Title](<{safe}>)" if safe else "Title")


def test_a_verdict_is_drawn_with_accent_text_and_buttons() -> None:
    view = layout(answer_reply(answer(STATED), ENGLISH))
    (container,) = view.children
    assert isinstance(container, ui.Container)
    assert container.accent_colour is not None
    payload = drawn(answer_reply(answer(STATED), ENGLISH))
    text = "\n".join(part["content"] for part in payload if "content" in part)
    assert text.startswith("## SUPPORTED\n")
    assert "[Ferry link to Norsby reopens](<https://news.example/ferry?id=1>)\n-# Ada Holm" in text
    assert "> **Sentence 4**  The ferry resumed service on Saturday.\n\n**Article 3**" in text
    assert [part["custom_id"] for part in payload if "custom_id" in part] == [
        "attest:more:41",
        "attest:other:41",
        "attest:right:41",
        "attest:wrong:41",
    ]
    assert view.timeout is None


def test_long_evidence_never_pushes_out_the_article() -> None:
    blocks = (
        Block(BlockKind.HEADING, "SUPPORTED"),
        *(Block(BlockKind.QUOTE, "*word* " * 700, f"Sentence {n}") for n in range(1, 6)),
        Block(BlockKind.TEXT, "The title", "Article 3", "https://news.example"),
    )
    text = content(Reply(blocks, cut_note="Cut here. The whole article: /source show #3"))
    assert "[The title](<https://news.example>)" in text
    assert all(f"Sentence {n}" in text for n in range(1, 6))
    assert text.endswith("\n-# Cut here. The whole article: /source show #3")


def test_a_reply_with_too_many_blocks_ends_with_the_note() -> None:
    blocks = tuple(Block(BlockKind.TEXT, "word " * 200) for _ in range(100))
    text = content(Reply(blocks, cut_note="Cut here."))
    assert text.endswith("\n-# Cut here.")
    assert len(text) > MOST_CHARACTERS // 2


def test_a_whole_reply_has_no_note() -> None:
    reply = Reply((Block(BlockKind.TEXT, "x" * 1_500),) * 2, cut_note="Cut here.")
    assert "Cut here." not in content(reply)


def test_rules_become_separators() -> None:
    rule = Block(BlockKind.RULE)
    reply = Reply((Block(BlockKind.TEXT, "one"), rule, rule, Block(BlockKind.TEXT, "two"), rule))
    assert [part["type"] for part in drawn(reply)] == [17, 10, 14, 10]


@given(st.text(), st.integers(0, 100))
def test_shortened_text_fits(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit or short == text
    if len(text) <= limit:
        assert short == text
