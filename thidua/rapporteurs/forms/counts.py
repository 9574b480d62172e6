"""The form of a collaborator's report: a row for each topic, four numbers and a trend. There is no field for words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.utils import ErrorList
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.kernel.text import small_int
from thidua.rapporteurs.actions.counts import Counts
from thidua.rapporteurs.models import Direction, Topic, Trend
from thidua.rapporteurs.queries.counts import Desk
from thidua.rapporteurs.rules.counts import DIRECTIONS, LARGE_COUNT, MOST_COUNT, Line, Sums, sums_of
from thidua.rapporteurs.rules.rounds import Sending
from thidua.web.forms import Form
from thidua.web.sentences import sentence

_CELL = re.compile(rf"[0-9]+-({'|'.join(DIRECTIONS)})")
TICKS = ("early", "final")
_GROUPED = re.compile(r"[0-9]{1,3}([. \u00a0][0-9]{3}){1,3}")


class CountField(forms.CharField):
    """How many opinions, as typed: "1250", "1.250" or "1 250"; nothing is 0. Refuses a minus, letters, fractions, and more than a
    million."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"class": "form-control pt", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=20, required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> int:
        """The number."""
        text = super().clean(value)
        if _GROUPED.fullmatch(text):
            text = "".join(filter(str.isdigit, text))
        number = small_int(text) if text else 0
        if number is None or number > MOST_COUNT:
            raise ValidationError(sentence("rapporteurs.count_outside", {"most": MOST_COUNT}))
        return number


@dataclass(frozen=True, slots=True)
class CountCell:
    """A field for a number, what the round before had there (None: no such line), and what someone else has saved meanwhile."""

    name: object
    field: BoundField
    before: int | None
    saved: int | None


@dataclass(frozen=True, slots=True)
class CountRow:
    """A topic on the page."""

    topic: Topic
    cells: list[CountCell]
    trend: BoundField
    total: int
    before: int | None

    @property
    def wrong(self) -> bool:
        """Whether something in the row is not taken."""
        return bool(self.faults)

    @property
    def faults(self) -> list[tuple[object, ErrorList]]:
        """What is not taken, by the name of its column; it stands below the row, where there is room for words."""
        named = [(cell.name, cell.field.errors) for cell in self.cells]
        named.append((pgettext_lazy("trend", "Chiều hướng"), self.trend.errors))
        return [(name, errors) for name, errors in named if errors]


