"""Forms of rapporteurs and collaborators."""
