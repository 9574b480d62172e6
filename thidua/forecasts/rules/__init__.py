"""Pure rules of digests and forecasts."""
