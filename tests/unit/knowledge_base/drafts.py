"""Any entry that an author could write, for the round trips of hypothesis."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from knowledge_base.entries import Cited, Draft, Status

# What YAML and a cell both hold, among it everything that means something to either.
LETTERS = st.characters(
    exclude_categories=["Cs", "Cn", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
)
MARKS = st.sampled_from(list("=+-@'\"#:：,，、|>&*!%{}[]《》；;0123 工资年"))
WORDS = st.text(LETTERS | MARKS, min_size=1, max_size=20).map(str.strip).filter(bool)
LINES = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)
NAMES = st.text("工资法（一）条例 ab", min_size=1, max_size=12).map(str.strip).filter(bool)
CITED = st.builds(Cited, law=NAMES, article=st.just("第一条") | st.just("全文"), key=WORDS)
DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))
IDS = st.from_regex(r"\A[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}\Z")
INTENT = "legal_labour"

DRAFTS = st.builds(
    Draft,
    id=IDS,
    intent=st.just(INTENT),
    title=WORDS,
    question=WORDS,
    variants=st.lists(WORDS, max_size=4),
    answer=LINES,
    next_step=WORDS,
    time_limit=st.none() | WORDS,
    hotlines=st.lists(st.from_regex(r"\A[0-9]{3,5}\Z"), max_size=3),
    detail=LINES,
    citations=st.lists(CITED, max_size=3),
    related=st.lists(IDS, max_size=3),
    source=WORDS | st.just(""),
    checked_on=DAYS,
    status=st.sampled_from(Status),
    valid_from=st.none() | DAYS,
    valid_to=st.none() | DAYS,
)
FOLDERS = st.lists(DRAFTS, min_size=1, max_size=4, unique_by=lambda draft: draft.id)
