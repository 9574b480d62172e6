"""Papers of rapporteurs and collaborators."""
