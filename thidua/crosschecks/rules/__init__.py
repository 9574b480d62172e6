"""Rules of cross-check rounds: pure."""
