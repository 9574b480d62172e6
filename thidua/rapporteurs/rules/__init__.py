"""Pure rules of rapporteurs and collaborators."""
