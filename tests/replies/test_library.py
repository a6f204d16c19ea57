from __future__ import annotations

from dataclasses import replace

from bot.i18n import Catalogues
from bot.library.models import Hit
from bot.replies.library import (
    PAGE_CHARACTERS,
    PAGE_SENTENCES,
    added_reply,
    article_pages,
    hits_reply,
    source_list_reply,
    source_page_reply,
    using_reply,
)
from bot.replies.reply import Action, ActionKind, BlockKind
from nli import Article
from tests.replies.samples import OTHER, SOURCE

ENGLISH = Catalogues.load().texts("en")


def test_sentences_keep_their_numbers_from_page_to_page() -> None:
    article = Article.from_sentences(f"Sentence {number}." for number in range(1, 31))
    seen: list[tuple[str, str]] = []
    for page in (1, 2, 3):
        reply = source_page_reply(SOURCE, article, page, ENGLISH)
        seen += [(b.label, b.text) for b in reply.blocks if b.kind is BlockKind.QUOTE]
    assert seen == [(str(number), f"Sentence {number}.") for number in range(1, 31)]


def test_pages_turn_both_ways_and_stop_at_the_ends() -> None:
    article = Article.from_sentences(["A sentence."] * 30)
    turns = {
        page: [
            (action.label, action.argument)
            for action in source_page_reply(SOURCE, article, page, ENGLISH).actions
        ]
        for page in (1, 2, 3)
    }
    assert turns == {
        1: [("Next", "3:2")],
        2: [("Back", "3:1"), ("Next", "3:3")],
        3: [("Back", "3:2")],
    }


def test_a_page_that_is_not_there_shows_the_nearest() -> None:
    article = Article.from_sentences(["One.", "Two."])
    first = source_page_reply(SOURCE, article, 1, ENGLISH)
    assert source_page_reply(SOURCE, article, 99, ENGLISH) == first
    assert source_page_reply(SOURCE, article, -4, ENGLISH) == first


def test_long_sentences_fill_a_page_sooner() -> None:
    pages = article_pages(Article.from_sentences(["x" * 1_000] * 5))
    assert [len(page) for page in pages] == [2, 2, 1]
    assert all(
        len(page) <= PAGE_SENTENCES and sum(len(s.text) for s in page) <= PAGE_CHARACTERS
        for page in pages
    )


def test_the_list_numbers_articles_and_turns_by_article_zero() -> None:
    reply = source_list_reply([SOURCE, OTHER], 25, 2, ENGLISH)
    assert [block.label for block in reply.blocks if block.label] == ["#3", "#8"]
    assert reply.actions == (
        Action(ActionKind.PAGE, "Back", "0:1"),
        Action(ActionKind.PAGE, "Next", "0:3"),
    )
    assert reply.blocks[1].url == SOURCE.url
    assert reply.blocks[2].text == "Ada Holm · March 14, 2026 · 12 sentences"


def test_an_empty_library_says_how_to_fill_it() -> None:
    assert "/source add" in source_list_reply([], 0, 1, ENGLISH).blocks[1].text


def test_hits_name_each_article_once() -> None:
    hits = [Hit(SOURCE, 0, "One."), Hit(SOURCE, 4, "Two."), Hit(OTHER, 2, "Three.")]
    reply = hits_reply("ferry", hits, ENGLISH)
    assert [b.label for b in reply.blocks if b.kind is not BlockKind.NOTE] == [
        "",
        "Looked for",
        "Article 3",
        "1",
        "5",
        "Article 8",
        "3",
    ]
    assert "Try fewer" in hits_reply("ferry", [], ENGLISH).blocks[-1].text


def test_adding_twice_is_told_apart() -> None:
    assert added_reply(SOURCE, True, ENGLISH).blocks[0].text == "Added"
    assert added_reply(SOURCE, False, ENGLISH).blocks[0].text == "Already here"


def test_an_article_without_a_title_is_called_so() -> None:
    untitled = replace(OTHER, title="  ")
    assert using_reply(untitled, ENGLISH).blocks[1].text == "Untitled article"
    assert using_reply(None, ENGLISH).blocks[0].text == "All articles"
