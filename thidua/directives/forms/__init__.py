"""Forms of directives."""
