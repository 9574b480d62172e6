"""Pure rules of directives."""

from thidua.directives.rules.owners import addressed
from thidua.directives.rules.study import share

__all__ = ["addressed", "share"]
