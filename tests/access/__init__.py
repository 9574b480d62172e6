"""Who may open which address: a table written by hand, and the walk that compares."""
