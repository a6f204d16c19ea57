"""A model that cannot give verdicts is refused with one line that says why."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import torch
import transformers
from safetensors.torch import load_file

from nli.errors import ModelError
from nli.scorer import Pair
from nli.scorer.load import load_scorer
from nli.scorer.local import load_folder
from tests.nli.scorer import tiny

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def refusal(capfd: pytest.CaptureFixture[str]) -> Callable[[Path], str]:
    """The message of a refusal, which must be all that a person gets to see."""

    def refused(folder: Path) -> str:
        capfd.readouterr()
        with pytest.raises(ModelError) as caught:
            load_folder(folder, name="tiny")
        printed = capfd.readouterr()
        assert (printed.out, printed.err) == ("", "")
        message = str(caught.value)
        assert "\n" not in message
        return message

    return refused


@pytest.fixture(params=["bert", "distilbert"])
def model(request: pytest.FixtureRequest) -> Path:
    """A model for the packed encoder, then one for transformers; both to change at will."""
    return request.getfixturevalue(request.param)


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no folder"):
        load_scorer(str(tmp_path / "nothing"))


def test_a_file(bert: Path) -> None:
    with pytest.raises(ModelError, match="is a file"):
        load_scorer(str(bert / "config.json"))


def test_no_config(model: Path, refusal: Callable[[Path], str]) -> None:
    (model / "config.json").unlink()
    assert "has no config.json" in refusal(model)


@pytest.mark.parametrize("text", ["{", "[1]", "\x00\xff", ""])
def test_damaged_config(model: Path, text: str, refusal: Callable[[Path], str]) -> None:
    (model / "config.json").write_text(text, encoding="latin-1")
    assert "config.json" in refusal(model)


def test_no_weights(model: Path, refusal: Callable[[Path], str]) -> None:
    (model / "model.safetensors").unlink()
    assert "has no weights" in refusal(model)


@pytest.mark.parametrize("keep", [0, 4, 1000, -10])
def test_damaged_weights(model: Path, keep: int, refusal: Callable[[Path], str]) -> None:
    weights = model / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:keep])
    assert "damaged or incomplete" in refusal(model)


def test_a_pointer_instead_of_weights(model: Path, refusal: Callable[[Path], str]) -> None:
    (model / "model.safetensors").write_text("version https://git-lfs.github.com/spec/v1\n" * 3)
    assert "damaged or incomplete" in refusal(model)


def test_weights_that_are_no_numbers(model: Path, refusal: Callable[[Path], str]) -> None:
    loaded = transformers.AutoModelForSequenceClassification.from_pretrained(model)
    with torch.no_grad():
        loaded.classifier.bias.fill_(float("nan"))
    loaded.save_pretrained(model)
    assert "no numbers" in refusal(model)


def test_no_tokenizer(model: Path, refusal: Callable[[Path], str]) -> None:
    for file in model.glob("*token*"):
        file.unlink()
    assert "has no tokenizer" in refusal(model)


@pytest.mark.parametrize("text", ["", "{}", "\x00"])
def test_damaged_tokenizer(model: Path, text: str, refusal: Callable[[Path], str]) -> None:
    (model / "tokenizer.json").write_text(text)
    assert "tokenizer" in refusal(model)


@pytest.mark.parametrize("fewer", [1, 60])
def test_the_tokenizer_of_another_model(
    model: Path, fewer: int, refusal: Callable[[Path], str]
) -> None:
    loaded = transformers.AutoModelForSequenceClassification.from_pretrained(model)
    loaded.resize_token_embeddings(loaded.config.vocab_size - fewer)
    loaded.save_pretrained(model)
    assert "does not work together with its tokenizer" in refusal(model)


@pytest.mark.parametrize("names", [["entailment"], ["a", "b", "c", "d"]])
def test_wrong_number_of_labels(
    tmp_path: Path, names: list[str], refusal: Callable[[Path], str]
) -> None:
    folder = tiny.save_bert(tmp_path, labels=names)
    assert f"has {len(names)} label" in refusal(folder)


def test_labels_without_meaning(tmp_path: Path, refusal: Callable[[Path], str]) -> None:
    folder = tiny.save_bert(tmp_path, labels=["LABEL_0", "LABEL_1", "LABEL_2"])
    message = refusal(folder)
    assert "LABEL_0, LABEL_1, LABEL_2" in message
    assert "id2label" in message


def test_more_labels_named_than_trained(model: Path, refusal: Callable[[Path], str]) -> None:
    tiny.edit_config(model, id2label={"0": "entailment", "1": "not_entailment"}, label2id=None)
    assert "classifier" in refusal(model)


@pytest.mark.parametrize("kind", ["BertForMaskedLM", "DistilBertForMaskedLM"])
def test_a_language_model_that_never_learned_to_classify(
    tmp_path: Path, kind: str, refusal: Callable[[Path], str]
) -> None:
    folder = tiny.save_bert(tmp_path) if kind[0] == "B" else tiny.save_distilbert(tmp_path)
    labels = transformers.AutoConfig.from_pretrained(folder).id2label
    getattr(transformers, kind).from_pretrained(folder).save_pretrained(folder)
    tiny.edit_config(folder, id2label=labels)
    message = refusal(folder)
    assert "not trained to classify" in message
    assert "classifier" in message


def test_an_unknown_architecture(model: Path, refusal: Callable[[Path], str]) -> None:
    tiny.edit_config(model, model_type="nobody-knows", architectures=["NobodyKnows"])
    assert "cannot be" in refusal(model)


def test_code_from_the_folder_is_never_run(
    model: Path, tmp_path: Path, refusal: Callable[[Path], str]
) -> None:
    trace = tmp_path / "was-here"
    (model / "modeling_own.py").write_text(
        f"open({str(trace)!r}, 'w')\nclass Own: pass\nclass OwnConfig: pass\n"
    )
    tiny.edit_config(
        model,
        model_type="own",
        auto_map={
            "AutoConfig": "modeling_own.OwnConfig",
            "AutoModelForSequenceClassification": "modeling_own.Own",
        },
    )
    refusal(model)
    assert not trace.exists()


def test_old_weight_files_are_read_without_running_them(
    bert: Path, tmp_path: Path, refusal: Callable[[Path], str]
) -> None:
    expected = load_folder(bert, name="tiny")
    tensors = load_file(bert / "model.safetensors")
    (bert / "model.safetensors").unlink()
    torch.save(tensors, bert / "pytorch_model.bin")
    pairs = [Pair(tiny.TEXT[0], "A toll.")]
    assert load_folder(bert, name="tiny").score(pairs) == pytest.approx(
        expected.score(pairs), abs=1e-5
    )

    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return shutil.rmtree, (str(tmp_path),)

    torch.save({"classifier.weight": Trap()}, bert / "pytorch_model.bin")
    refusal(bert)
    assert (bert / "pytorch_model.bin").exists()
