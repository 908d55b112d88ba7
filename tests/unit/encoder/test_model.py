"""The model is made once, by one, whole."""

from __future__ import annotations

import threading
from pathlib import Path

from encoder.model import KEPT, MADE_OF, folder, known
from encoder.weights import Weights

FILES = {"config.json", "model.bin", "vocabulary.json"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_special_pieces_keep_their_numbers(weights: Weights) -> None:
    assert known(weights)[:4] == [0, 1, 2, 3]


def test_pieces_of_scripts_not_written_here_are_left_out(weights: Weights) -> None:
    kept = {weights.pieces[n] for n in known(weights)}

    assert {"▁the", "的", "。", "?"} <= kept
    assert not {"▁это", "▁של"} & kept
    assert 90_000 < len(kept) < 130_000


def test_a_model_that_is_there_is_not_made_again(weights: Weights, tmp_path: Path) -> None:
    (tmp_path / MADE_OF).mkdir()

    assert folder(weights, tmp_path) == tmp_path / MADE_OF
    assert names(tmp_path / MADE_OF) == set()


def test_two_who_make_it_at_once_end_with_one_whole_model(
    weights: Weights, tmp_path: Path
) -> None:
    makers = [threading.Thread(target=folder, args=(weights, tmp_path)) for _ in range(2)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()

    assert names(tmp_path) == {MADE_OF}
    assert names(tmp_path / MADE_OF) == FILES


def test_the_same_bytes_come_out_each_time(weights: Weights, tmp_path: Path) -> None:
    made, kept = folder(weights, tmp_path), folder(weights, KEPT)

    assert all((made / name).read_bytes() == (kept / name).read_bytes() for name in FILES)