class CountsForm(Form):
    """Fields are named for their topics: 7-supportive, 7-concerned, 7-neutral, 7-mixed, 7-trend."""

    confirmed = forms.BooleanField(
        label=_("Tôi đã kiểm tra: các số trên 100.000 là đúng"), required=False, widget=forms.CheckboxInput
    )  # fmt: skip
    early = forms.BooleanField(required=False, widget=forms.CheckboxInput)
    final = forms.BooleanField(
        label=_("Tôi đã kiểm tra: gửi rồi không lấy lại được"), required=False, widget=forms.CheckboxInput
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, desk: Desk, sending: Sending) -> None:
        large = any(getattr(line, direction) > LARGE_COUNT for line in desk.lines.values() for direction in DIRECTIONS)
        super().__init__(data, initial={"revision": desk.revision, "confirmed": large})
        self.desk, self.sending, self.clash = desk, sending, False
        self.fields["early"].label = format_lazy(
            _("Kỳ chưa hết (đến {day}): tôi gửi sớm, không còn gì để đếm thêm"), day=f"{desk.ends_on:%d-%m-%Y}"
        )  # fmt: skip
        if not sending.early:
            del self.fields["early"]
        if sending.back:
            del self.fields["final"]
        for topic in desk.topics:
            self._add_topic(topic, desk.lines.get(topic.pk))

    def _add_topic(self, topic: Topic, line: Line | None) -> None:
        for direction in DIRECTIONS:
            number = getattr(line, direction) if line else 0
            label = f"{topic.title}: {Direction(direction).label}"
            self.fields[f"{topic.pk}-{direction}"] = CountField(label=label, initial=number or "")
        trend = forms.ChoiceField(
            label=f"{topic.title}: {pgettext_lazy('trend', 'Chiều hướng')}", choices=Trend.choices, required=False,
            initial=line.trend if line else Trend.STEADY, widget=forms.Select({"class": "form-select"}),
        )  # fmt: skip
        self.fields[f"{topic.pk}-trend"] = trend

    def clean(self) -> dict[str, Any]:
        """What was typed at a topic that the round no longer asks for is told, not dropped."""
        values = super().clean() or self.cleaned_data
        if any(_CELL.fullmatch(name) and name not in self.fields and typed.strip() for name, typed in self.data.items()):
            self.refuse("rapporteurs.topic_not_asked")
        if {"send", "nothing"}.intersection(self.data):
            self._ask_ticks(values)
        return values

    def _ask_ticks(self, values: dict[str, Any]) -> None:
        """Sending before the span has ended, or what cannot be taken back, is confirmed."""
        for name in TICKS:
            if name in self.fields and not values.get(name):
                self.add_error(name, ValidationError(_("Hãy đánh dấu ô này rồi bấm gửi lại.")))

    @property
    def ticks(self) -> list[BoundField]:
        """What must be ticked before sending."""
        return [self[name] for name in TICKS if name in self.fields]

    @property
    def lines(self) -> list[Line]:
        """The lines typed, also those of zeros."""
        return [self._line(topic) for topic in self.desk.topics]

    def _line(self, topic: Topic) -> Line:
        numbers = {direction: self.cleaned_data[f"{topic.pk}-{direction}"] for direction in DIRECTIONS}
        return Line(topic.pk, **numbers, trend=self.cleaned_data[f"{topic.pk}-trend"] or Trend.STEADY)

    @property
    def counts(self) -> Counts:
        """What the actions take."""
        return Counts(self.lines, self.cleaned_data["revision"], self.cleaned_data["confirmed"])

    @property
    def is_large(self) -> bool:
        """Whether the tick for large numbers is shown: something stands there, typed or saved."""
        return any(getattr(line, direction) > LARGE_COUNT for line in self._shown() for direction in DIRECTIONS)

    @property
    def rows(self) -> list[CountRow]:
        """The rows of the table."""
        shown = {line.topic_id: line for line in self._shown()}
        return [self._row(topic, shown[topic.pk]) for topic in self.desk.topics]

    def _row(self, topic: Topic, shown: Line) -> CountRow:
        before, saved = self.desk.before.get(topic.pk), self.desk.lines.get(topic.pk, Line(topic.pk))
        cells = [
            CountCell(
                Direction(direction).label,
                self[f"{topic.pk}-{direction}"],
                getattr(before, direction) if before else None,
                getattr(saved, direction) if self.clash else None,
            )
            for direction in DIRECTIONS
        ]
        return CountRow(topic, cells, self[f"{topic.pk}-trend"], shown.total, before.total if before else None)

    @property
    def sums(self) -> Sums:
        """The sums of what is shown."""
        return sums_of(self._shown())

    def _shown(self) -> Iterator[Line]:
        """The numbers on the page, typed or saved; what is no number counts as none."""
        for topic in self.desk.topics:
            names = [f"{topic.pk}-{direction}" for direction in DIRECTIONS]
            if self.is_bound:
                yield Line(topic.pk, *(self.cleaned_data.get(name) or 0 for name in names))
            else:
                yield self.desk.lines.get(topic.pk, Line(topic.pk))

    def refuse(self, code: str) -> None:
        """Say above the table why it was not taken."""
        self.add_error(None, ValidationError(sentence(code, {})))

    def tell(self) -> None:
        """Show what is saved now beside what was typed; from now on it is what was seen. The form must have been made over the
        newest desk."""
        data = self.data.copy()
        data["revision"] = str(self.desk.revision)
        self.data, self.clash = data, True
