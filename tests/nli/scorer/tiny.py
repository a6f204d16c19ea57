"""Tiny random models with tokenizers trained on a few sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import torch
import transformers
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

TEXT = (
    "HALVERTON, March 4 (Agency) — The council voted on Tuesday to close the old bridge.",
    "Mayor Ada Linfield said that repairs would cost 12 million crowns and take two years.",
    "She did not rule out a toll, but no decision has been made, according to the council.",
    "Ferries carried 300 people on Sunday, more than ever before; the firm hired six pilots.",
)
THREE = ("entailment", "neutral", "contradiction")
SMALL: dict[str, Any] = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 48,
    "initializer_range": 0.3,  # wide enough that different pairs get clearly different scores
}


def save_bert(folder: Path, *, labels: Sequence[str] = THREE, **config: Any) -> Path:
    """A BERT that the packed encoder takes."""
    tokenizer = _wordpiece(transformers.BertTokenizer)
    return _save(folder, transformers.BertConfig, tokenizer, labels, SMALL | config)


def save_distilbert(folder: Path) -> Path:
    sizes = {"dim": 32, "n_layers": 2, "n_heads": 4, "hidden_dim": 48, "initializer_range": 0.3}
    tokenizer = _wordpiece(transformers.DistilBertTokenizer)
    return _save(folder, transformers.DistilBertConfig, tokenizer, THREE, sizes)


def save_electra(folder: Path) -> Path:
    tokenizer = _wordpiece(transformers.BertTokenizer)
    sizes = SMALL | {"embedding_size": 16}
    return _save(folder, transformers.ElectraConfig, tokenizer, THREE, sizes)


def save_albert(folder: Path) -> Path:
    tokenizer = _unigram(transformers.AlbertTokenizer, ("<pad>", "<unk>", "[CLS]", "[SEP]"))
    sizes = SMALL | {"embedding_size": 16}
    return _save(folder, transformers.AlbertConfig, tokenizer, THREE, sizes)


def save_roberta(folder: Path) -> Path:
    tokenizer = _bytes(transformers.RobertaTokenizer)
    sizes = SMALL | {"max_position_embeddings": 130, "type_vocab_size": 1}
    return _save(folder, transformers.RobertaConfig, tokenizer, THREE, sizes)


def save_xlm_roberta(folder: Path) -> Path:
    tokenizer = _unigram(
        transformers.XLMRobertaTokenizer, ("<s>", "<pad>", "</s>", "<unk>"), mask="<mask>"
    )
    sizes = SMALL | {"max_position_embeddings": 130, "type_vocab_size": 1}
    return _save(folder, transformers.XLMRobertaConfig, tokenizer, THREE, sizes)


def save_deberta_v2(folder: Path) -> Path:
    tokenizer = _unigram(transformers.DebertaV2Tokenizer, ("[PAD]", "[CLS]", "[SEP]", "[UNK]"))
    sizes = SMALL | {"relative_attention": True, "pos_att_type": ["p2c", "c2p"]}
    return _save(folder, transformers.DebertaV2Config, tokenizer, THREE, sizes)


def save_deberta_v3(folder: Path) -> Path:
    tokenizer = _unigram(transformers.DebertaV2Tokenizer, ("[PAD]", "[CLS]", "[SEP]", "[UNK]"))
    sizes = SMALL | {
        "relative_attention": True,
        "pos_att_type": ["p2c", "c2p"],
        "position_buckets": 16,
        "norm_rel_ebd": "layer_norm",
        "share_att_key": True,
        "position_biased_input": False,
        "type_vocab_size": 0,
    }
    return _save(folder, transformers.DebertaV2Config, tokenizer, THREE, sizes)


def save_modernbert(folder: Path) -> Path:
    special = ("[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]")
    backend = Tokenizer(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    backend.train_from_iterator(TEXT, trainers.BpeTrainer(special_tokens=list(special)))
    from tokenizers.processors import TemplateProcessing

    backend.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B [SEP]",
        special_tokens=[("[CLS]", 1), ("[SEP]", 2)],
    )
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=backend,
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        unk_token="[UNK]",
        mask_token="[MASK]",
        model_input_names=["input_ids", "attention_mask"],
        model_max_length=128,
    )
    sizes = {key: value for key, value in SMALL.items() if key != "initializer_range"} | {
        "local_attention": 8,
        "cls_token_id": 1,
        "sep_token_id": 2,
        "bos_token_id": 1,
        "eos_token_id": 2,
        "initializer_range": 0.3,
        "initializer_cutoff_factor": 2.0,
    }
    return _save(folder, transformers.ModernBertConfig, tokenizer, THREE, sizes)


def save_bart(folder: Path) -> Path:
    tokenizer = _bytes(transformers.BartTokenizer)
    sizes = {
        "d_model": 32,
        "encoder_layers": 1,
        "decoder_layers": 1,
        "encoder_attention_heads": 4,
        "decoder_attention_heads": 4,
        "encoder_ffn_dim": 48,
        "decoder_ffn_dim": 48,
        "max_position_embeddings": 128,
        "init_std": 0.3,
    }
    return _save(folder, transformers.BartConfig, tokenizer, THREE, sizes)


ARCHITECTURES: dict[str, Callable[[Path], Path]] = {
    "bert": save_bert,
    "distilbert": save_distilbert,
    "electra": save_electra,
    "albert": save_albert,
    "roberta": save_roberta,
    "xlm-roberta": save_xlm_roberta,
    "deberta-v2": save_deberta_v2,
    "deberta-v3": save_deberta_v3,
    "modernbert": save_modernbert,
    "bart": save_bart,
}


def edit_config(folder: Path, **changes: object) -> None:
    """Change a saved model's config.json; None removes an entry."""
    path = folder / "config.json"
    config = json.loads(path.read_text()) | changes
    path.write_text(json.dumps({key: value for key, value in config.items() if value is not None}))


