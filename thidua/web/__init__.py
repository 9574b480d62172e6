"""The page frame and its parts; no tables."""
