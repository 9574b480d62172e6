"""Pages of the register: the list, a document, registering and editing it, its text and files."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.clusters.access import may, require_open
from thidua.clusters.models import ClusterYear
from thidua.clusters.rules import Stage
from thidua.directives import actions
from thidua.directives.access import REGISTER, get_directive, require_may_register
from thidua.directives.forms.register import DirectiveForm, FileForm, FilterForm, RegisterForm, TextForm
from thidua.directives.models import Directive
from thidua.directives.queries import detail as details
from thidua.directives.queries import distribution, register, study
from thidua.directives.views.place import filters_of, note_of, page, see_newest, year_of
from thidua.files.queries import file_response
from thidua.kernel.errors import Absent, Refused
from thidua.kernel.text import small_int
from thidua.web.http import refusal_told
from thidua.web.sentences import sentence_of
from thidua.web.workbook import workbook_response

GET_POST = require_http_methods(["GET", "POST"])
MOST_EXPORTED = 20_000


def may_write(request: HttpRequest, year: ClusterYear) -> bool:
    """Whether this person may write into the register now; for showing buttons."""
    return year.stage != Stage.CLOSED and may(REGISTER, request.actor, year)


def desk(request: HttpRequest, cluster: str, year: int, directive: int) -> tuple[ClusterYear, Directive]:
    """Year and document of the address, for one who may write there now."""
    found = year_of(request, cluster, year)
    document = get_directive(found, directive)
    require_may_register(request.actor, found)
    require_open(found)
    return found, document


def to_document(year: ClusterYear, directive_id: int) -> HttpResponse:
    """Back to the document's page."""
    return redirect("directives:directive", year.cluster.slug, year.year, directive_id)