def _save(
    folder: Path,
    config_class: Any,
    tokenizer: Any,
    labels: Sequence[str],
    settings: dict[str, Any],
) -> Path:
    settings = {"max_position_embeddings": 128, "pad_token_id": tokenizer.pad_token_id} | settings
    config = config_class(
        vocab_size=len(tokenizer),
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
        **settings,
    )
    torch.manual_seed(20)
    model = transformers.AutoModelForSequenceClassification.from_config(config)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _wordpiece(tokenizer_class: Any) -> Any:
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    backend = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    backend.normalizer = normalizers.BertNormalizer()
    backend.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    backend.train_from_iterator(TEXT, trainers.WordPieceTrainer(special_tokens=special))
    return tokenizer_class(vocab=backend.get_vocab(), model_max_length=128)


def _bytes(tokenizer_class: Any) -> Any:
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    backend = Tokenizer(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.train_from_iterator(TEXT, trainers.BpeTrainer(special_tokens=special))
    model = json.loads(backend.to_str())["model"]
    merges = [tuple(merge) for merge in model["merges"]]
    return tokenizer_class(vocab=model["vocab"], merges=merges, model_max_length=10**30)


def _unigram(tokenizer_class: Any, special: Sequence[str], mask: str = "[MASK]") -> Any:
    backend = Tokenizer(models.Unigram())
    backend.pre_tokenizer = pre_tokenizers.Metaspace()
    unknown = next(token for token in special if "unk" in token.lower())
    trainer = trainers.UnigramTrainer(
        special_tokens=list(special), unk_token=unknown, vocab_size=200
    )
    backend.train_from_iterator(TEXT, trainer)
    vocab = [tuple(entry) for entry in json.loads(backend.to_str())["model"]["vocab"]]
    vocab.append((mask, 0.0))
    return tokenizer_class(vocab=vocab, model_max_length=10**30)
