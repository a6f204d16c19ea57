"""What was typed at the prompt, for the arrow keys."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit.history import FileHistory, History

if TYPE_CHECKING:
    from collections.abc import Iterable


class PromptHistory(History):
    """Kept in a file where one can be written, and in memory for as long as the talk lasts."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file = FileHistory(str(path))

    def load_history_strings(self) -> Iterable[str]:
        with suppress(OSError):
            return self._file.load_history_strings()
        return ()

    def store_string(self, string: str) -> None:
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            self._file.store_string(string)

    def clear(self) -> None:
        """Forget every line.

        Raises:
            OSError: those in the file cannot be deleted.
        """
        self._loaded_strings.clear()
        if self._path.is_file():
            self._path.write_bytes(b"")


def history_path() -> Path:
    """A file among the user's own."""
    state = os.environ.get("XDG_STATE_HOME")
    try:
        folder = Path(state) if state else Path.home() / ".local" / "state"
    except RuntimeError:
        return Path(os.devnull)  # There is no home.
    return folder / "attest" / "history"
