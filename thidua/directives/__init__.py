"""Directives and resolutions received, their clauses and relations, their way to the units, study sessions."""
