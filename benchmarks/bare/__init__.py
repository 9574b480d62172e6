"""The bare Django view that the pages of thidua are measured beside, served by the same processes."""
