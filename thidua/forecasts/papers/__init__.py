"""Papers of digests and forecasts."""
