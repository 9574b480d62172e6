"""Organisations, accounts, posts, lent powers, and the journal's filter."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.kernel.actor import Role
from thidua.people.models import OrganisationKind, Person, Post
from thidua.people.queries.directory import person_called
from thidua.people.sentences import VALUES
from thidua.web.forms import DayField, Form
from thidua.web.sentences import all_event_sentences, event_sentence

ROLES = [(role.value, VALUES[role.value]) for role in Role]


class PersonField(forms.CharField):
    """A user name that becomes the person; a name nobody has is refused at the field."""

    def clean(self, value: str) -> Person | None:
        """The open account with that name."""
        username = super().clean(value)
        found = person_called(username) if username else None
        if username and found is None:
            raise forms.ValidationError(_("Không có tài khoản đang mở nào tên “%(name)s”."), params={"name": username})
        return found


class NameForm(Form):
    """The names of an organisation."""

    name_vi = forms.CharField(label=_("Tên đầy đủ"), max_length=300)
    short_name = forms.CharField(
        label=_("Tên ngắn"), max_length=120, required=False, help_text=_("Cho những chỗ hẹp trong bảng.")
    )
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=300, required=False)


class OrganisationForm(NameForm):
    """A new organisation."""

    kind = forms.ChoiceField(label=_("Loại đơn vị"), choices=OrganisationKind.choices)
    field_order = ("name_vi", "kind", "short_name", "name_en")


class RenameForm(NameForm):
    """The name an organisation bears from a day on."""

    from_day = DayField(label=_("Mang tên mới từ ngày"))
    decision = forms.CharField(label=_("Quyết định đổi tên"), max_length=200, required=False)


class PersonForm(Form):
    """A new account."""

    name = forms.CharField(label=_("Họ tên hoặc chức danh"), max_length=200)
    username = forms.CharField(
        label=_("Tên đăng nhập"), max_length=80, help_text=_("Chữ thường không dấu, chữ số, “-” và “_”; ví dụ thu-ky-cum.")
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False, help_text=_("Chỉ để liên hệ; không cần cho việc đăng nhập."))


class PostForm(Form):
    """A new post and what it may do."""

    title_vi = forms.CharField(label=_("Tên chức vụ"), max_length=200)
    title_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=200, required=False)
    roles = forms.MultipleChoiceField(label=_("Vai trò"), choices=ROLES, widget=forms.CheckboxSelectMultiple)


class TenureForm(Form):
    """Who holds a post from when."""

    person = PersonField(label=_("Tên đăng nhập của người nhận"), max_length=80)
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa định."))
    decision = forms.CharField(label=_("Quyết định"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].widget.attrs |= {"list": "people", "autocapitalize": "none", "spellcheck": "false"}


class EndTenureForm(Form):
    """The last day in a post."""

    ends_on = DayField(label=_("Giữ đến hết ngày"))


class LendForm(Form):
    """What is lent, to whom, and for which days."""

    post = forms.ModelChoiceField(label=_("Chức vụ của tôi"), queryset=Post.objects.none(), empty_label=None)
    borrower = PersonField(label=_("Tên đăng nhập của người nhận"), max_length=80)
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, posts: list[Post], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.filter(pk__in=[p.pk for p in posts]).select_related("organisation")
        self.fields["borrower"].widget.attrs |= {"list": "colleagues", "autocapitalize": "none", "spellcheck": "false"}


class JournalFilterForm(Form):
    """What the journal page shows; every part is in the address bar, so that a page of it can be shared."""

    event = forms.ChoiceField(label=pgettext_lazy("journal", "Việc"), required=False)
    username = forms.CharField(label=_("Tên đăng nhập"), max_length=80, required=False)
    year_id = forms.TypedChoiceField(label=_("Năm thi đua"), required=False, coerce=int, empty_value=None)
    first_day = DayField(label=_("Từ ngày"), required=False)
    last_day = DayField(label=_("Đến ngày"), required=False)

    def __init__(self, *args, years: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        events = sorted((event_sentence(name, {}), name) for name in all_event_sentences())
        self.fields["event"].choices = [("", _("Mọi việc")), *((name, words) for words, name in events)]
        self.fields["year_id"].choices = [("", _("Mọi năm")), *years]
