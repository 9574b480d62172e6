"""Pages of the conference and the hand-over."""
