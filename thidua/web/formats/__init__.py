"""Dates and numbers as Vietnamese administration writes them."""
