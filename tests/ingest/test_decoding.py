from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.library.decoding import clean, clean_line, decode, decode_html

GERMAN = (
    "Der Bürgermeister sagte am Dienstag, die Brücke werde größer als geplant – „viel größer“. "
)
RUSSIAN = "Министр сообщил в понедельник, что новый мост будет построен в следующем году. "
JAPANESE = "大臣は月曜日に、新しい橋が来年建設されると述べた。地元の住民は歓迎している。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "utf-32"),
        (GERMAN, "cp1252"),
        (RUSSIAN * 3, "cp1251"),
        (RUSSIAN * 3, "utf-16-be"),
        (JAPANESE * 3, "shift_jis"),
        (JAPANESE * 3, "utf-8"),
    ],
)
def test_encodings_are_found_without_help(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "iso-8859-1"),
        (GERMAN, "Windows-1252"),
        (GERMAN, '"utf-8"'),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "iso-2022-jp"),
        (JAPANESE, "euc-jp"),
        (GERMAN, "utf-16-le"),
    ],
)
def test_the_declared_encoding_is_used(text: str, encoding: str) -> None:
    codec = {"iso-8859-1": "cp1252"}.get(encoding, encoding.strip('"'))
    assert decode(text.encode(codec), encoding) == text


@pytest.mark.parametrize(
    "declared", ["", "latin-1", "no-such-charset", "rot13", "hex", "utf-7", "\0", "undefined"]
)
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    assert decode(GERMAN.encode(), declared) == GERMAN


def test_a_page_declares_its_own_encoding() -> None:
    page = f'<html><head><meta charset="koi8-r"></head><body>{RUSSIAN}</body></html>'
    assert RUSSIAN in decode_html(page.encode("koi8-r"))
    old = f'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">{RUSSIAN}'
    assert RUSSIAN in decode_html(old.encode("koi8-r"))


def test_a_broken_place_costs_only_itself() -> None:
    data = (GERMAN * 3).encode()
    broken = data[:150] + b"\xff" + data[150:]
    assert decode(broken).replace("\ufffd", "") == GERMAN * 3
    assert decode((JAPANESE * 3).encode()[:-1]).startswith(JAPANESE)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00" * 20,
        bytes(range(256)) * 8,
        b"\x7fELF\x02\x01\x01\x00\x00\x00" * 30,
        b"\x00" * 500,
    ],
)
def test_what_is_no_text_is_reported(data: bytes) -> None:
    with pytest.raises(UserError, match="does not hold text"):
        decode(data)


@given(st.binary(max_size=2_000), st.text(max_size=20))
def test_any_bytes_are_decoded_or_refused(data: bytes, declared: str) -> None:
    try:
        decode(data, declared)
        decode_html(data, declared)
    except UserError:
        pass


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE])
def test_a_mark_alone_is_empty_text(mark: bytes) -> None:
    assert decode(mark) == ""


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x07c\x1b[0m", "abc[0m"),
        ("a\r\nb\rc\u2028d\u2029e\x0bf", "a\nb\nc\nd\ne\nf"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("  a \t\u00a0 b\u202f%  ", "a b %"),
        ("soft\u00adhyphen zero\u200bwidth \ufeffmark", "softhyphen zerowidth mark"),
        ("right\u202eleft\u2066iso\u2069", "rightleftiso"),
        ("lone \ud83d surrogate", "lone \ufffd surrogate"),
        ("Mu\u0308nchen", "München"),
        ("tag\U000e0041s", "tags"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("one\n    two\n\tthree", "one\n  two\n  three"),
        ("", ""),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(alphabet=st.characters(), max_size=300))
def test_clean_text_can_be_stored_and_stays_clean(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert clean(cleaned) == cleaned
    assert not any(
        unicodedata.category(character) == "Cc" for character in cleaned if character != "\n"
    )


@given(st.text(alphabet=st.characters(), max_size=300), st.integers(10, 50))
def test_a_clean_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line


def test_a_clean_line_is_cut_at_a_word() -> None:
    assert clean_line("The ministers of trade, who met", 25) == "The ministers of trade…"
