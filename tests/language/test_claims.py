"""From chat to claims: what is typed, what it states, and what holds for any message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nli.claims import MAX_CLAIM_CHARACTERS, as_statement, clean_claim, split_claims
from nli.errors import InputError

DATA = Path(__file__).parent / "data"


def lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]


STATEMENTS = [tuple(line.split("\t")) for line in lines("statements.tsv")]
MESSAGES = [line.replace(r"\n", "\n") for line in lines("messages.txt")]


@pytest.mark.parametrize(("typed", "stated"), STATEMENTS)
def test_statement(typed: str, stated: str) -> None:
    assert as_statement(typed) == stated


@pytest.mark.parametrize("message", [line for line in MESSAGES if not line.endswith("-> nothing")])
def test_claims_of_a_message(message: str) -> None:
    kept = re.sub(r"\[\[.*?\]\]", "", message, flags=re.DOTALL)
    expected = [" ".join(claim.split()) for claim in kept.split("¦")]
    typed = message.replace("¦", "").replace("[[", "").replace("]]", "")
    claims = split_claims(typed)
    assert [claim.lower() for claim in claims] == [claim.lower() for claim in expected]


@pytest.mark.parametrize("message", [line for line in MESSAGES if line.endswith("-> nothing")])
def test_small_talk_has_no_claims(message: str) -> None:
    assert split_claims(message.removesuffix("-> nothing")) == []


def test_the_tables_are_large_enough() -> None:
    assert len(STATEMENTS) + len(MESSAGES) >= 80


@pytest.mark.parametrize(
    ("typed", "claim"),
    [
        ("  The mayor\u00a0quit. ", "The mayor quit."),
        ("The\nmayor\tquit.", "The mayor quit."),
        ("The ma\u200byor \x00quit\ud800.", "The mayor quit."),
        ("<@12> <@!34> <@&5> <#6> <a:wave:7> <t:123:R> </check:8> quit", "quit"),
        ("**The** *mayor* _quit_ ||today|| ~~now~~ `x`", "The mayor quit today now x"),
        ("> The mayor quit", "The mayor quit"),
        (">>> The mayor quit", "The mayor quit"),
        ("[The mayor quit](https://example.org)", "The mayor quit"),
        ("The mayor quit https://example.org/a", "The mayor quit"),
        ("- The mayor quit", "The mayor quit"),
        ("snake_case_names and 5*3*2 stay", "snake_case_names and 5*3*2 stay"),
        ("3. Oktober ist ein Feiertag", "3. Oktober ist ein Feiertag"),
        ("No, 1 < 2 and 3 > 2", "No, 1 < 2 and 3 > 2"),
    ],
)
def test_claim_made_clean(typed: str, claim: str) -> None:
    assert clean_claim(typed) == claim


@pytest.mark.parametrize(
    "text",
    ["", " \n", "\x00", "\u200b", "\ud800", "?!", "<@123>", "https://example.org", "👍", "** **"],
)
def test_nothing_to_check_is_said_kindly(text: str) -> None:
    with pytest.raises(InputError, match=r"no claim.*Write a statement"):
        clean_claim(text)


def test_a_long_claim_is_refused_with_the_limit() -> None:
    assert clean_claim("x" * MAX_CLAIM_CHARACTERS) == "x" * MAX_CLAIM_CHARACTERS
    with pytest.raises(InputError, match=r"1000 characters.*Shorten"):
        clean_claim("x" * (MAX_CLAIM_CHARACTERS + 1))


WORDS = [
    "so ", "hey ", "lol ", "is it true ", "that ", "the mayor ", "did ", "he ", "not ", "quit",
    "say ", ", right?", "?", ".", "!", ", and ", "; ", '"', "“", "”", "\n", "- ", "1. ", "> ",
    "```", "**", "||", "<@1>", "https://a.b ", "i heard ", "or not", " no", "\x00", "\ud800", "é",
    "oder?",
]  # fmt: skip
ANY_MESSAGE = st.text(st.characters(exclude_categories=()), max_size=200) | st.lists(
    st.sampled_from(WORDS), max_size=25
).map("".join)


@given(ANY_MESSAGE)
def test_a_clean_claim_is_one_line_of_printable_text(text: str) -> None:
    try:
        claim = clean_claim(text)
    except InputError:
        assert split_claims(text) == []
        return
    assert claim == " ".join(claim.split())
    assert any(map(str.isalnum, claim))
    assert not any(ord(character) < 32 for character in claim)
    claim.encode()


@given(ANY_MESSAGE)
def test_every_claim_of_a_message_has_words(text: str) -> None:
    for claim in split_claims(text):
        assert any(map(str.isalnum, claim))
        assert claim == " ".join(claim.split())
        claim.encode()


@given(ANY_MESSAGE)
def test_a_statement_is_never_empty_and_never_longer_by_more_than_a_verb(text: str) -> None:
    for claim in split_claims(text):
        statement = as_statement(claim)
        assert any(map(str.isalnum, statement))
        assert len(statement) <= len(claim) + 10


@given(st.sampled_from(["The mayor never quit.", "Nobody said so", "Smith said he left"]))
def test_stripping_twice_changes_nothing_more(core: str) -> None:
    typed = f"hey, is it true that {core}, right?"
    assert as_statement(as_statement(typed)) == as_statement(typed)


@pytest.mark.parametrize(
    "piece", ["?", " ,", "please fact check ", "ha", "so ", "is it true that ", "a; ", "<@", "[a]("]
)
def test_endless_repetition_is_read_all_the_same(piece: str) -> None:
    text = f"did the mayor {piece * 300} quit"
    assert as_statement(text).endswith("quit")
    assert split_claims(text)[-1].endswith("quit")
