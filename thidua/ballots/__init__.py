"""Polls with roll and urn apart."""
