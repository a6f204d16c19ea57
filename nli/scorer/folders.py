"""Where a model's files are: shipped, in a folder, or on the model hub."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nli.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Set

SHIPPED = Path(__file__).parent.parent / "weights"
SHIPPED_NAME = "shipped"
_ANSWER_SECONDS = 5.0
_HUB_ID = re.compile(r"\w[\w.-]*(/[\w.-]+)?")
_SAFE_WEIGHTS = ("model.safetensors", "model.safetensors.index.json")
_OLD_WEIGHTS = ("pytorch_model.bin", "pytorch_model.bin.index.json")
_PATTERNS = (
    ["*.json", "*.txt", "*.model", "model*.safetensors"],
    ["*.json", "*.txt", "*.model", "pytorch_model*.bin"],
)
_SUBFOLDERS = ["*/*"]
_WHAT_TO_GIVE = "Give a model's folder or hub id."


def find_model(model: str | None) -> tuple[Path, str]:
    """The folder with a model's files, downloaded first if need be, and its name for people.

    Raises:
        ModelError: there is no such folder, nor a model of that name that could be downloaded.
    """
    if model is None:
        if not weight_files(SHIPPED):
            raise ModelError(
                "The package lacks its model. Install one: python -m nli install FOLDER"
            )
        return SHIPPED, SHIPPED_NAME
    if not model.strip():
        raise ModelError(f"The model has no name. {_WHAT_TO_GIVE}")
    try:
        path = Path(model).expanduser()
        is_folder, is_there = path.is_dir(), path.exists()
    except (OSError, RuntimeError) as error:  # a name far too long, or of an unknown user's home
        raise ModelError(f"There is no folder {model[:80]}. {_WHAT_TO_GIVE}") from error
    if is_folder:
        return path, model
    if is_there:
        raise ModelError(f"{model} is a file. Give the folder that holds the model's config.json.")
    if not _HUB_ID.fullmatch(model):
        raise ModelError(f"There is no folder {model[:80]}. {_WHAT_TO_GIVE}")
    return _from_hub(model), model


def weight_files(folder: Path) -> list[Path]:
    """The files that hold a model's weights, safetensors preferred; empty if there are none."""
    for whole, index in (_SAFE_WEIGHTS, _OLD_WEIGHTS):
        if (folder / whole).is_file():
            return [folder / whole]
        if (folder / index).is_file():
            stem, _, suffix = whole.rpartition(".")
            return sorted(folder.glob(f"{stem}-*.{suffix}"))
    return []


def _from_hub(model: str) -> Path:
    """A snapshot of the files that matter, from the local cache if they are all there."""
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import (
        HfHubHTTPError,
        HFValidationError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
    )

    try:
        for patterns in _PATTERNS:
            with suppress(LocalEntryNotFoundError):
                cached = Path(
                    snapshot_download(
                        model,
                        allow_patterns=patterns,
                        ignore_patterns=_SUBFOLDERS,
                        local_files_only=True,
                    )
                )
                if (cached / "config.json").is_file() and weight_files(cached):
                    return cached
        # A download tries again and again when nobody answers. One question, asked once, finds
        # that out within seconds.
        listing = HfApi().model_info(model, timeout=_ANSWER_SECONDS)
        patterns = _patterns_for({file.rfilename for file in listing.siblings or ()})
        return Path(snapshot_download(model, allow_patterns=patterns, ignore_patterns=_SUBFOLDERS))
    except HFValidationError as error:
        raise ModelError(f"There is no folder {model}, and it is no hub id either.") from error
    except RepositoryNotFoundError as error:
        raise ModelError(
            f"There is no folder {model} here and no public model of that name on the hub."
        ) from error
    except HfHubHTTPError as error:
        raise ModelError(
            f"The model hub did not give out {model} (HTTP {error.response.status_code}). "
            "Try again later, or give a folder."
        ) from error
    except ModelError:
        raise
    # Whatever the network and the hub's client come up with.
    except Exception as error:
        raise ModelError(
            f"There is no folder {model} here, and the model hub cannot be reached "
            f"({type(error).__name__}). Give a folder, or try again with a connection to the "
            "internet."
        ) from error


def _patterns_for(names: Set[str]) -> list[str]:
    """What to download of a repository with these files: weights in one format only."""
    for starts, patterns in zip((_SAFE_WEIGHTS, _OLD_WEIGHTS), _PATTERNS, strict=True):
        if not names.isdisjoint(starts):
            return patterns
    raise ModelError(
        "The model on the hub has no weights for torch (model.safetensors or pytorch_model.bin)."
    )
