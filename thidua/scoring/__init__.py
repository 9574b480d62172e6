"""Self-score, evidence, cross-check, ranking."""
