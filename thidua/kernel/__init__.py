"""Shared pure values."""
