"""Pure rules of directives."""
