"""A small world with one of everything, for walking every address: one year, three units, one person of each role."""

import csv
import io
from dataclasses import dataclass, field

from django.core.files.base import ContentFile

from tests.access import chain, corps, scores
from thidua.awards.models import Nomination
from thidua.ballots.models import Poll, PollItem, RollEntry
from thidua.clusters.models import Cluster, ClusterYear, RotationPlace
from thidua.conference.models import Conference, Delegate, HandOver
from thidua.criteria import actions as criteria
from thidua.files.models import StoredFile
from thidua.kernel.actor import Role
from thidua.news.models import Article, Photo
from thidua.people.models import Person
from thidua.pledges.models import Pledge
from thidua.scoring.models import AppraiserAssignment, Citation, Evidence, ScoreLine, ScoreSheet, Verdict

TABLE = """code,parent_code,title_vi,max_points,kind,rule_text_vi,unit
A,,Học tập nghị quyết,10,points,,điểm
A.1,A,Học tập đúng kế hoạch,10,points,,điểm
"""
PLACES = {
    Role.SUPERIOR_OFFICER: "Ban Tuyen giao",
    Role.HEAD_SECRETARY: "Don vi 1",
    Role.EDITOR: "Don vi 1",
    Role.UNIT_LEADER: "Don vi 2",
    Role.UNIT_OFFICER: "Don vi 2",
    Role.DELEGATE: "Don vi 2",
    Role.RAPPORTEUR: "Don vi 2",
    Role.COLLABORATOR: "Don vi 2",
    Role.APPRAISER: "Ban Tuyen giao",
    Role.AUDITOR: "Thanh tra",
    Role.OPERATOR: "Van hanh",
}
"""Where the one person of each role has a post: unit 1 is the head, unit 2 a member, the last two stand outside the cluster."""


@dataclass
class Scene:
    """The persons by role, and the ids that addresses need, by the name of the argument."""

    people: dict[str, Person]
    year: ClusterYear
    ids: dict[str, object] = field(default_factory=dict)

    def at(self, stage: str) -> None:
        """Put the year at a stage."""
        ClusterYear.objects.filter(pk=self.year.pk).update(stage=stage)


def build(world, now) -> Scene:
    """Everything that has a page, once; straight into the tables where the way there is another test's business."""
    year = world.year()
    people = {str(role): world.person(role, world.organisation(place)) for role, place in PLACES.items()}
    scene = Scene(people, year, {"cluster": "cum-2", "year": 2021, "unit": "don-vi-2", "slug": "don-vi-2", "code": "A.1"})
    unopened = Cluster.objects.create(superior_body=world.organisation("Ban Tuyen giao"), slug="cum-3", name_vi="Cụm số 3")
    RotationPlace.objects.create(cluster=unopened, organisation=world.unit(1), position=1)
    version = _criteria(scene, world, now)
    _scores(scene, world, version, now)
    _conference(scene, world, now)
    _news(scene, world, now)
    kept = _file("van-ban.txt", "text/plain", b"van ban", now)
    chain.build(scene, world, now, kept)
    corps.build(scene, world, now, kept)
    scores.build(scene, world, now)
    _administration(scene, world)
    return scene


def _criteria(scene, world, now):
    rows, secretary = list(csv.reader(io.StringIO(TABLE))), world.secretary()
    values = {"year": scene.year, "rows": rows, "title": "Bảng tiêu chí", "actor": secretary, "now": now}
    version = criteria.import_table(**values)
    criteria.publish_version(version=version, decision="Biên bản", actor=secretary, now=now)
    criteria.import_table(**values)
    Pledge.objects.create(
        year=scene.year, status="open", preamble="Mở đầu", body="Điều 1", version=version,
        unit_ids=[world.unit(n).pk for n in (1, 2, 3)], frozen_text="Giao ước", digest="a" * 64, frozen_at=now,
    )  # fmt: skip
    scene.ids |= {"number": version.number}
    return version


def _scores(scene, world, version, now):
    AppraiserAssignment.objects.create(year=scene.year, person=scene.people["appraiser"], unit=world.unit(2))
    sheet = ScoreSheet.objects.create(
        year=scene.year, unit=world.unit(2), version=version, status="submitted", opened_at=now, submitted_at=now
    )
    ScoreLine.objects.create(sheet=sheet, code="A.1", points=9, edited_at=now, edited_by_name="x")
    Verdict.objects.create(
        sheet=sheet, code="A.1", points=8, judgement="changed", reason="Lý do", given_at=now, given_by_name="x"
    )
    kept = _file("minh-chung.txt", "text/plain", b"minh chung", now)
    evidence = Evidence.objects.create(sheet=sheet, code="A.1", file=kept, added_at=now, added_by_name="x")
    citation = Citation.objects.create(
        year=scene.year, unit=world.unit(2), code="A.1", kind="report", source=1, title="Báo cáo", url="/", cited_at=now,
        cited_by_name="x",
    )  # fmt: skip
    scene.ids |= {"evidence_id": evidence.pk, "citation_id": citation.pk}


def _conference(scene, world, now):
    held = Conference.objects.create(year=scene.year, starts_at=now, place="Hội trường", chair="A", secretary="B")
    delegate = Delegate.objects.create(
        conference=held, unit=world.unit(2), person=scene.people["delegate"], name="Đại biểu", seat=1, may_vote=True, present=True
    )
    poll = Poll.objects.create(
        year=scene.year, title="Suy tôn", status="open", numerator=1, denominator=2, base="present", opened_at=now
    )
    PollItem.objects.create(poll=poll, position=1, nominee=world.unit(2))
    RollEntry.objects.create(poll=poll, person=scene.people["delegate"])
    nomination = Nomination.objects.create(
        year=scene.year, unit=world.unit(2), title="flag", put_forward_at=now, put_forward_by="x"
    )
    following = ClusterYear.objects.create(cluster=scene.year.cluster, year=2022, head=world.unit(2), previous=scene.year)
    HandOver.objects.create(from_year=scene.year, to_year=following, drawn_up_at=now)
    scene.ids |= {"delegate": delegate.pk, "poll": poll.pk, "nomination": nomination.pk}


def _news(scene, world, now):
    article = Article.objects.create(
        year=scene.year, organisation=world.unit(1), slug="bai-viet", title="Bài viết", text="Nội dung", status="published",
        published_at=now, updated_at=now, folded="bai viet",
    )  # fmt: skip
    pixel = _file("anh.png", "image/png", b"\x89PNG\r\n\x1a\n", now)
    photo = Photo.objects.create(article=article, file=pixel, width=1, height=1, alt="Một ảnh", position=1)
    draft = {"status": "draft", "slug": "bai-nhap", "pk": None, "published_at": None}
    Article.objects.create(
        **{n: getattr(article, n) for n in ("year", "organisation", "title", "text", "updated_at", "folded")} | draft
    )
    scene.ids |= {"photo": photo.pk}


def _administration(scene, world):
    tenure = scene.people["unit_officer"].tenures.get()
    scene.ids |= {"person_id": tenure.person_id, "post_id": tenure.post_id, "tenure_id": tenure.pk}
    scene.ids |= {"session_id": 999, "delegation_id": 999, "pk": 999}


def _file(name, mime, content, now) -> StoredFile:
    return StoredFile.objects.create(
        sha256="b" * 64, size=len(content), mime=mime, name=name, content=ContentFile(content, name), uploaded_at=now
    )
