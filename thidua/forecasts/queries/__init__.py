"""Reads of digests and forecasts."""
