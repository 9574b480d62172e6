"""The corps and the forecasts of unit 2, one of each, for walking every address: straight into the tables."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

from thidua.forecasts.models import Choice, Digest, DigestRound, Dispute, Forecast, Question, Resolution
from thidua.rapporteurs.models import (
    Assessment,
    CollaboratorReport,
    CorpsMember,
    FeedbackForm,
    FeedbackRemark,
    Grade,
    Material,
    Round,
    Talk,
    TalkAudience,
    Term,
    Topic,
    TopicCount,
)
from thidua.rapporteurs.rules.assessment import Figures

TABLE = {"rounds": [], "reports": 0, "units": 0, "lines": [], "sums": [None] * 4, "total": None}

FUTURE = datetime(2099, 1, 1, tzinfo=UTC)
"""Requests are answered at their real moment: what is open must be open whenever the tests run."""
SCHEME = {
    "measures": [], "good": "90", "fair": "70", "average": "50", "least": None, "at_most": "weak", "quota": {},
    "rounding": "down", "places_least": 1,
}  # fmt: skip
BASIS = {"name": "x", "post_title": "x", "figures": asdict(Figures()), "lines": [], "got": "0", "possible": "0", "reasons": []}


def build(scene, world, now, kept) -> None:
    """Into the tables; `kept` is a stored file. The rapporteur and the collaborator of the scene act for the two members."""
    speaker, collaborator = (_member(scene, world, now, kind) for kind in ("rapporteur", "collaborator"))
    topic = Topic.objects.create(year=scene.year, title="Chủ đề", position=1)
    proposed = Topic.objects.create(
        year=scene.year, title="Được đề nghị", position=2, agreed=False, proposed_by=world.unit(2)
    )
    _talks(scene, world, now, kept, speaker, topic)
    _counts(scene, world, now, collaborator, topic)
    _questions(scene, world, now)
    _grades(scene, now, speaker)
    scene.ids |= {
        "member": speaker.pk, "collaborator_id": collaborator.pk, "topic": topic.pk, "proposed_id": proposed.pk,
        "term": speaker.terms.get().pk, "post": scene.people["unit_officer"].tenures.get().post_id,
    }  # fmt: skip


def _member(scene, world, now, kind):
    post = scene.people[kind].tenures.get().post
    member = CorpsMember.objects.create(
        unit=world.unit(2), kind=kind, name=kind, post_title=kind, post=post, entered_at=now, entered_by_name="x"
    )
    Term.objects.create(
        member=member, decision="01-QĐ/ĐU", decided_on=date(2020, 12, 1), starts_on=date(2021, 1, 1),
        ends_on=date(2022, 12, 31), entered_at=now, entered_by_name="x",
    )  # fmt: skip
    return member


def _talks(scene, world, now, kept, speaker, topic):
    talk, planned = (
        Talk.objects.create(
            year=scene.year, unit=world.unit(2), speaker=speaker, held_on=day, place="Hội trường", listeners=listeners,
            recorded_at=now, recorded_by_name="x",
        )
        for day, listeners in ((date(2021, 10, 1), 40), (date(2021, 12, 1), 0))
    )  # fmt: skip
    for each in (talk, planned):
        each.topics.add(topic)
    TalkAudience.objects.create(talk=talk, group="members", attended=40)
    material = Material.objects.create(talk=talk, file=kept, title="Đề cương", added_at=now, added_by_name="x")
    form = FeedbackForm.objects.create(
        talk=talk, code="bcdfghjkm2", opened_at=now, opened_by_name="x", closes_at=now + timedelta(days=400)
    )
    FeedbackRemark.objects.create(form=form, text="Tốt")
    scene.ids |= {"talk": talk.pk, "planned_id": planned.pk, "material": material.pk, "form_code": form.code}


def _counts(scene, world, now, collaborator, topic):
    counted, open_round = (
        Round.objects.create(
            year=scene.year, title=title, rhythm="monthly", starts_on=date(2021, month, 1), ends_on=date(2021, month, 28),
            due_on=date(2021, month, 28) + timedelta(days=7),
        )
        for title, month in (("Tháng 9", 9), ("Tháng 10", 10))
    )  # fmt: skip
    report = CollaboratorReport.objects.create(
        round=counted, unit=world.unit(2), member=collaborator, sent_at=now, saved_at=now, saved_by_name="x",
        saved_by=scene.people["collaborator"],
    )
    TopicCount.objects.create(report=report, topic=topic, supportive=20)
    digest, draft = (
        Digest.objects.create(
            year=scene.year, title=state, starts_on=counted.starts_on, ends_on=counted.ends_on, state=state, gathered_at=now,
            drafted_by_name="x", table=TABLE,
        )
        for state in ("issued", "draft")
    )  # fmt: skip
    DigestRound.objects.create(digest=digest, round=counted)
    scene.ids |= {"round": open_round.pk, "counted_id": counted.pk, "count_id": report.pk}
    scene.ids |= {"digest": digest.pk, "draft_digest_id": draft.pk}


def _questions(scene, world, now):
    asked = {"year": scene.year, "decided_how": "Theo quyết định", "kind": "yes_no", "asked_at": now, "asked_by_name": "x"}
    opened, drafted, decided = (
        Question.objects.create(
            title=state, state=state, opened_at=now - timedelta(days=30), closes_at=closes, outcome_on=closes.date(), **asked
        )
        for state, closes in (
            ("open", FUTURE), ("draft", FUTURE), ("resolved", now - timedelta(days=5))
        )
    )  # fmt: skip
    for question in (opened, drafted, decided):
        for position, text in ((1, "Có"), (2, "Không")):
            Choice.objects.create(question=question, position=position, text=text)
    Forecast.objects.create(question=decided, unit=world.unit(2), probabilities=["0.7", "0.3"], made_at=now - timedelta(days=9))
    post = scene.people["unit_officer"].tenures.get().post
    Forecast.objects.create(
        question=decided, unit=world.unit(2), post=post, probabilities=["0.6", "0.4"], made_at=now - timedelta(days=9)
    )
    resolution = Resolution.objects.create(
        question=decided, number=1, choice=decided.choices.first(), basis="Công bố", resolved_at=now, resolved_by_name="x"
    )
    dispute = Dispute.objects.create(
        resolution=resolution, unit=world.unit(3), reason="Chưa đúng", raised_at=now, raised_by_name="x"
    )
    scene.ids |= {
        "question": opened.pk, "draft_question_id": drafted.pk, "decided_id": decided.pk, "dispute": dispute.pk,
    }  # fmt: skip


def _grades(scene, now, speaker):
    settled = Assessment.objects.create(
        year=scene.year, kind="rapporteur", number=1, rules=SCHEME, decision="01-QC/TG", digest="c" * 64, settled_at=now,
        settled_by_name="x",
    )  # fmt: skip
    Grade.objects.create(
        assessment=settled, member=speaker, unit=speaker.unit, level=speaker.level, grade="good", percent=95, basis=BASIS
    )
