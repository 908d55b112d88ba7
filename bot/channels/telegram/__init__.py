"""Telegram: updates in by long polling or webhook, replies out as plain messages."""
