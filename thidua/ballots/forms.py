"""The ballot as a form: one field for each item, none of them chosen beforehand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.ballots.models import PollItem
from thidua.ballots.rules import Choice
from thidua.ballots.sentences import VALUES
from thidua.web.forms import Form

CHOICES = [(choice.value, VALUES[choice.value]) for choice in Choice]


class BallotForm(Form):
    """Three choices for each item. `choices` are the answers in the order of the items."""

    def __init__(self, items: Sequence[PollItem], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[self.name_of(item)] = forms.ChoiceField(
                label=item.nominee.name_vi, choices=CHOICES, widget=forms.RadioSelect,
                error_messages={"required": _("Hãy chọn một ô cho đơn vị này.")},
            )

    @staticmethod
    def name_of(item: PollItem) -> str:
        """The name of an item's field."""
        return f"item-{item.pk}"

    @property
    def rows(self) -> list[tuple[PollItem, forms.BoundField]]:
        """Items beside their fields."""
        return [(item, self[self.name_of(item)]) for item in self.items]

    @property
    def missing(self) -> int:
        """How many items have no valid answer yet."""
        return len(self.errors)

    @property
    def choices(self) -> list[str]:
        """The valid answers in the order of the items."""
        return [self.cleaned_data[self.name_of(item)] for item in self.items]

    @property
    def answers(self) -> list[tuple[PollItem, str, str, object]]:
        """For reading over: item, field name, answer, answer in words."""
        words = dict(CHOICES)
        return [(item, self.name_of(item), answer, words[answer]) for item, answer in zip(self.items, self.choices, strict=True)]
