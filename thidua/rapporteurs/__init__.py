"""Rapporteurs and collaborators: the corps, its talks and what listeners say of them, reports of collaborators, assessment."""
