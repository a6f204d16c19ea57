from __future__ import annotations

import pytest

from bot.chat.intents import Intent
from bot.chat.phrases import Match, Phrase, Spelling
from bot.chat.tables import LANGUAGES, load_table, read_table
from bot.chat.words import Words, links_in, without_mentions
from nli import Verdict

EXTRA = {
    *("no", "because", "tentative use", "tentative against", "request"),
    *("leading", "trailing", "question words", "tags"),
}


@pytest.mark.parametrize(
    ("source", "words", "match"),
    [
        ("why", "why", Match(0, 0)),
        ("why", "why not", None),
        ("why [(not|so)]", "why not", Match(0, 0)),
        ("(hi|good day) [you]", "good day you", Match(0, 0)),
        ("about *", "about the old bridge", Match(1, 4)),
        ("about *", "about", None),
        ("about *", "about " + "very " * 9, None),
        ("because **", "because " + "very " * 9, Match(1, 10)),
        ("use [the] * article", "use the old bridge article", Match(2, 4)),
        ("the + one", "the old bridge one", Match(1, 3)),
        ("the + one", "the very old bridge one", None),
        ("article #", "article 12", Match(1, 2)),
        ("article #", "article twelve", None),
        ("a * | b *", "b c", Match(1, 2)),
        ("[(a|b)] (c|d [e])", "b d e", Match(0, 0)),
    ],
)
def test_phrases(source: str, words: str, match: Match | None) -> None:
    assert Phrase(source).match(words.split()) == match


@pytest.mark.parametrize("source", ["what's", "hello?", "Größe", "a.b", "über"])
def test_what_can_never_match_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="not a phrase"):
        Phrase(source)


def test_slips_are_put_right_and_other_words_left_alone() -> None:
    spelling = Spelling(["articles", "what", "wahr", "which", "about", "me"])
    typed = ["wich", "articels", "waht", "abuot", "ne", "bridge", "what"]
    assert spelling.correct(typed) == (
        "which",
        "articles",
        "what",
        "about",
        "ne",
        "bridge",
        "what",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_covers_what_can_be_asked(language: str) -> None:
    sections = load_table(language).sections
    by_words = {intent.value for intent in Intent} - {"link", "nothing"}
    assert set(sections) == by_words | EXTRA | {verdict.value for verdict in Verdict}
    for source in sections.values():
        Phrase(source)


def test_names_stand_for_what_is_set() -> None:
    table = read_table(["A = (b|c)", "# note", "[s]", "B = A d", "B e", "f"])
    assert table.sections == {"s": "(b|c) d e | f"}


@pytest.mark.parametrize("lines", [["hello"], ["[s]", "UNSET word"]])
def test_spoilt_tables_are_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError, match=r"section|not set"):
        read_table(lines)


def test_words_keep_what_was_typed() -> None:
    words = Words.of("What's “Prüfungs-Chaos”,   #12 ... 🙂 ?!")
    assert words.folded == ("whats", "pruefungschaos", "12")
    assert words.text(1, 3) == "Prüfungs-Chaos”,   #12".replace(",   ", ", ")
    assert words.text(2, 3) == "12"


def test_links_and_mentions_are_found() -> None:
    text = "<@!12345> see <https://a.example/b> and www.c.example/d?e=f."
    assert links_in(text) == ["https://a.example/b", "www.c.example/d?e=f"]
    assert without_mentions("a <@123> b\n<#45> <@&6> <a:wave:789> c") == "a   b\n      c"
