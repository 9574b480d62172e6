"""Forms of digests and forecasts."""
