"""Pages of digests and forecasts."""
