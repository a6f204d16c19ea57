"""What Discord would refuse is refused here, so that no test passes with what would fail there."""

from __future__ import annotations

from typing import Any

import pytest

from bot.benchmark.loopback.commands import check_commands
from bot.benchmark.loopback.faults import ApiError
from bot.benchmark.loopback.limits import check_choices, check_message, check_modal

V2 = 1 << 15


def text(content: str = "x") -> dict[str, Any]:
    return {"type": 10, "content": content}


def button(**over: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": "Go", "custom_id": "go"} | over


def row(*children: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(children)}


def select(count: int = 1, **over: Any) -> dict[str, Any]:
    options = [{"label": str(n), "value": str(n)} for n in range(count)]
    return {"type": 3, "custom_id": "pick", "options": options} | over


def buttons(count: int) -> list[dict[str, Any]]:
    return [button(custom_id=f"b{n}") for n in range(count)]


LINK = {"type": 2, "style": 5, "label": "Source", "url": "https://example.org"}

FINE = [
    {"content": "x" * 2000},
    {"embeds": [{"description": "x" * 4096}]},
    {"content": "x", "components": [row(*buttons(5))]},
    {"flags": V2, "components": [text("x" * 4000)]},
    {"flags": V2, "components": [text() for _ in range(40)]},
    {"flags": V2, "components": [{"type": 17, "components": [text(), row(button())]}]},
    {"flags": V2, "components": [row(select(25))]},
    {"flags": V2, "components": [{"type": 9, "components": [text()], "accessory": button()}]},
    {"flags": V2, "components": [row(LINK)]},
]

REFUSED = [
    {},
    {"content": ""},
    {"content": "x" * 2001},
    {"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]},
    {"content": "x", "components": [text()]},
    {"flags": V2, "content": "x", "components": [text()]},
    {"flags": V2, "embeds": [{"title": "x"}], "components": [text()]},
    {"flags": V2, "components": [text("x" * 2001), text("x" * 2000)]},
    {"flags": V2, "components": [text() for _ in range(41)]},
    {"flags": V2, "components": [{"type": 17, "components": [text() for _ in range(40)]}]},
    {"flags": V2, "components": [text("")]},
    {"flags": V2, "components": [row()]},
    {"flags": V2, "components": [row(*buttons(6))]},
    {"flags": V2, "components": [row(button(), button())]},
    {"flags": V2, "components": [row(button(custom_id="x" * 101))]},
    {"flags": V2, "components": [row(button(label="x" * 81))]},
    {"flags": V2, "components": [row(button(label=""))]},
    {"flags": V2, "components": [row(LINK | {"custom_id": "x"})]},
    {"flags": V2, "components": [row(LINK | {"url": "https://example.org/" + "x" * 500})]},
    {"flags": V2, "components": [row(select(26))]},
    {"flags": V2, "components": [row(select(0))]},
    {"flags": V2, "components": [row(select(), button())]},
    {"flags": V2, "components": [row(select(options=[{"label": "x" * 101, "value": "x"}]))]},
    {"flags": V2, "components": [button()]},
    {"flags": V2, "components": [{"type": 9, "components": [text()]}]},
    {"flags": V2, "components": [{"type": 17, "components": [{"type": 17, "components": []}]}]},
    {"flags": V2, "components": [row({"type": 4, "custom_id": "x", "label": "x"})]},
]


@pytest.mark.parametrize("body", FINE)
def test_message_that_discord_takes(body: dict[str, Any]) -> None:
    check_message(body)


@pytest.mark.parametrize("body", REFUSED)
def test_message_that_discord_refuses(body: dict[str, Any]) -> None:
    with pytest.raises(ApiError) as refused:
        check_message(body)
    assert refused.value.status == 400


def test_edit_of_a_components_message_cannot_bring_content() -> None:
    with pytest.raises(ApiError):
        check_message({"content": "x", "components": [text()]}, v2=True)


def label(item: dict[str, Any], name: str = "Name") -> dict[str, Any]:
    return {"type": 18, "label": name, "component": item}


ITEM = {"type": 4, "custom_id": "name", "style": 1}


def modal(**over: Any) -> dict[str, Any]:
    return {"title": "Form", "custom_id": "form", "components": [label(ITEM)]} | over


def test_modal_that_discord_takes() -> None:
    check_modal(modal())
    check_modal(modal(components=[label(select(25)), label({"type": 19, "custom_id": "f"})]))


@pytest.mark.parametrize(
    "over",
    [
        {"title": ""},
        {"title": "x" * 46},
        {"custom_id": "x" * 101},
        {"components": []},
        {"components": [label(ITEM)] * 6},
        {"components": [label(ITEM, "x" * 46)]},
        {"components": [label(ITEM | {"max_length": 4001})]},
        {"components": [label(ITEM | {"placeholder": "x" * 101})]},
        {"components": [label(button())]},
        {"components": [button()]},
    ],
)
def test_modal_that_discord_refuses(over: dict[str, Any]) -> None:
    with pytest.raises(ApiError):
        check_modal(modal(**over))


@pytest.mark.parametrize(
    "choices",
    [
        [{"name": "x", "value": "x"}] * 26,
        [{"name": "x" * 101, "value": "x"}],
        [{"name": "", "value": "x"}],
        [{"name": "x", "value": "x" * 101}],
    ],
)
def test_choices_that_discord_refuses(choices: list[dict[str, Any]]) -> None:
    with pytest.raises(ApiError):
        check_choices(choices)


def command(**over: Any) -> dict[str, Any]:
    return {"name": "check", "description": "Check it", "type": 1} | over


OPTION = {"name": "statement", "description": "What", "type": 3}


def test_commands_that_discord_takes() -> None:
    menu = {"name": "Check this", "type": 3}
    german = {"name_localizations": {"de": "prüfen"}, "description_localizations": {"de": "Prüft"}}
    check_commands([command(options=[OPTION | {"required": True}]) | german, menu])


@pytest.mark.parametrize(
    "wrong",
    [
        command(name="Check"),
        command(name="check it"),
        command(name="x" * 33),
        command(description=""),
        command(description="x" * 101),
        command(name_localizations={"de": "Prüfen"}),
        command(name_localizations={"de-DE": "prüfen"}),
        command(options=[OPTION, OPTION | {"name": "b", "required": True}]),
        command(options=[OPTION | {"description": ""}]),
        command(options=[OPTION | {"choices": [{"name": "x", "value": "x"}] * 26}]),
        {"name": "Check this", "type": 3, "description": "not allowed"},
        {"name": "x" * 33, "type": 3},
    ],
)
def test_command_that_discord_refuses(wrong: dict[str, Any]) -> None:
    with pytest.raises(ApiError):
        check_commands([wrong])


def test_same_name_twice() -> None:
    with pytest.raises(ApiError):
        check_commands([command(), command()])
