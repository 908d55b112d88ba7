"""Sentence vectors: multilingual-e5-small on the machine itself, run by CTranslate2 in eight bits.

Runs in Rasa's Python 3.10 as well as in ours.
"""
