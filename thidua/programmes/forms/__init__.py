"""Forms of programmes and tasks."""
