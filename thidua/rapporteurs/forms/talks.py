"""Forms of talks: filter, talk, audience, file."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.directives.models import Audience
from thidua.kernel.text import small_int
from thidua.people.models import Organisation
from thidua.rapporteurs.actions.talks import TalkValues
from thidua.rapporteurs.models import CorpsMember, Talk, TalkForm, Topic
from thidua.rapporteurs.queries.talks import SORTS, STATES, TalkFilter
from thidua.rapporteurs.rules.talks import MOST_BYTES, MOST_LISTENERS, REASON_LENGTH, Span
from thidua.web.forms import DayField, Form

GROUPS = tuple(f"audience_{group}" for group in Audience.values)
QUARTERS = (("1", _("Quý I")), ("2", _("Quý II")), ("3", _("Quý III")), ("4", _("Quý IV")))
TOO_BIG = _("Tệp này nặng hơn 25 MB. Hãy nén lại hoặc chia thành nhiều tệp.")
_GROUPED = re.compile(r"[0-9]{1,3}([. \u00a0][0-9]{3}){1,4}")


class FilterForm(Form):
    """What the list of talks shows, out of the address bar."""

    q = forms.CharField(label=_("Tìm theo từ"), required=False, max_length=200)
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    speaker = forms.TypedChoiceField(label=_("Báo cáo viên"), required=False, coerce=int, empty_value=None)
    topic = forms.TypedChoiceField(label=_("Chủ đề"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=[("", _("Mọi tình trạng")), *STATES.items()])
    quarter = forms.TypedChoiceField(
        label=_("Quý"), required=False, coerce=int, empty_value=None, choices=[("", _("Cả năm")), *QUARTERS]
    )
    sort = forms.ChoiceField(label=_("Sắp xếp"), required=False, choices=[(key, words) for key, (words, _o) in SORTS.items()])

    NAMES = {
        "q": "tu", "unit": "don-vi", "speaker": "bao-cao-vien", "topic": "chu-de", "state": "tinh-trang", "quarter": "quy",
        "sort": "xep",
    }  # fmt: skip

    def __init__(
        self, data: Any, *, units: Sequence[Organisation], speakers: Sequence[CorpsMember], topics: Sequence[Topic]
    ) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [("", _("Mọi đơn vị")), *((unit.slug, unit.short) for unit in units)]
        named = [(one.pk, f"{one.name} · {one.unit.short}") for one in speakers]
        self.fields["speaker"].choices = [("", _("Mọi báo cáo viên")), *named]
        self.fields["topic"].choices = [("", _("Mọi chủ đề")), *((topic.pk, topic.title) for topic in topics)]

    def add_prefix(self, field_name: str) -> str:
        """The word in the address bar."""
        return self.NAMES.get(field_name, field_name)

    @property
    def wanted(self) -> TalkFilter:
        """What is asked for; what makes no sense asks for nothing."""
        self.full_clean()
        given = self.cleaned_data
        return TalkFilter(
            given.get("unit", ""), given.get("speaker"), given.get("topic"), given.get("state", ""), given.get("quarter"),
            given.get("q", ""), given.get("sort") or "moi",
        )  # fmt: skip


class ListenersField(forms.IntegerField):
    """A number of listeners as typed: "1250", "1.250" or "1 250". Never a fraction: "1.000" is a thousand and not one."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"class": "form-control pt", "inputmode": "numeric", "autocomplete": "off"})
        too_big = format_lazy(_("Số người quá lớn (mỗi nhóm nhiều nhất {most}). Hãy kiểm tra lại."), most=MOST_LISTENERS)
        words = {"invalid": _("Hãy ghi một số nguyên, ví dụ 120 hoặc 1.250."), "max_value": too_big}
        super().__init__(max_value=MOST_LISTENERS, widget=widget, required=False, error_messages=words, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """The number; refuses whatever is neither plain digits nor groups of three."""
        text = str(value if value is not None else "").strip()
        if _GROUPED.fullmatch(text):
            text = "".join(filter(str.isdigit, text))
        elif text and small_int(text) is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A line of the table of listeners."""

    label: str
    attended: BoundField


class AudienceForm(Form):
    """How many of each group listened; a group without anybody stays empty."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in GROUPS:
            self.fields[name] = ListenersField(label="")

    @property
    def plain_fields(self) -> list[BoundField]:
        """The visible fields that stand above the counts."""
        return [field for field in self.visible_fields() if field.name not in (*GROUPS, "reason", "again")]

    @property
    def group_rows(self) -> list[GroupRow]:
        """The table of counts."""
        return [GroupRow(str(label), self[f"audience_{group}"]) for group, label in Audience.choices]

    @property
    def audience(self) -> dict[str, int]:
        """What was typed, by group; a typed 0 stays, so that it can be refused in words."""
        given = self.cleaned_data
        return {group: given[f"audience_{group}"] for group in Audience.values if given[f"audience_{group}"] is not None}


class TalkEntryForm(AudienceForm):
    """A talk. One who may record for a single rapporteur does not choose; `correcting` a held talk wants a reason."""

    speaker = forms.TypedChoiceField(
        label=_("Báo cáo viên"), coerce=int, error_messages={"required": _("Hãy chọn báo cáo viên.")}
    )  # fmt: skip
    held_on = DayField(
        label=_("Ngày"), help_text=_("Ngày chưa tới: buổi được ghi là dự kiến."),
        error_messages={"required": _("Hãy ghi ngày của buổi.")},
    )  # fmt: skip
    place = forms.CharField(
        label=_("Địa điểm"), max_length=200, error_messages={"required": _("Hãy ghi địa điểm của buổi.")}
    )  # fmt: skip
    form = forms.ChoiceField(label=_("Hình thức"), choices=TalkForm.choices)
    topics = forms.TypedMultipleChoiceField(
        label=_("Chủ đề"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một chủ đề.")},
    )  # fmt: skip
    note = forms.CharField(
        label=_("Ghi chú"), max_length=5000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Không ghi tên người nghe, không ghi ai nói gì."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Lý do đính chính"), min_length=REASON_LENGTH, max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("Buổi đã tổ chức, số liệu đã được tính. Trang của buổi giữ lại lý do và số cũ."),
        error_messages={"required": _("Hãy ghi lý do đính chính.")},
    )  # fmt: skip
    again = forms.BooleanField(label=_("Đây là buổi khác, không phải ghi lại buổi đã có"), required=False)

    def __init__(
        self, *args: Any, year: int, speakers: Sequence[CorpsMember], topics: Sequence[Topic], correcting: bool = False,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["held_on"].error_messages["invalid"] = format_lazy(_("Hãy nhập ngày như 05-02-{year}."), year=year)
        self.only = speakers[0] if len(speakers) == 1 else None
        self.fields["speaker"].choices = _by_unit(speakers)
        if self.only:
            self.fields["speaker"].widget = forms.HiddenInput()
            self.initial["speaker"] = self.only.pk
        self.fields["topics"].choices = [(topic.pk, topic.title) for topic in topics]
        if not correcting:
            del self.fields["reason"]

    @classmethod
    def of(cls, talk: Talk, **kwargs: Any) -> "TalkEntryForm":
        """The form over a talk as it stands."""
        names = ("held_on", "place", "form", "note", "revision")
        initial: dict[str, Any] = {name: getattr(talk, name) for name in names}
        initial |= {"speaker": talk.speaker_id, "topics": [topic.pk for topic in talk.topics.all()]}
        initial |= {f"audience_{group}": n for group, n in talk.audience.values_list("group", "attended")}
        return cls(initial=initial, correcting=talk.held, **kwargs)

    @property
    def values(self) -> TalkValues:
        """What the actions take."""
        given = self.cleaned_data
        plain = {name: given[name] for name in ("speaker", "held_on", "place", "form", "note")}
        return TalkValues(**plain, topics=tuple(given["topics"]), audience=self.audience)


def _by_unit(speakers: Sequence[CorpsMember]) -> list[tuple[Any, Any]]:
    """Choices with the days of the terms; under the units where there are several. Those of one name with unit and post."""
    units: dict[str, list[tuple[Any, Any]]] = {}
    names = Counter(one.name for one in speakers)
    for one in speakers:
        apart = f" · {one.unit.short}, {one.post_title}" if names[one.name] > 1 else ""
        units.setdefault(one.unit.name_vi, []).append((one.pk, words_of(one, apart)))
    some = next(iter(units.values()), [])
    return [("", _("Chọn báo cáo viên…")), *(units.items() if len(units) > 1 else some)]


def words_of(member: CorpsMember, apart: str = "") -> str:
    """A rapporteur with the days of the terms that were read, those of the year: "Nguyễn Văn An (01-01-2020 – 31-12-2021)".
    `apart` tells people of one name apart. No query once terms are read."""
    terms = "; ".join(str(Span(term.starts_on, term.ends_on)) for term in member.terms.all())
    return f"{member.name}{apart} ({terms or gettext('không có nhiệm kỳ trong năm')})"


class MaterialForm(Form):
    """A file of a talk."""

    file = forms.FileField(
        label=_("Tệp"), allow_empty_file=True, max_length=255,
        help_text=_("PDF, Word, Excel hoặc ảnh, nhiều nhất 25 MB. Bài trình chiếu: xuất ra PDF."),
        widget=forms.FileInput(
            {"accept": ".pdf,.docx,.xlsx,.jpg,.jpeg,.png", "data-max-bytes": MOST_BYTES, "data-too-big": TOO_BIG}
        ),
    )  # fmt: skip
    title = forms.CharField(label=_("Tên tài liệu"), max_length=200, required=False, help_text=_("Để trống thì lấy tên tệp."))
