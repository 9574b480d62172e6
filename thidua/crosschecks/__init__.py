"""Cross-check rounds: who checks whom, several checkers' marks for one line, and how they become one verdict."""
