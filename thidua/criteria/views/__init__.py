"""Pages of criteria: pages.py the tree and its versions; the other modules one job each."""
