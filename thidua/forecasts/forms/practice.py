"""The answers of one go of practice."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.forecasts.forms.probability import ProbabilityField
from thidua.forecasts.queries.practice import Statement
from thidua.forecasts.rules.decomposition import Pair
from thidua.web.forms import Form


class PracticeForm(Form):
    """A chance for each statement, in percent."""

    def __init__(self, *args: Any, statements: Sequence[Statement], **kwargs: Any) -> None:
        self.statements = statements
        missing = {"required": _("Hãy nhập một số từ 0 đến 100. Không biết thì 50.")}
        self.base_fields = {each.id: ProbabilityField(label=each.words, error_messages=missing) for each in statements}
        super().__init__(*args, **kwargs)

    @property
    def asked(self) -> list[tuple[Statement, forms.BoundField]]:
        """Each statement with its field."""
        return [(each, self[each.id]) for each in self.statements]

    @property
    def answers(self) -> list[Pair]:
        """Each chance with the truth, in the order of the statements."""
        return [(float(self.cleaned_data[each.id]), each.truth) for each in self.statements]
