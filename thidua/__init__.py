"""thidua runs the year of a Vietnamese emulation cluster (cụm thi đua)."""
