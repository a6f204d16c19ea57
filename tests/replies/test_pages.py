from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.answers import Status
from bot.cards.discord import layout
from bot.i18n import Catalogues
from bot.library.models import Forgotten, Preferences
from bot.replies import pages

if TYPE_CHECKING:
    from bot.i18n import Texts
    from bot.replies.reply import Reply

CATALOGUES = Catalogues.load()
ENGLISH = CATALOGUES.texts("en")
GERMAN = CATALOGUES.texts("de")
STATUS = Status("tiny-nli", 12, 3_400, 2, 0.1234)


def text_of(reply: Reply) -> str:
    return "\n".join(f"{block.label} {block.text}".strip() for block in reply.blocks)


def every_page(texts: Texts) -> list[Reply]:
    return [
        pages.help_reply(texts),
        pages.help_reply(texts, typed=True),
        pages.greeting_reply(texts),
        pages.thanks_reply(texts),
        pages.feedback_reply(True, texts),
        pages.feedback_reply(False, texts),
        pages.about_reply(texts, "tiny-nli"),
        pages.privacy_reply(texts, 30),
        pages.privacy_reply(texts, 0),
        pages.forgotten_reply(Forgotten(1, 2, 3), texts),
        pages.forgotten_reply(Forgotten(0, 0, 0), texts),
        pages.status_reply(STATUS, texts),
        pages.settings_reply(Preferences(), texts),
    ]


@pytest.mark.parametrize("texts", [ENGLISH, GERMAN], ids=["en", "de"])
def test_every_page_fits_a_message_whole(texts: Texts) -> None:
    for reply in every_page(texts):
        shown = "".join(getattr(item, "content", "") for item in layout(reply).walk_children())
        assert "…" not in shown.replace("über …", "").replace("about …", "")
        assert layout(reply).content_length() <= 4_000


def test_german_pages_hold_no_english_sentence() -> None:
    """Only what is typed and names are alike in both languages."""
    alike = {
        "/settings, /privacy, /forget-me, /about, /status",
        "tiny-nli",
        "Status",
        "2",
        "123 ms",
    }
    for english, german in zip(every_page(ENGLISH), every_page(GERMAN), strict=True):
        pairs = zip(english.blocks, german.blocks, strict=True)
        same = {one.text for one, other in pairs if one.text == other.text}
        assert same <= alike


@pytest.mark.parametrize("typed", [True, False])
def test_help_says_what_becomes_of_several_claims(typed: bool) -> None:
    assert "answered one by one" in text_of(pages.help_reply(ENGLISH, typed=typed))
    assert "einzeln beantwortet" in text_of(pages.help_reply(GERMAN, typed=typed))


def test_privacy_tells_how_long_and_how_to_delete() -> None:
    text = text_of(pages.privacy_reply(ENGLISH, 30))
    assert "kept for 30 days" in text
    assert "/forget-me" in text
    assert "kept for 1 day," in text_of(pages.privacy_reply(ENGLISH, 1))
    assert "kept for a day," in text_of(pages.privacy_reply(ENGLISH, 0))


def test_what_was_forgotten_is_counted() -> None:
    text = text_of(pages.forgotten_reply(Forgotten(2, 1, 0), ENGLISH))
    assert "2 checks, 1 piece of feedback, 0 articles of your own" in text
    nothing = pages.forgotten_reply(Forgotten(0, 0, 0), ENGLISH)
    assert "Nothing was stored about you." in text_of(nothing)


def test_status_in_figures() -> None:
    text = text_of(pages.status_reply(STATUS, ENGLISH))
    assert "Model tiny-nli" in text
    assert "12 articles, 3,400 sentences" in text
    assert "Time for a check 123 ms" in text
    assert "Waiting checks 2" in text
    unused = Status("tiny-nli", 12, 3_400, 0, 0.0)
    assert "not measured yet" in text_of(pages.status_reply(unused, ENGLISH))


def test_settings_in_words() -> None:
    preferences = Preferences("de", private=True, contributors="nobody", retention_days=0)
    text = text_of(pages.settings_reply(preferences, ENGLISH))
    assert "Language German" in text
    assert "only the person who asks" in text
    assert "Who may add and remove articles nobody" in text
    assert "one day, for the buttons" in text
    plain = text_of(pages.settings_reply(Preferences(), ENGLISH))
    assert "Language each reader's own" in plain
    assert "30 days" in plain


def test_dates_with_a_time_are_dates_too() -> None:
    assert ENGLISH.date(datetime(2026, 3, 14, 9, 30, tzinfo=UTC)) == "March 14, 2026"
    assert ENGLISH.date("2026-03-14T09:30:00Z") == "March 14, 2026"
