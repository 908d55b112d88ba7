"""Entry point of `python -m bot`."""

import os

# One thread a library: numpy's and the sentence model's pools otherwise spin beside each other and
# take a whole core from everything else. They read this when they are first imported.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

from bot.cli.app import app  # noqa: E402

app(prog_name="python -m bot")
