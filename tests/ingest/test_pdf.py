from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest

from bot.errors import UserError
from bot.library.documents import ReadingLimits
from bot.library.pdf import read_pdf
from tests.ingest.pdfs import make_pdf

LIMITS = ReadingLimits()
LINES = (
    "Harbour to be dredged next spring",
    "The port authority of Varna will dredge the main channel of the har-",
    "bour next spring, its director said on Monday, after two freighters",
    "ran aground there within a month.",
    "The work is expected to cost 14 million euros and to last until the",
    "end of July.",
)


def refusal(data: bytes, limits: ReadingLimits = LIMITS) -> str:
    with pytest.raises(UserError) as caught:
        read_pdf(data, limits)
    return str(caught.value)


def test_wrapped_lines_become_paragraphs() -> None:
    assert read_pdf(make_pdf(LINES), LIMITS).text.split("\n\n") == [
        "Harbour to be dredged next spring",
        (
            "The port authority of Varna will dredge the main channel of the harbour next spring, "
            "its director said on Monday, after two freighters ran aground there within a month."
        ),
        "The work is expected to cost 14 million euros and to last until the end of July.",
    ]


def test_the_title_is_taken_and_the_date_of_the_file_is_not() -> None:
    document = read_pdf(make_pdf(LINES, title="Dredging in Varna"), LIMITS)
    assert (document.title, document.date) == ("Dredging in Varna", "")


@pytest.mark.parametrize(
    "title", ["Microsoft Word - harbour.docx", "untitled", "harbour_final.pdf", "Document1", "---"]
)
def test_titles_that_programs_invent_are_not_taken(title: str) -> None:
    assert read_pdf(make_pdf(LINES, title=title), LIMITS).title == ""


def test_a_password_is_reported() -> None:
    assert "protected by a password" in refusal(make_pdf(LINES, password="secret"))


def test_a_file_that_only_forbids_printing_is_read() -> None:
    document = read_pdf(make_pdf(LINES, password="", owner="secret"), LIMITS)
    assert "freighters ran aground" in document.text


def test_a_scan_is_reported() -> None:
    assert "probably a scan" in refusal(make_pdf([], []))
    assert "probably a scan" in refusal(make_pdf(["12"], ["13"]))


def test_too_many_pages_are_reported() -> None:
    message = refusal(make_pdf(*[LINES] * 4), replace(LIMITS, max_pages=3))
    assert "has 4 pages; 3 is the most" in message


def test_reading_stops_when_the_time_is_up() -> None:
    assert "too complicated" in refusal(make_pdf(LINES), replace(LIMITS, seconds=-1))


def test_the_time_is_looked_at_within_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(10_000))
    monkeypatch.setattr("bot.library.pdf.time.monotonic", lambda: next(ticks))
    assert "too complicated" in refusal(make_pdf(["x"] * 500), replace(LIMITS, seconds=100))
    assert next(ticks) < 200


def test_reading_stops_when_there_is_too_much_text() -> None:
    pages = [
        [f"Page {letter} says {letter * 80}.", f"It ends with {letter}."] for letter in "abcdef"
    ]
    document = read_pdf(make_pdf(*pages), replace(LIMITS, max_characters=100))
    assert "Page b says" in document.text
    assert "Page d says" not in document.text


@pytest.mark.parametrize("keep", [8, 20, 60, 200, 400, 600])
def test_a_file_cut_short_raises_nothing_else(keep: int) -> None:
    with contextlib.suppress(UserError):
        read_pdf(make_pdf(LINES)[:keep], LIMITS)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
        ),
        b"%PDF-1.4\nxref\n0 1\ntrailer<</Prev 9>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.4\n" + b"<<" * 5_000,
        b"%PDF-1.4\n" + b"[" * 50_000,
        b"",
    ],
)
def test_damaged_files_are_reported(data: bytes) -> None:
    assert "PDF" in refusal(data)
