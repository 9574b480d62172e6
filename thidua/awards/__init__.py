"""Titles and commendations."""
