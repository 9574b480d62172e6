"""What happened to directives. Facts in the past tense."""
