"""Digests of what people speak of, in counts no smaller than ten; forecasts, how they came out, and how good they are."""
