"""The demo year, built through the real actions."""
