from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.detect import Detector
from bot.chat.intents import Intent
from nli import Verdict
from tests.chat.messages import ASKED, CLAIMS, WITH_WORDS

DETECTOR = Detector()
ALL_MESSAGES = [
    *(message for messages in ASKED.values() for message in messages),
    *(message for message, _, _ in WITH_WORDS),
    *CLAIMS,
]


@pytest.mark.parametrize(
    ("message", "intent"),
    [(message, intent) for intent, messages in ASKED.items() for message in messages],
)
def test_tells_what_is_asked(message: str, intent: Intent) -> None:
    asked = DETECTOR.understand(message)
    assert asked.intent is intent
    assert asked.sure


@pytest.mark.parametrize(("message", "intent", "words"), WITH_WORDS)
def test_takes_out_the_words_that_matter(message: str, intent: Intent, words: str) -> None:
    asked = DETECTOR.understand(message)
    assert (asked.intent, asked.words) == (intent, words)


@pytest.mark.parametrize("message", CLAIMS)
def test_claims_stay_claims(message: str) -> None:
    asked = DETECTOR.understand(message)
    assert asked.intent is Intent.CLAIM
    assert asked.words.split() == message.split()


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("that's wrong, it's supported", Verdict.SUPPORTED),
        ("wrong, it should be contradicted", Verdict.CONTRADICTED),
        ("no, it's not mentioned", Verdict.NOT_MENTIONED),
        ("that should be supported", Verdict.SUPPORTED),
        ("falsch, es ist widerlegt", Verdict.CONTRADICTED),
        ("Nein, das ist belegt", Verdict.SUPPORTED),
        ("das stimmt nicht, es wird gar nicht erwähnt", Verdict.NOT_MENTIONED),
    ],
)
def test_hears_which_verdict_would_be_right(message: str, verdict: Verdict) -> None:
    asked = DETECTOR.understand(message)
    assert (asked.intent, asked.verdict) == (Intent.WRONG, verdict)


def test_hears_why_a_verdict_is_wrong() -> None:
    asked = DETECTOR.understand("that's wrong because the mayor was ill that day")
    assert (asked.intent, asked.words) == (Intent.WRONG, "the mayor was ill that day")


@pytest.mark.parametrize(
    "message", ["use bridge", "Use of force was approved by the council", "nimm Brücke"]
)
def test_what_may_be_a_claim_is_marked_as_unsure(message: str) -> None:
    asked = DETECTOR.understand(message)
    assert (asked.intent, asked.sure) == (Intent.USE, False)
    assert asked.text == message


@pytest.mark.parametrize("message", ["why", "which articles do you have", "stimmt das"])
@pytest.mark.parametrize("change", [str.upper, str.title, "  {}  ".format, "hey, {} please".format])
@pytest.mark.parametrize("end", ["", "?", "??", "!", " 🤔", "..."])
def test_case_punctuation_and_politeness_change_nothing(
    message: str, change: object, end: str
) -> None:
    assert callable(change)
    expected = DETECTOR.understand(message).intent
    assert DETECTOR.understand(str(change(message)) + end).intent is expected


def test_mentions_are_passed_over_wherever_they_stand() -> None:
    asked = DETECTOR.understand("<@1234567890> why <@!1234567890>?")
    assert asked.intent is Intent.WHY
    claim = DETECTOR.understand("<@1234567890> the bridge is open <:ok:123456>")
    assert claim.words == "the bridge is open"


@given(st.text(max_size=300))
@example("\ud800")
@example("\x00\x1b[31m")
@example("\u202e\u200b\u200d")
@example("(((((((((((")
@example("use *")
def test_no_text_is_too_odd(text: str) -> None:
    asked = DETECTOR.understand(text)
    assert asked.intent in Intent
    if asked.intent is Intent.CLAIM:
        assert asked.words.strip()


@given(st.sampled_from(ALL_MESSAGES), st.data())
def test_a_message_with_a_claim_behind_it_is_a_claim(message: str, data: st.DataObject) -> None:
    claim = data.draw(
        st.sampled_from(["The minister denied that the bridge had been closed by the town."])
    )
    asked = DETECTOR.understand(f"{message}. {claim}")
    assert claim.rstrip(".") in asked.text
    assert asked.intent is Intent.CLAIM or asked.intent is Intent.USE
    assert asked.intent is Intent.CLAIM or not asked.sure
