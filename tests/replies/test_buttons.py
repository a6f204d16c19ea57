"""Buttons, menu and form by themselves; tests/discord presses them in a simulated Discord."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from discord.ui import Button, Select, TextDisplay

from bot.cards.buttons import ActionButton
from bot.cards.ui_feedback import WrongModal
from bot.cards.ui_sources import SourceSelect, choose_source
from bot.i18n import Catalogues
from bot.replies.reply import ActionKind
from nli import Verdict
from tests.replies.samples import SOURCE

CATALOGUES = Catalogues.load()
TEMPLATE = ActionButton.__discord_ui_compiled_template__


class Recorder:
    """Stands in for the client's actions: notes each call, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.error = error

    def __getattr__(self, name: str) -> Any:
        async def call(_: Any, *arguments: Any) -> None:
            if self.error is not None and name != "failed":
                raise self.error
            self.calls.append((name, *arguments))

        return call


def interaction(actions: Recorder) -> Any:
    return SimpleNamespace(client=SimpleNamespace(attest_actions=actions))


async def press(custom_id: str, actions: Recorder) -> None:
    """As Discord reports a press on a message of an earlier process."""
    match = TEMPLATE.fullmatch(custom_id)
    assert match is not None
    pressed = Button[Any](custom_id=custom_id, label="As it was")
    button = await ActionButton.from_custom_id(interaction(actions), pressed, match)
    assert button.item.label == "As it was"
    await button.callback(interaction(actions))


@pytest.mark.parametrize(
    ("custom_id", "call"),
    [
        ("attest:more:41", ("more", 41)),
        ("attest:other:41", ("other_source", 41)),
        ("attest:right:41", ("right", 41)),
        ("attest:wrong:41", ("wrong", 41)),
        ("attest:show:3", ("show_source", 3)),
        ("attest:page:3:2", ("page", 3, 2)),
        ("attest:page:0:7", ("page", 0, 7)),
        ("attest:page:3", ("page", 3, 1)),
    ],
)
async def test_a_button_knows_what_it_is_for(custom_id: str, call: tuple[Any, ...]) -> None:
    actions = Recorder()
    await press(custom_id, actions)
    assert actions.calls == [call]


def test_every_kind_of_action_has_a_button() -> None:
    for kind in ActionKind:
        assert TEMPLATE.fullmatch(f"attest:{kind.value}:1")


@pytest.mark.parametrize(
    "forged",
    [
        "attest:more:",
        "attest:more:-1",
        "attest:more:1; drop table checks",
        "attest:more:9999999999999999999",
        "attest:delete:1",
        "attest:page:1:2:3",
        "xattest:more:1",
        "attest:more:1\n",
    ],
)
def test_forged_ids_are_nobodys(forged: str) -> None:
    assert TEMPLATE.fullmatch(forged) is None


async def test_an_action_that_fails_is_told() -> None:
    error = RuntimeError("no database")
    actions = Recorder(error)
    await press("attest:more:41", actions)
    assert actions.calls == [("failed", error)]


async def test_the_menu_hands_over_check_and_article() -> None:
    actions = Recorder()
    match = re.fullmatch(SourceSelect.__discord_ui_compiled_template__, "attest:pick:41")
    assert match is not None
    menu = await SourceSelect.from_custom_id(interaction(actions), Select[Any](), match)
    menu.item._values = ["8"]
    await menu.callback(interaction(actions))
    menu.item._values = ["8 or so"]
    await menu.callback(interaction(actions))
    assert actions.calls == [("pick_source", 41, 8)]


def test_the_menu_stays_within_discords_limits() -> None:
    sources = [replace(SOURCE, id=n, title="Long title " * 40, author="A" * 300) for n in range(40)]
    sources[0] = replace(SOURCE, id=0, title="\u200b", author="", date="")
    view = choose_source(41, sources, CATALOGUES.texts("de"))
    items = list(view.walk_children())
    (select,) = [item for item in items if isinstance(item, SourceSelect)]
    options = select.item.options
    assert len(options) == 25
    assert all(len(option.label) <= 100 for option in options)
    assert all(option.description is None or len(option.description) <= 100 for option in options)
    assert options[0].label == "#0 Artikel ohne Titel"
    assert any(isinstance(item, TextDisplay) for item in items)


@pytest.mark.parametrize("language", CATALOGUES.languages)
def test_the_form_fits_in_every_language(language: str) -> None:
    modal = WrongModal(41, CATALOGUES.texts(language))
    assert len(modal.title) <= 45
    for child in modal.to_components():
        assert len(child["label"]) <= 45
        assert not child["label"].endswith("…")
        assert len(child.get("description") or "") <= 100
    assert [option.value for option in modal.verdict.options] == [each.value for each in Verdict]


async def test_the_form_hands_over_verdict_and_reason() -> None:
    actions = Recorder()
    modal = WrongModal(41, CATALOGUES.texts("en"))
    modal.verdict._value = "contradicted"
    cast("Any", modal.why)._value = "  It says May. "
    await modal.on_submit(interaction(actions))
    assert actions.calls == [("tell_wrong", 41, Verdict.CONTRADICTED, "It says May.")]
    modal.verdict._value = None
    with pytest.raises(ValueError, match="None"):
        await modal.on_submit(interaction(actions))
    await modal.on_error(interaction(actions), ValueError("x"))
    assert actions.calls[-1][0] == "failed"
