"""What happened to programmes. Facts in the past tense."""
