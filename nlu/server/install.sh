#!/bin/sh
# Install Rasa beside its lock. usage: install.sh PATH-TO-UV
# Python 3.10 is looked for in turn: RASA_PYTHON, what uv finds, pyenv (whose shims uv does not
# see), and last a download by uv.
set -eu
uv=$1
here=$(dirname "$0")

find_python() {
    if [ -n "${RASA_PYTHON:-}" ]; then echo "$RASA_PYTHON"; return; fi
    for candidate in $("$uv" python find --no-python-downloads 3.10 2>/dev/null) \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
            echo "$candidate"; return
        fi
    done
    "$uv" python install --quiet 3.10 >&2 && "$uv" python find 3.10
}

python=$(find_python) || {
    echo "Rasa needs Python 3.10: install it and set RASA_PYTHON=/path/to/python3.10" >&2
    exit 1
}
"$uv" venv --quiet --allow-existing --python "$python" "$here/.venv"
"$uv" pip install --python "$here/.venv/bin/python" --no-deps --require-hashes -r "$here/requirements.txt"
