"""Surges of fraud by district and type, and the warnings that staff send about them."""
