"""Writes of rapporteurs and collaborators."""
