"""The files of a talk: add, open, take off."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thidua.files.queries import file_response
from thidua.kernel.errors import Absent
from thidua.rapporteurs.actions import materials as actions
from thidua.rapporteurs.forms.talks import MaterialForm
from thidua.rapporteurs.views.talks import require_writer, talk_of, talk_page, to_talk
from thidua.web.http import refusal_told


@require_POST
def add_material(request: HttpRequest, cluster: str, year: int, talk: int) -> HttpResponse:
    """Add a file; what is wrong with it stands at the field."""
    found, there = talk_of(request, cluster, year, talk)
    require_writer(request, there)
    form = MaterialForm(request.POST, request.FILES)
    if form.is_valid():
        given = {"talk": there, "upload": form.cleaned_data["file"], "title": form.cleaned_data["title"]}
        made = form.attempt(actions.add_material, **given, actor=request.actor, now=request.now)
        if made is not None:
            messages.success(request, _("Đã thêm tài liệu “%(title)s”.") % {"title": made.title})
            return to_talk(found, there)
    return talk_page(request, found, there, form)


@require_GET
def material(request: HttpRequest, cluster: str, year: int, talk: int, material: int) -> FileResponse:
    """A file, for whoever sees the year."""
    _found, there = talk_of(request, cluster, year, talk)
    kept = there.materials.select_related("file").filter(pk=material).first()
    if kept is None:
        raise Absent
    return file_response(kept.file, inline=True)


@require_POST
def remove_material(request: HttpRequest, cluster: str, year: int, talk: int, material: int) -> HttpResponse:
    """Take a file off the talk."""
    found, there = talk_of(request, cluster, year, talk)
    with refusal_told(request):
        actions.remove_material(talk=there, material_id=material, actor=request.actor, now=request.now)
        messages.success(request, _("Đã bỏ tệp."))
    return to_talk(found, there)
