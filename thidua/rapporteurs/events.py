"""What happened to the corps, its talks and reports. Facts in the past tense; never what somebody answered."""
