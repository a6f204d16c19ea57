"""Where models are found. Each look-up runs in a process of its own, with its own hub cache."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from nli.errors import ModelError
from nli.scorer.folders import SHIPPED, find_model, weight_files
from tests.nli.scorer import hub

MODEL = "someone/tiny-nli"
LOOK_UP = """
import sys
from nli.errors import ModelError
from nli.scorer.folders import find_model
try:
    print("FOUND", find_model(sys.argv[1])[0])
except ModelError as error:
    print("REFUSED", error)
"""


def look_up(model: str, *, endpoint: str, cache: Path, **variables: str) -> str:
    environment = os.environ | {
        "HF_ENDPOINT": endpoint,
        "HF_HOME": str(cache),
        "PYTHONPATH": str(Path(__file__).parents[3]),
        **variables,
    }
    run = subprocess.run(
        [sys.executable, "-c", LOOK_UP, model],
        env=environment,
        cwd=cache,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return run.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / "onnx").mkdir(parents=True)
    for name in (
        "config.json",
        "tokenizer.json",
        "vocab.txt",
        "model.safetensors",
        "pytorch_model.bin",
        "tf_model.h5",
        "README.md",
        "onnx/config.json",
    ):
        (folder / name).write_text(f"content of {name}")
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir()
    return folder


@pytest.fixture
def nobody() -> str:
    """An address where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_the_shipped_model_needs_no_name() -> None:
    folder, name = find_model(None)
    assert folder == SHIPPED
    assert name == "shipped"
    assert [file.name for file in weight_files(folder)] == ["model.safetensors"]


def test_a_folder_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some" / "model").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert find_model("some/model") == (Path("some/model"), "some/model")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_model("~/some")[0] == tmp_path / "some"


@pytest.mark.parametrize(
    "name", ["/no/such/folder", "./none", "../none", "a/b/c", "a b", "", " ", "-dash"]
)
def test_what_can_only_be_a_folder_is_not_looked_for_on_the_hub(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ModelError, match=r"Give a model's folder or hub id\.$"):
        find_model(name)


def test_sharded_weights_are_found_in_order(tmp_path: Path) -> None:
    names = [f"model-0000{part}-of-00003.safetensors" for part in (3, 1, 2)]
    for name in [*names, "model.safetensors.index.json", "pytorch_model.bin"]:
        (tmp_path / name).touch()
    assert [file.name for file in weight_files(tmp_path)] == sorted(names)


def test_a_model_is_downloaded_once(repository: Path, cache: Path, nobody: str) -> None:
    with hub.running(repository, MODEL) as server:
        found = look_up(MODEL, endpoint=server.address, cache=cache)
        assert found.startswith("FOUND ")
        assert sorted(server.served) == [
            "config.json",
            "model.safetensors",
            "tokenizer.json",
            "vocab.txt",
        ]
    folder = Path(found.removeprefix("FOUND "))
    assert (folder / "model.safetensors").read_text() == "content of model.safetensors"
    assert look_up(MODEL, endpoint=nobody, cache=cache) == found


def test_without_safetensors_the_older_format_is_downloaded(repository: Path, cache: Path) -> None:
    (repository / "model.safetensors").unlink()
    with hub.running(repository, MODEL) as server:
        assert look_up(MODEL, endpoint=server.address, cache=cache).startswith("FOUND ")
        assert "pytorch_model.bin" in server.served


def test_an_interrupted_download_is_taken_up_again(repository: Path, cache: Path) -> None:
    with hub.running(repository, MODEL) as server:
        found = look_up(MODEL, endpoint=server.address, cache=cache)
        (Path(found.removeprefix("FOUND ")) / "model.safetensors").unlink()
        assert look_up(MODEL, endpoint=server.address, cache=cache) == found
        assert server.served.count("tokenizer.json") == 1


def test_a_repository_without_weights(repository: Path, cache: Path) -> None:
    for file in (repository / "model.safetensors", repository / "pytorch_model.bin"):
        file.unlink()
    with hub.running(repository, MODEL) as server:
        assert "no weights" in look_up(MODEL, endpoint=server.address, cache=cache)


def test_no_such_model_on_the_hub(repository: Path, cache: Path) -> None:
    with hub.running(repository, MODEL) as server:
        answer = look_up("someone/else", endpoint=server.address, cache=cache)
    assert answer == (
        "REFUSED There is no folder someone/else here and no public model of that name on the hub."
    )


def test_nobody_answers(cache: Path, nobody: str) -> None:
    answer = look_up(MODEL, endpoint=nobody, cache=cache)
    assert answer.startswith("REFUSED There is no folder")
    assert "cannot be reached" in answer


def test_somebody_answers_without_a_word(cache: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert "cannot be reached" in look_up(MODEL, endpoint=endpoint, cache=cache)


def test_offline_by_choice(repository: Path, cache: Path) -> None:
    with hub.running(repository, MODEL) as server:
        answer = look_up(MODEL, endpoint=server.address, cache=cache, HF_HUB_OFFLINE="1")
        assert "cannot be reached" in answer
        assert server.served == []


@pytest.mark.parametrize("name", ["two--dashes", "x" * 200, "ends-in.git"])
def test_names_that_the_hub_does_not_allow(name: str, cache: Path, nobody: str) -> None:
    assert look_up(name, endpoint=nobody, cache=cache).startswith("REFUSED There is no folder")
