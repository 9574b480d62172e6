"""Persons, organisations, posts, sign-in, delegation."""
