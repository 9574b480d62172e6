"""Forms of the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.kernel.actor import Actor
from thidua.news.access import desks_of
from thidua.news.actions import Words
from thidua.news.models import Article
from thidua.news.queries import years_to_write_about
from thidua.people.models import Organisation
from thidua.web.forms import Form


class ArticleForm(Form):
    """An article as it is typed. Lengths are judged by the action, so that a text that is too long comes back whole."""

    title = forms.CharField(label=_("Tiêu đề"))
    lead = forms.CharField(
        label=_("Sapo"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Một, hai câu nêu việc chính: ai, làm gì, ở đâu, khi nào."),
    )
    text = forms.CharField(
        label=_("Nội dung"), required=False, widget=forms.Textarea({"rows": 18}),
        help_text=_("Dòng trống để sang đoạn mới; “## ” đầu dòng là tiêu đề mục; “- ” đầu dòng là một ý của danh sách."),
    )
    byline = forms.CharField(label=_("Người viết"), required=False, max_length=200)
    organisation: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Đơn vị đăng"), queryset=Organisation.objects.none(), empty_label=None
    )
    year: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Về năm thi đua"), queryset=ClusterYear.objects.none(), required=False, empty_label=_("Không gắn với năm nào")
    )
    illustrative = forms.BooleanField(label=_("Bài có số liệu minh hoạ (trang sẽ ghi rõ)"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, article: Article | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].queryset = years_to_write_about(actor)
        if article is None:
            desks = desks_of(actor)
            self.fields["organisation"].queryset = desks
            if len(desks) == 1:
                self.fields["organisation"].widget = forms.HiddenInput()
                self.initial.setdefault("organisation", desks[0].pk)
        else:
            del self.fields["organisation"]
            self.fields["lead"].required = self.fields["text"].required = article.is_public
            kept = ("title", "lead", "text", "byline", "illustrative", "revision")
            self.initial = {**{name: getattr(article, name) for name in kept}, "year": article.year_id, **self.initial}

        for name in ("lead", "text"):
            self.fields[name].when_required = _("bắt buộc khi đăng")  # web/field.html says it beside the label

    def words(self) -> Words:
        """What was typed, for the actions."""
        return Words(**{name: self.cleaned_data[name] for name in ("title", "lead", "text", "byline")})

    def start_from(self, revision: int) -> None:
        """From now on the typed words follow on this revision: saving once more is meant."""
        self.data = {**self.data.dict(), "revision": revision}


class PhotoForm(Form):
    """A photo with its words. What is demanded of them the action judges."""

    photo = forms.FileField(
        label=_("Ảnh"), widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png"}),
        help_text=_("JPEG hoặc PNG, tới 20 MB. Ảnh được thu về rộng nhất 1600 điểm; nơi chụp, giờ chụp, tên máy bị xóa."),
    )
    alt = forms.CharField(
        label=_("Mô tả cho người không nhìn thấy ảnh"), max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text=_("Trong ảnh có ai, đang làm gì, ở đâu. Máy đọc màn hình đọc câu này."),
    )
    caption = forms.CharField(label=_("Chú thích dưới ảnh"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}))
    credit = forms.CharField(label=_("Nguồn ảnh"), required=False, max_length=200)


class WithdrawForm(Form):
    """Why a public article is taken back."""

    reason = forms.CharField(
        label=_("Lý do gỡ bài"), widget=forms.Textarea({"rows": 3}), max_length=1000,
        help_text=_("Người mở địa chỉ của bài sẽ đọc câu này."),
    )
