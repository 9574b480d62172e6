"""Reads of rapporteurs and collaborators."""
