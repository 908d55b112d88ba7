"""The model in the form that CTranslate2 runs: made once from the weights and kept beside this file."""

from __future__ import annotations

import re
import tempfile
from functools import partial
from pathlib import Path

import numpy as np
from ctranslate2.specs import common_spec, transformer_spec

from encoder.weights import VERSION, Weights

KEPT = Path(__file__).with_name(".model")
# Names the weights and what is made of them, so that no model outlives a change of either.
MADE_OF = f"{VERSION}-8bit-1"
# Pieces in Chinese and Latin letters, signs and emoji; those of other scripts, three in five, would take 60 MB.
WRITTEN_HERE = re.compile(
    "[▁!-~\u2000-\u2bff\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U0001f300-\U0001faff]*"
)


def known(weights: Weights) -> list[int]:
    """The pieces that the model keeps, by their number in the weights; the special four come first."""
    return [n for n, piece in enumerate(weights.pieces) if WRITTEN_HERE.fullmatch(piece)]


def folder(weights: Weights, kept: Path = KEPT) -> Path:
    """The folder of the model, made now if there is none: two seconds and 70 MB."""
    ready = kept / MADE_OF
    if not ready.exists():
        kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept) as scratch:
            made = Path(scratch) / MADE_OF
            made.mkdir()
            _specification(weights).save(str(made))
            try:
                made.rename(ready)
            except OSError:
                # Another process was faster, and made the same.
                if not ready.exists():
                    raise
    return ready


def _specification(weights: Weights) -> transformer_spec.TransformerEncoderModelSpec:
    encoder = transformer_spec.TransformerEncoderSpec(
        weights.layers,
        weights.heads,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
    )
    width, rows = weights.width, known(weights)
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = weights.matrix("emb.word", width)[rows]
    # There is one type of text, so what it adds is added to every position once and for all.
    positions = weights.vector("emb.pos").reshape(-1, width)
    encoder.position_encodings.encodings = positions + weights.vector("emb.type")[:width]
    _normed(weights, encoder.layernorm_embedding, "emb.ln")
    for number, layer in enumerate(encoder.layer):
        fill = partial(_layer_part, weights, f"l{number}")
        fill(layer.self_attention.linear[0], "q", "k", "v")
        fill(layer.self_attention.linear[1], "ao")
        fill(layer.ffn.linear_0, "fi")
        fill(layer.ffn.linear_1, "fo", columns=weights.inner)
        _normed(weights, layer.self_attention.layer_norm, f"l{number}.aln")
        _normed(weights, layer.ffn.layer_norm, f"l{number}.oln")
    model = transformer_spec.TransformerEncoderModelSpec(encoder)
    pieces = [weights.pieces[row] for row in rows]
    model.config.layer_norm_epsilon = weights.epsilon
    model.config.unk_token = pieces[weights.unknown]
    model.config.bos_token, model.config.eos_token = pieces[weights.begin], pieces[weights.end]
    model.register_vocabulary(pieces)
    model.validate()
    model.optimize(quantization="int8")
    return model


def _layer_part(
    weights: Weights, layer: str, spec: common_spec.LinearSpec, *names: str, columns: int = 0
) -> None:
    matrices = [weights.matrix(f"{layer}.{name}.w", columns or weights.width) for name in names]
    spec.weight = np.concatenate(matrices)
    spec.bias = np.concatenate([weights.vector(f"{layer}.{name}.b") for name in names])


def _normed(weights: Weights, spec: common_spec.LayerNormSpec, name: str) -> None:
    spec.gamma = weights.vector(f"{name}.w").copy()
    spec.beta = weights.vector(f"{name}.b").copy()
