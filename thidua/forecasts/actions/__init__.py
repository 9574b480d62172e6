"""Writes of digests and forecasts."""
