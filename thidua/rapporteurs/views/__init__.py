"""Pages of rapporteurs and collaborators."""
