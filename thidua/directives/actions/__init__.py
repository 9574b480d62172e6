"""Writes of directives."""