@require_GET
def listing(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The register: filters, search, order, 50 a page."""
    found = year_of(request, cluster, year)
    form = FilterForm(request.GET, found)
    wanted = form.wanted
    rows = Paginator(register.listed(found, wanted), register.PAGE).get_page(request.GET.get("trang"))
    filters = filters_of(request)
    return page(
        request, found, "list",
        form=form, rows=rows, filters=filters, is_filtered=any(request.GET.get(name) for name in form.fields),
        snippets=register.snippets(list(rows), wanted.query), may_write=may_write(request, found),
    )  # fmt: skip


@require_GET
def listing_workbook(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The same as a workbook, all pages, with the filters of the address."""
    found = year_of(request, cluster, year)
    headers = [
        _("Văn bản"), _("Trích yếu"), _("Số, ký hiệu"), _("Loại"), _("Cơ quan ban hành"), _("Ngày ban hành"),
        _("Khóa, nhiệm kỳ"), _("Hiệu lực"), _("Số mục"), _("Số tệp"),
    ]  # fmt: skip
    rows = register.listed(found, FilterForm(request.GET, found).wanted)[:MOST_EXPORTED]
    title = _("Sổ văn bản của %(cluster)s") % {"cluster": found.cluster.name}
    return workbook_response("so-van-ban", title, headers, map(_line, rows), note_of(found))


def _line(one: Directive) -> list[object]:
    return [
        one.name,
        one.title,
        one.number_text,
        one.get_kind_display(),
        one.issuer.name_vi,
        date_format(one.issued_on) if one.issued_on else "",
        one.term,
        one.get_effect_display(),
        one.clause_count,  # type: ignore[attr-defined]
        one.file_count,  # type: ignore[attr-defined]
    ]


@require_GET
def detail(request: HttpRequest, cluster: str, year: int, directive: int) -> HttpResponse:
    """A document: facts, files, text with its clauses, relations, members, distribution and study."""
    found = year_of(request, cluster, year)
    document = get_directive(found, directive)
    relations, clauses = details.relations_of(document), list(document.clauses.all())
    return page(
        request, found, "directive",
        directive=document,
        files=list(document.files.select_related("file")),
        clauses=clauses,
        part=details.text_part(document, clauses),
        relations=relations,
        graph=details.graph_of(document, relations),
        members=list(register.light(found.cluster_id).filter(member_of=document)) if document.is_class else [],
        may_write=may_write(request, found),
        distribution=distribution.distribution_of(found, document, request.actor),
        study=study.study_of(found, document, request.actor),
        today=localdate(request.now),
    )  # fmt: skip


@require_GET
def text(request: HttpRequest, cluster: str, year: int, directive: int) -> HttpResponse:
    """The whole text, page by page, with its clauses marked."""
    found = year_of(request, cluster, year)
    document = get_directive(found, directive)
    clauses = list(document.clauses.all())
    part = details.text_part(document, clauses, small_int(request.GET.get("trang", "")) or 1)
    return page(request, found, "text", directive=document, clauses=clauses, part=part)


@GET_POST
def enter(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """Register a document with its files; a new issuer on the same page."""
    found = year_of(request, cluster, year)
    require_may_register(request.actor, found)
    require_open(found)
    form = RegisterForm(request.POST or None, request.FILES or None, year=found)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            actions.register_directive,
            year=found,
            particulars=form.particulars,
            uploads=form.cleaned_data["uploads"],
            text=form.cleaned_data["text"],
            actor=request.actor,
            now=request.now,
        )
        if made is not None:
            messages.success(request, _("Đã vào sổ %(name)s.") % {"name": made.name})
            _tell_what_could_not_be_read(request, made)
            return to_document(found, made.pk)
    return page(request, found, "register", form=form, same=_same(form, found))


@GET_POST
def edit(request: HttpRequest, cluster: str, year: int, directive: int) -> HttpResponse:
    """Change what is known of a document; after a clash what is saved now stands beside what was typed."""
    found, document = desk(request, cluster, year, directive)
    form = DirectiveForm(request.POST, year=found) if request.method == "POST" else DirectiveForm.of(document, found)
    stale = False
    if request.method == "POST" and form.is_valid():
        stale = form.cleaned_data["revision"] != document.revision
        edited = form.attempt(
            actions.edit_directive,
            year=found,
            directive=document,
            particulars=form.particulars,
            revision=form.cleaned_data["revision"],
            actor=request.actor,
            now=request.now,
        )
        if edited is not None:
            messages.success(request, _("Đã lưu %(name)s.") % {"name": edited.name})
            return to_document(found, document.pk)
        see_newest(form, "revision", document.revision)
    return page(request, found, "register", form=form, directive=document, stale=stale, same=_same(form, found, document.pk))


def _same(form: DirectiveForm, year: ClusterYear, but: int | None = None) -> list[Directive]:
    """Documents to link to when a number is there already; the tick that confirms it appears with them."""
    if not form.is_bound or not ({"number_text", "same_number_seen"} & set(form.errors)):
        return []
    if "same_number_seen" in form.errors:
        form.ask_about_same_number()
    issuer, typed = form.chosen_issuer, form.cleaned_data.get("number_text") or form.data.get("number_text", "")
    if issuer is None:
        return []
    try:
        number = register.number_of(issuer, form.data.get("kind", ""), typed)
    except Refused:
        return []
    return register.same_number(year, issuer, number, but)


@GET_POST
def edit_text(request: HttpRequest, cluster: str, year: int, directive: int) -> HttpResponse:
    """Type or correct the text."""
    found, document = desk(request, cluster, year, directive)
    saved = {"text": document.text, "revision": document.revision}
    form, stale = TextForm(request.POST or None, initial=saved), False
    if request.method == "POST" and form.is_valid():
        stale = form.cleaned_data["revision"] != document.revision
        form.attempt(actions.type_text, year=found, directive=document, **form.cleaned_data, actor=request.actor, now=request.now)
        if form.is_valid():
            messages.success(request, _("Đã lưu lời văn."))
            return to_document(found, document.pk)
        see_newest(form, "revision", document.revision)
    return page(request, found, "text_edit", directive=document, form=form, stale=stale)


@GET_POST
def attach(request: HttpRequest, cluster: str, year: int, directive: int) -> HttpResponse:
    """Add files to a document. Each that is taken stays, also when a later one is refused."""
    found, document = desk(request, cluster, year, directive)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        refused = False
        for upload in form.cleaned_data["uploads"]:
            try:
                actions.attach_file(
                    year=found, directive=document, upload=upload, note=form.cleaned_data["note"], actor=request.actor,
                    now=request.now,
                )  # fmt: skip
            except (Absent, Refused) as error:
                form.add_error("uploads", sentence_of(error))
                refused = True
        if not refused:
            messages.success(request, _("Đã thêm tệp."))
            _tell_what_could_not_be_read(request, document)
            return to_document(found, document.pk)
    files = list(document.files.select_related("file"))
    return page(request, found, "attach", directive=document, form=form, files=files)


@require_POST
def remove_file(request: HttpRequest, cluster: str, year: int, directive: int, file: int) -> HttpResponse:
    """Take a file off a document."""
    found, document = desk(request, cluster, year, directive)
    with refusal_told(request):
        actions.remove_file(year=found, directive=document, file_id=file, actor=request.actor, now=request.now)
        messages.success(request, _("Đã bỏ tệp khỏi văn bản; nhật ký còn giữ tên và mã kiểm tra."))
    return to_document(found, document.pk)


@require_GET
def download(request: HttpRequest, cluster: str, year: int, directive: int, file: int) -> FileResponse:
    """A file of a document, for whoever sees the year."""
    found = year_of(request, cluster, year)
    document = get_directive(found, directive)
    entry = document.files.select_related("file").filter(pk=file).first()
    if entry is None:
        raise Absent
    return file_response(entry.file, inline=True)


def _tell_what_could_not_be_read(request: HttpRequest, directive: Directive) -> None:
    current = Directive.objects.only("text").get(pk=directive.pk)
    if not current.text and directive.files.exists():
        messages.warning(request, _("Tệp đã giữ nhưng không lấy được lời văn. Có thể gõ hoặc dán lời văn để tìm và chia mục."))
