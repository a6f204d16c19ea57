from __future__ import annotations

import ast
import string
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.errors import BusyError, UserError
from bot.i18n import SOURCE_LANGUAGE, Catalogues
from bot.locales.update import CODE, SPOKEN, messages_in, read_catalogue, untranslated
from bot.replies.problems import problem_reply, unexpected_reply
from bot.replies.reply import Tone
from nli import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CATALOGUES = Catalogues.load()


def forms(sentence: str | Sequence[str] | None) -> tuple[str, ...]:
    if sentence is None:
        return ()
    return (sentence,) if isinstance(sentence, str) else tuple(sentence)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("language", CATALOGUES.languages)
def test_each_catalogue_holds_just_the_sentences_of_the_code(language: str) -> None:
    written = {forms(message.id) for message in messages_in(CODE, SPOKEN) if message.id}
    listed = {forms(message.id) for message in read_catalogue(language) if message.id}
    assert sorted(written - listed) == []
    assert sorted(listed - written) == []


@pytest.mark.parametrize("language", [x for x in CATALOGUES.languages if x != SOURCE_LANGUAGE])
def test_every_sentence_is_translated(language: str) -> None:
    assert untranslated(read_catalogue(language)) == []


@pytest.mark.parametrize("language", CATALOGUES.languages)
def test_translations_keep_the_placeholders(language: str) -> None:
    for message in read_catalogue(language):
        if not message.id:
            continue
        wanted = set().union(*map(placeholders, forms(message.id)))
        for translation in filter(None, forms(message.string)):
            assert placeholders(translation) == wanted, translation


def test_the_extraction_sees_every_kind_of_call(tmp_path: Path) -> None:
    code = """
texts("plain")
self.texts("attribute", x=1)
print(f"{texts('in an f-string')}")
texts.plural("one", "many", 3)
raise UserError("joined "
                "sentence {x}", x=1)
texts(variable)
other("not for translation")
"""
    folder = tmp_path / "bot"
    folder.mkdir()
    (folder / "module.py").write_text(code)
    found = {forms(message.id) for message in messages_in(folder) if message.id}
    assert found == {
        ("plain",),
        ("attribute",),
        ("in an f-string",),
        ("one", "many"),
        ("joined sentence {x}",),
    }


def test_errors_are_raised_with_sentences_that_can_be_translated() -> None:
    """A formatted string as the first argument would never match a catalogue."""
    for path in [*CODE.rglob("*.py"), *SPOKEN]:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and _raises_sentence(call):
                assert not isinstance(call.args[0], ast.JoinedStr), f"{path}:{call.lineno}"


def _raises_sentence(call: ast.Call) -> bool:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    return name in {"UserError", "BusyError", "InputError"} and bool(call.args)


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        (["de"], "de"),
        (["de-AT"], "de"),
        (["de_CH.UTF-8"], "de"),
        (["en-US"], "en"),
        (["", "de"], "de"),
        (["fr", "de"], "de"),
        (["C.UTF-8"], "en"),
        (["xx"], "en"),
        ([], "en"),
    ],
)
def test_the_first_known_language_is_taken(preferred: list[str], language: str) -> None:
    assert CATALOGUES.texts(*preferred).language == language


def test_dates_numbers_and_per_cent_are_local() -> None:
    english, german = CATALOGUES.texts("en"), CATALOGUES.texts("de")
    assert english.date("2026-03-14") == "March 14, 2026"
    assert german.date(date(2026, 3, 14)) == "14. März 2026"
    assert german.date("Mitte März") == "Mitte März"
    assert english.number(12_345) == "12,345"
    assert german.number(12_345) == "12.345"
    assert german.percent(0.5) == "50\N{NO-BREAK SPACE}%"
    assert english.percent(1.0) == "99%"


def test_plural_forms_are_chosen_by_number() -> None:
    german = CATALOGUES.texts("de")
    assert german.plural("{count} sentence", "{count} sentences", 1) == "1 Satz"
    assert german.plural("{count} sentence", "{count} sentences", 2000) == "2.000 Sätze"


def test_find_tells_unknown_from_translated() -> None:
    german = CATALOGUES.texts("de")
    assert german.find("Claim") == "Behauptung"
    assert german.find("No such sentence anywhere") is None
    assert german("") == ""


def test_values_are_never_read_as_placeholders() -> None:
    error = UserError("There is no site called {host}. Check the link.", host="{x}{0}")
    reply = problem_reply(error, CATALOGUES.texts("de"))
    assert reply.blocks[1].text == "Eine Seite namens {x}{0} gibt es nicht. Prüfe den Link."


def test_problems_name_their_incident() -> None:
    texts = CATALOGUES.texts("en")
    busy = BusyError("Many people are asking just now. Try again in {seconds} s.", 4.2)
    reply = problem_reply(busy, texts, "7f3a")
    assert [block.text for block in reply.blocks] == [
        "Busy",
        "Many people are asking just now. Try again in 4 s.",
        "If you report this, give the number 7f3a.",
    ]
    assert reply.tone is Tone.PROBLEM
    assert "7f3a" in unexpected_reply(texts, "7f3a").blocks[-1].text
    unknown = problem_reply(InputError("{strange} words"), CATALOGUES.texts("de"))
    assert unknown.blocks[1].text == "{strange} words"
