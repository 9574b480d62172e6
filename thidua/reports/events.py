"""What happened to reports. Facts in the past tense."""
