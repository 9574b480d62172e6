"""Pure rules of directives."""

from thidua.directives.rules.owners import addressed

__all__ = ["addressed"]
