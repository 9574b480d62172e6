"""What happened to digests, questions and forecasts. Facts in the past tense."""
