"""Linear machines, one an intent, fitted side by side; imports nothing of Rasa, which takes seconds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from joblib import Parallel, cpu_count, delayed
from sklearn.svm import LinearSVC

# Sorts before every intent.
REST = ""


@dataclass(frozen=True, slots=True)
class Machines:
    """For each intent, in alphabetical order, a row of ``planes`` and a number of ``bias``."""

    intents: list[str]
    planes: np.ndarray
    bias: np.ndarray


def fitted(rows: sp.csr_matrix, names: np.ndarray, c: float) -> Machines:
    """A machine for each of ``names``, a row's intent each, that tells it from all others.

    Each core fits some. In processes, for liblinear keeps its random numbers where all threads
    draw from them.
    """
    intents = sorted(set(names.tolist()))
    # Two at least: without the others as one more class, two intents would share a machine.
    count = min(max(2, cpu_count()), len(intents))
    shares = Parallel(n_jobs=cpu_count(), max_nbytes=None)(
        delayed(_fit)(rows, np.where(np.isin(names, wanted), names, REST), c)
        for wanted in (intents[start::count] for start in range(count))
    )
    found = {i: (plane, bias) for share in shares for i, plane, bias in share if i != REST}
    planes, bias = zip(*(found[intent] for intent in intents), strict=True)
    return Machines(intents, np.stack(planes), np.array(bias))


def _fit(rows: sp.csr_matrix, names: np.ndarray, c: float) -> list[tuple[str, np.ndarray, float]]:
    """All machines of a share at once: the rows are copied for liblinear once, not for each."""
    model = LinearSVC(C=c, random_state=7).fit(rows, names)
    # Of two classes only the second has a machine; the others come first.
    named = model.classes_.tolist()[-len(model.coef_) :]
    return list(zip(named, model.coef_, model.intercept_, strict=True))
