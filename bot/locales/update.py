"""Bring the catalogues in step with the code: `python -m bot.locales.update`.

New sentences are added untranslated, those no longer used are dropped. A translator then
fills the empty `msgstr` lines; the tests name whatever is missing.
"""

from __future__ import annotations

import ast
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.i18n import DOMAIN, LOCALES, SOURCE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CODE = Path(__file__).parents[1]
SENTENCES = {
    "texts": 1,
    "plural": 2,
    "mark": 1,
    "locale_str": 1,
    "_T": 1,
    "UserError": 1,
    "BusyError": 1,
    "InputError": 1,
}
"""Calls whose first arguments, so many of them, are sentences for the catalogues."""

DESCRIPTIONS = ("Command", "Group", "command")
"""Calls whose `description` Discord shows; names of commands stay English, as replies name them."""

HEADER = """\
# Attest's sentences in {name}.
msgid ""
msgstr ""
"Project-Id-Version: attest\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""
"""Only what readers of the file need: times and addresses would change with every run."""

SPOKEN = (CODE.parent / "nli" / "claims.py", CODE.parent / "nli" / "article.py")
"""Files outside the bot whose errors its users meet."""


def messages_in(folder: Path, also: Iterable[Path] = ()) -> Catalog:
    """Every sentence the code hands to the catalogues, and the files it is in.

    Babel's own extraction reads tokens and so misses what stands inside an f-string.
    """
    found = Catalog()
    for path in [*sorted(folder.rglob("*.py")), *also]:
        place = path.relative_to(folder.parent).as_posix()
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                for sentence in _sentences(call):
                    found.add(sentence, locations=[(place, call.lineno)])
    return found


def _sentences(call: ast.Call) -> Iterator[str | tuple[str, ...]]:
    """The sentences a call hands over; one with two forms is a pair."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            pass
        case _:
            return
    count = SENTENCES.get(name, 0)
    given = tuple(filter(None, map(_literal, call.args[:count])))
    if given and len(given) == count:
        yield given if count > 1 else given[0]
    for keyword in call.keywords:
        shown = name == "describe" or (name in DESCRIPTIONS and keyword.arg == "description")
        if shown and (sentence := _literal(keyword.value)):
            yield sentence


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def catalogue_path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(language: str) -> Catalog:
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def untranslated(catalogue: Catalog) -> list[str]:
    """The first form of every sentence that lacks a translation, wholly or in part."""
    return [
        _forms(message.id)[0]
        for message in catalogue
        if message.id and not all(_forms(message.string))
    ]


def _forms(sentence: str | Sequence[str] | None) -> tuple[str, ...]:
    if sentence is None:
        return ("",)
    return (sentence,) if isinstance(sentence, str) else tuple(sentence)


def _write(catalogue: Catalog, language: str) -> None:
    body = BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    header = HEADER.format(
        name=Locale.parse(language).english_name,
        language=language,
        plural_forms=catalogue.plural_forms,
    )
    catalogue_path(language).write_bytes(header.encode() + body.getvalue())


def main() -> None:
    template = messages_in(CODE, SPOKEN)
    for path in sorted(LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        language = path.parent.parent.name
        catalogue = read_catalogue(language)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        _write(catalogue, language)
        missing = 0 if language == SOURCE_LANGUAGE else len(untranslated(catalogue))
        sys.stdout.write(f"{language}: {len(catalogue)} sentences, {missing} to translate\n")


if __name__ == "__main__":
    main()
