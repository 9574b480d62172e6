"""What the house's forms read, say and show; how a sheet is named."""

from datetime import date
from io import BytesIO

import pytest
from django import forms
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import translation
from python_calamine import CalamineWorkbook

from thidua.web.forms import DayField, Form, MomentField
from thidua.web.workbook import sheet_name, workbook_response


@pytest.mark.parametrize("typed", ["01-01-1900", "1/1/1900", "1900-01-01"])
def test_the_first_day_as_people_type_it(typed):
    assert DayField().clean(typed) == date(1900, 1, 1)


def test_the_last_moment():
    assert MomentField().clean("31-12-2200 23:59").year == 2200


@pytest.mark.parametrize("day", ["01-01-0001", "31-12-1899", "01-01-2201", "31-12-9999"])
def test_what_is_outside_is_told_in_a_sentence(day):
    for field, typed in ((DayField(), day), (MomentField(), f"{day} 23:59"), (MomentField(), f"{day} 00:00")):
        with pytest.raises(ValidationError) as refused:
            field.clean(typed)
        assert refused.value.messages == ["Năm phải từ 1900 đến 2200. Hãy kiểm tra lại năm vừa nhập."]


def test_a_field_may_be_left_empty_when_it_says_so():
    assert DayField(required=False).clean("") is None
    assert MomentField(required=False).clean("") is None


@pytest.mark.parametrize("typed", ["15-12-2022", "15/12/2022", "15.12.2022", "2022-12-15"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_read_as_people_type_it(typed, language):
    with translation.override(language):
        assert DayField().clean(typed) == date(2022, 12, 15)


@pytest.mark.parametrize("typed", ["15-12-2022 14:30", "15.12.2022 14:30", "14:30 15-12-2022"])
def test_a_moment_is_read_as_people_type_it_and_as_pages_show_it(typed):
    assert MomentField().clean(typed).strftime("%d-%m-%Y %H:%M") == "15-12-2022 14:30"


@pytest.mark.parametrize("typed", ["31-02-2022", "2022", "mai"])
def test_what_is_no_day_is_told_by_an_example(typed):
    with pytest.raises(ValidationError, match=r"^\['Hãy nhập ngày như 05-02-2022\.'\]$"):
        DayField().clean(typed)
    with pytest.raises(ValidationError, match=r"^\['Hãy nhập ngày và giờ như 05-02-2022 14:30\.'\]$"):
        MomentField().clean(typed)


class _Choices(Form):
    plain = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")])
    row = forms.ModelChoiceField(Permission.objects.none(), required=False)
    day = DayField()


def test_no_dashes_and_no_letters_for_a_day():
    shown = str(_Choices())
    assert "---" not in shown
    assert shown.count('<option value="" selected>Chọn…</option>') == 2
    assert 'placeholder="ngày-tháng-năm"' in shown


class _Upload(Form):
    name = forms.CharField()
    file = forms.FileField()


def test_a_form_that_comes_back_says_that_the_file_must_be_chosen_again():
    again = "Hãy chọn lại tệp"
    given = {"file": SimpleUploadedFile("a.pdf", b"x")}
    assert again in str(_Upload({}, given))
    assert again not in str(_Upload({"name": "a"}, given))
    assert again not in str(_Upload({}, {}))
    assert again not in str(_Upload())


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Sổ văn bản", "Sổ văn bản"),
        ("Nhiệm vụ 2021/2022: [tất cả]?", "Nhiệm vụ 2021 2022 tất cả"),
        ("'Trích'", "Trích"),
        ("Bảng tổng hợp kết quả tự chấm của các đơn vị trong cụm", "Bảng tổng hợp kết quả tự chấm"),
        ("a" * 40, "a" * 31),
    ],
)
def test_a_sheet_is_named_by_its_title(title, name):
    assert sheet_name(title) == name
    answer = workbook_response("a", title, ["A"], [[1]])
    assert CalamineWorkbook.from_filelike(BytesIO(answer.content)).sheet_names == [name]


class _Named(Form):
    name = forms.CharField()
    secret = forms.CharField(widget=forms.PasswordInput)


@pytest.mark.parametrize(
    ("typed", "kept"), [("Nguyễn\u200b Văn A", "Nguyễn Văn A"), ("\u202eVăn A", "Văn A"), ("Hà\ufeff", "Hà")]
)
def test_what_nobody_sees_is_not_kept(typed, kept):
    form = _Named({"name": typed, "secret": typed})
    assert form.is_valid()
    assert form.cleaned_data == {"name": kept, "secret": typed}


@pytest.mark.parametrize("typed", ["\u200b", "\u2060 \u200d", "\u3164"])
def test_a_name_of_nothing_is_missing(typed):
    form = _Named({"name": typed, "secret": "x"})
    assert list(form.errors) == ["name"]
