"""The messages that are read, known to both Pythons."""

from __future__ import annotations

LEARNED = "老板拖欠我三个月工资不给"
DISGUISED = "老闆拖欠我 三個月工姿不給"
UNKNOWN = "彩虹"
STORY = "晴空万里的那一天，" * 9 + "彩虹又来"
# Of a long story only the last sixty characters become a vector.
END = STORY[-60:]
SCAM = "对方喊我汇款理财，有诈吗"
ASKED = [LEARNED, DISGUISED, UNKNOWN, STORY, END, SCAM]
WATCHED = ["fraud_check", "legal_rental"]
MARGIN = 0.5
RANKED = 3
TOLD = ["昨天欠我３．５万 电话13800000000", "你好", ""]
