"""Discord's limits on messages and modals: what breaks one is refused as Discord refuses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.benchmark.loopback.faults import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.benchmark.loopback.world import Json

EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER, LABEL, FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 17, 18, 19, 21, 22, 23
SELECTS = frozenset({STRING_SELECT, 5, 6, 7, 8})
TOP_LEVEL_V2 = frozenset({ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER})
IN_LABEL = SELECTS | {TEXT_INPUT, FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX}
LINK_STYLE = 5


class Complaints:
    """Everything wrong with one body; raised together, each under its own path."""

    def __init__(self) -> None:
        self._found: Json = {}

    def add(self, path: str, code: str, message: str) -> None:
        self._found.setdefault(path, {"_errors": []})["_errors"].append(
            {"code": code, "message": message}
        )

    def length(self, path: str, value: object, least: int, most: int) -> None:
        if not isinstance(value, str) or not least <= len(value) <= most:
            size = len(value) if isinstance(value, str) else repr(value)
            self.add(
                path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most}; is {size}."
            )

    def count(self, path: str, values: Sequence[object], least: int, most: int) -> None:
        if not least <= len(values) <= most:
            message = f"Must have {least} to {most} entries; has {len(values)}."
            self.add(path, "BASE_TYPE_BAD_LENGTH", message)

    def raise_any(self) -> None:
        if self._found:
            raise ApiError(400, 50035, "Invalid Form Body", self._found)


def walk(components: Sequence[Json]) -> Iterator[Json]:
    """Every component, nested ones and accessories included."""
    for component in components:
        yield component
        yield from walk(component.get("components") or ())
        for single in ("accessory", "component"):
            if component.get(single):
                yield from walk((component[single],))


def check_message(body: Mapping[str, Any], *, has_files: bool = False, v2: bool = False) -> None:
    """Refuse a message Discord would refuse. `v2` says the message edited already is of that kind.

    Raises:
        ApiError: 400 with every complaint.
    """
    found = Complaints()
    components: list[Json] = body.get("components") or []
    embeds: list[Json] = body.get("embeds") or []
    v2 = v2 or bool((body.get("flags") or 0) & COMPONENTS_V2)
    found.length("content", body.get("content") or "", 0, 2000)
    if v2:
        for field in ("content", "embeds", "poll", "stickers"):
            if body.get(field):
                found.add(field, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "Not here.")
    found.count("embeds", embeds, 0, 10)
    if sum(_embed_size(embed) for embed in embeds) > 6000:
        found.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embeds have 6000 characters at most.")
    _check_components(found, components, v2=v2)
    found.raise_any()
    if not (body.get("content") or embeds or components or has_files or body.get("poll")):
        raise ApiError(400, 50006, "Cannot send an empty message")


def _embed_size(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get(part) or {}).get("text") for part in ("footer",)]
    texts += [(embed.get("author") or {}).get("name")]
    for entry in embed.get("fields") or ():
        texts += [entry.get("name"), entry.get("value")]
    return sum(len(text) for text in texts if text)


def _check_components(found: Complaints, components: list[Json], *, v2: bool) -> None:
    if not v2:
        found.count("components", components, 0, 5)
    for place, component in enumerate(components):
        if component.get("type") not in (TOP_LEVEL_V2 if v2 else {ROW}):
            found.add(f"components[{place}]", "UNION_TYPE_CHOICES", "Not allowed at the top.")
    everything = list(walk(components))
    found.count("components", everything, 0, 40)
    texts = [str(c.get("content") or "") for c in everything if c.get("type") == TEXT]
    if sum(map(len, texts)) > 4000:
        found.add("components", "COMPONENT_TEXT_TOO_LONG", "4000 characters of text at most.")
    identifiers = [c["custom_id"] for c in everything if "custom_id" in c]
    for repeated in {i for i in identifiers if identifiers.count(i) > 1}:
        found.add("components", "COMPONENT_CUSTOM_ID_DUPLICATED", f"{repeated} is not unique.")
    for place, component in enumerate(everything):
        _check_component(found, f"component {place}", component)


def _check_component(found: Complaints, path: str, component: Json) -> None:
    children: list[Json] = component.get("components") or []
    match component.get("type"):
        case 1:
            kinds = {child.get("type") for child in children}
            found.count(f"{path}.components", children, 1, 1 if kinds & SELECTS else 5)
            if not kinds <= SELECTS | {BUTTON}:
                found.add(path, "UNION_TYPE_CHOICES", "A row holds buttons or one select.")
        case 2:
            _check_button(found, path, component)
        case kind if kind in SELECTS:
            found.length(f"{path}.custom_id", component.get("custom_id"), 1, 100)
            found.length(f"{path}.placeholder", component.get("placeholder") or "", 0, 150)
            if kind == STRING_SELECT:
                _check_options(found, path, component)
        case 9:
            found.count(f"{path}.components", children, 1, 3)
            if any(child.get("type") != TEXT for child in children):
                found.add(path, "UNION_TYPE_CHOICES", "A section holds text displays.")
            if (component.get("accessory") or {}).get("type") not in (BUTTON, THUMBNAIL):
                found.add(path, "BASE_TYPE_REQUIRED", "A section needs an accessory.")
        case 10:
            found.length(f"{path}.content", component.get("content"), 1, 4000)
        case 12:
            found.count(f"{path}.items", component.get("items") or [], 1, 10)
        case 17:
            found.count(f"{path}.components", children, 1, 40)
            if any(child.get("type") == CONTAINER for child in children):
                found.add(path, "UNION_TYPE_CHOICES", "Containers do not nest.")
        case 11 | 13 | 14:
            pass
        case kind:
            found.add(path, "UNION_TYPE_CHOICES", f"{kind} does not belong in a message.")


def _check_button(found: Complaints, path: str, button: Json) -> None:
    found.length(f"{path}.label", button.get("label") or "", 0, 80)
    if not (button.get("label") or button.get("emoji")):
        found.add(path, "BUTTON_COMPONENT_LABEL_REQUIRED", "A label or an emoji is needed.")
    if button.get("style") == LINK_STYLE:
        found.length(f"{path}.url", button.get("url"), 1, 512)
        if "custom_id" in button:
            found.add(path, "BUTTON_COMPONENT_INVALID", "A link button has no custom id.")
    else:
        found.length(f"{path}.custom_id", button.get("custom_id"), 1, 100)


def _check_options(found: Complaints, path: str, select: Json) -> None:
    options: list[Json] = select.get("options") or []
    found.count(f"{path}.options", options, 1, 25)
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        found.add(path, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "Values must differ.")
    for place, option in enumerate(options):
        found.length(f"{path}.options[{place}].label", option.get("label"), 1, 100)
        found.length(f"{path}.options[{place}].value", option.get("value"), 1, 100)
        found.length(
            f"{path}.options[{place}].description", option.get("description") or "", 0, 100
        )


def check_modal(body: Mapping[str, Any]) -> None:
    """Refuse a modal Discord would refuse.

    Raises:
        ApiError: 400 with every complaint.
    """
    found = Complaints()
    components: list[Json] = body.get("components") or []
    found.length("title", body.get("title"), 1, 45)
    found.length("custom_id", body.get("custom_id"), 1, 100)
    found.count("components", components, 1, 5)
    for place, component in enumerate(components):
        path = f"components[{place}]"
        match component.get("type"):
            case 18:
                found.length(f"{path}.label", component.get("label"), 1, 45)
                found.length(f"{path}.description", component.get("description") or "", 0, 100)
                _check_modal_item(found, path, component.get("component") or {})
            case 1:
                for child in component.get("components") or ():
                    found.length(f"{path}.label", child.get("label"), 1, 45)
                    _check_modal_item(found, path, child)
            case 10:
                found.length(f"{path}.content", component.get("content"), 1, 4000)
            case kind:
                found.add(path, "UNION_TYPE_CHOICES", f"{kind} does not belong in a modal.")
    found.raise_any()


def _check_modal_item(found: Complaints, path: str, item: Json) -> None:
    kind = item.get("type")
    if kind not in IN_LABEL:
        found.add(path, "UNION_TYPE_CHOICES", f"{kind} does not belong in a label.")
    found.length(f"{path}.custom_id", item.get("custom_id"), 1, 100)
    found.length(f"{path}.placeholder", item.get("placeholder") or "", 0, 100)
    if kind == TEXT_INPUT:
        most = item.get("max_length") or 4000
        if not 1 <= most <= 4000:
            found.add(f"{path}.max_length", "NUMBER_TYPE_MAX", "4000 at most.")
        found.length(f"{path}.value", item.get("value") or "", 0, most)
    elif kind == STRING_SELECT:
        _check_options(found, path, item)


def check_choices(choices: Sequence[Json]) -> None:
    """Refuse autocomplete choices Discord would refuse.

    Raises:
        ApiError: 400 with every complaint.
    """
    found = Complaints()
    found.count("choices", choices, 0, 25)
    for place, choice in enumerate(choices):
        found.length(f"choices[{place}].name", choice.get("name"), 1, 100)
        if isinstance(choice.get("value"), str):
            found.length(f"choices[{place}].value", choice["value"], 1, 100)
    found.raise_any()
