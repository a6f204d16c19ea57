from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.dates import iso_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T10:00:00+02:00", "2024-05-03"),
        ("2024/5/3", "2024-05-03"),
        ("20240503", "2024-05-03"),
        ("D:20240503120000+02'00'", "2024-05-03"),
        ("May 3, 2024", "2024-05-03"),
        ("Sept. 18, 2023", "2023-09-18"),
        ("Updated Friday, 3rd May 2024, 10:15", "2024-05-03"),
        ("18. September 2023", "2023-09-18"),
        ("3. März 2024", "2024-03-03"),
        ("03.05.2024", "2024-05-03"),
        ("1er mai 2024", "2024-05-01"),
        ("3 de mayo de 2024", "2024-05-03"),
        ("13/5/2024", "2024-05-13"),
        ("5/13/2024", "2024-05-13"),
        ("5/5/2024", "2024-05-05"),
        ("3/5/2024", ""),
        ("2024-02-30", ""),
        ("2024", ""),
        ("May 2024", ""),
        ("yesterday", ""),
        ("12 Monkeys 1995", ""),
        ("", ""),
    ],
)
def test_iso_date(text: str, iso: str) -> None:
    assert iso_date(text) == iso


@given(st.text(max_size=60))
def test_any_text_gives_a_date_or_nothing(text: str) -> None:
    found = iso_date(text)
    assert not found or date.fromisoformat(found)
