"""Speed and growth, each beside what a user would use instead."""
