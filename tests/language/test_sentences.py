"""Sentences of news text: the hard cases, and what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nli.sentences import MAX_SENTENCE, Sentence, split_sentences

CASES = Path(__file__).parent / "data" / "sentences.txt"
ESCAPES = {r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\u00a0": "\u00a0"}


def cases() -> list[str]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def unescape(line: str) -> str:
    for escape, character in ESCAPES.items():
        line = line.replace(escape, character)
    return line


def texts(sentences: list[Sentence]) -> list[str]:
    return [sentence.text for sentence in sentences]


@pytest.mark.parametrize("case", cases())
def test_hard_case(case: str) -> None:
    marked = unescape(case)
    expected = [" ".join(part.split()) for part in marked.split("¦")]
    assert texts(split_sentences(marked.replace("¦", ""))) == expected


def test_there_are_enough_hard_cases() -> None:
    assert len(cases()) >= 60


MARKS = list("\"“”'‘’.?!…,()—„«»#。😀é3")
PIECES = [
    "The",
    "mayor",
    "U.N.",
    "Gen.",
    "said",
    "p.m.",
    "Tuesday",
    "No.",
    "...",
    "1.",
    "He",
    "she",
]
SPACES = [
    "\n",
    "\n\n",
    "\r\n",
    " ",
    " ",
    " ",
    "\t",
    "\u00a0",
    "\u200b",
    "\x00",
    "\x1b",
    "\ud800",
    "- ",
]
NEWS = st.lists(st.sampled_from(MARKS + PIECES + SPACES), max_size=80).map("".join)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300) | NEWS


@given(ANY_TEXT)
@example("\ud800. \udfff")
@example("“ a” . b")
@example("a.\n \n\x0bb")
def test_offsets_rise_and_miss_no_word(text: str) -> None:
    sentences = split_sentences(text)
    covered = [False] * len(text)
    end = 0
    for index, sentence in enumerate(sentences):
        assert sentence.index == index
        assert end <= sentence.start < sentence.end <= len(text)
        end = sentence.end
        covered[sentence.start : sentence.end] = [True] * (sentence.end - sentence.start)
    assert all(covered[at] for at, character in enumerate(text) if character.isalnum())


@given(ANY_TEXT)
def test_sentence_text_is_the_original_made_clean(text: str) -> None:
    for sentence in split_sentences(text):
        words = "".join(filter(str.isalnum, sentence.text))
        assert words == "".join(filter(str.isalnum, text[sentence.start : sentence.end]))
        assert words
        assert sentence.text == " ".join(sentence.text.split())
        assert not any(ord(character) < 32 for character in sentence.text)
        sentence.text.encode()


@given(NEWS)
def test_blank_lines_always_separate(text: str) -> None:
    before, after = "The first paragraph", "The last paragraph"
    sentences = split_sentences(f"{before}\n\n{text}\n\n{after}")
    assert sentences[0].text == before
    assert sentences[-1].text == after


@pytest.mark.parametrize("text", ["", " \n\t", "\x00\x01", "***\n---\n…", "\u200b\ufeff"])
def test_text_without_words_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


def test_ornament_lines_are_no_sentences() -> None:
    assert texts(split_sentences("First.\n\n* * *\n\n---\nSecond.")) == ["First.", "Second."]


@pytest.mark.parametrize("unit", ["word ", "x", "one, two three ", "“A b c ", "\n\n" + "y" * 5_000])
def test_endless_lines_are_cut(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    sentences = split_sentences(text)
    assert max(sentence.end - sentence.start for sentence in sentences) <= MAX_SENTENCE
    assert "".join(texts(sentences)).replace(" ", "") == "".join(text.split())


def test_endless_line_is_cut_between_words() -> None:
    sentences = split_sentences("some words, and more words " * 1_000)
    assert len(sentences) > 1
    assert all(sentence.text.endswith("words,") for sentence in sentences[:-1])


def test_long_quotation_is_cut_at_its_own_sentences() -> None:
    quotation = " ".join(f"This is sentence number {n} of the speech." for n in range(30))
    assert len(split_sentences(f'"{quotation}" he said.')) >= 30
