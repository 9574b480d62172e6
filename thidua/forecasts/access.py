"""Who drafts and issues digests, who asks, who forecasts, who decides how it came out.

Whoever sees the year reads what is issued, the questions, and the forecasts once a question is closed; before that a forecaster
sees only their own, so that nobody copies. Someone who did not forecast, acting for a unit that did not, decides the outcome.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.clusters.access import may, member_ids, where_in
from thidua.clusters.models import ClusterYear
from thidua.forecasts.models import Digest, DigestState, Dispute, Forecast, Question, QuestionState
from thidua.forecasts.rules.questions import DRAFT, OPEN, standing
from thidua.kernel.actor import Actor, Holding, Power, Role
from thidua.kernel.errors import Absent, Forbidden
from thidua.people.access import require
from thidua.people.models import Organisation
from thidua.rapporteurs.access import where_corps

UNIT = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
RUN = (Role.HEAD_SECRETARY, Role.SUPERIOR_OFFICER)

DRAFT_DIGEST = Power("forecasts.draft_digest", _("Tổng hợp dư luận: lập dự thảo, kiểm tra, ban hành"), RUN)
ASK = Power("forecasts.ask", _("Đặt câu hỏi dự báo, đóng nhận dự báo"), RUN)
FORECAST = Power("forecasts.forecast", _("Dự báo thay mặt đơn vị mình"), UNIT)
FORECAST_BY_POST = Power(
    "forecasts.forecast_by_post",
    _("Dự báo theo chức vụ của mình"),
    (*UNIT, Role.DELEGATE, Role.RAPPORTEUR, Role.COLLABORATOR),
)
DECIDE = Power("forecasts.decide", _("Ghi kết quả của câu hỏi (không phải người đã dự báo)"), RUN)
DISPUTE = Power("forecasts.dispute", _("Khiếu nại kết quả thay mặt đơn vị mình"), UNIT)
ANSWER_DISPUTE = Power("forecasts.answer_dispute", _("Trả lời khiếu nại về kết quả"), RUN)

POWERS = (DRAFT_DIGEST, ASK, FORECAST, FORECAST_BY_POST, DECIDE, DISPUTE, ANSWER_DISPUTE)


def require_may_draft_digest(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body."""
    return require(DRAFT_DIGEST, actor, where_in(year))


def digests_visible_to(actor: Actor, year: ClusterYear) -> QuerySet[Digest]:
    """Issued ones for whoever has been let into the year; drafts too for those who draft and check."""
    digests = Digest.objects.filter(year=year)
    return digests if may(DRAFT_DIGEST, actor, year) else digests.filter(state=DigestState.ISSUED)


def get_digest_visible_to(actor: Actor, year: ClusterYear, digest_id: int) -> Digest:
    """Such a digest. Absent otherwise."""
    found = digests_visible_to(actor, year).select_related("year__cluster").filter(pk=digest_id).first()
    if found is None:
        raise Absent
    return found


def require_may_ask(actor: Actor, year: ClusterYear) -> Actor:
    """The head's secretary, or an officer of the superior body."""
    return require(ASK, actor, where_in(year))


def require_may_forecast(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """Officer or leader of the unit, for the unit."""
    return require(FORECAST, actor, where_in(year, unit_id))


def require_may_forecast_by_post(actor: Actor, year: ClusterYear, post_id: int) -> Actor:
    """Whoever holds the post (own or lent), if it stands at a unit of the year and carries one of the roles."""
    for holding in holdings_to_forecast_by(actor, year):
        if holding.post_id == post_id:
            return Actor(actor.person_id, actor.name, actor.holdings, holding)
    raise Forbidden("people.not_allowed", action=FORECAST_BY_POST.title)


def holdings_to_forecast_by(actor: Actor, year: ClusterYear) -> list[Holding]:
    """The posts by which the actor may forecast, own ones first."""
    found: dict[int, Holding] = {}
    for holding in sorted(actor.holdings, key=lambda each: each.lender_id is not None):
        alone = Actor(actor.person_id, actor.name, (holding,))
        if alone.by(FORECAST_BY_POST, where_corps(year, holding.organisation_id)) is not None:
            found.setdefault(holding.post_id, holding)
    return list(found.values())


def units_to_forecast_for(actor: Actor, year: ClusterYear) -> frozenset[int]:
    """Ids of the year's units where the actor is officer or leader."""
    return actor.organisations(*UNIT) & member_ids(year)


def require_may_decide(actor: Actor, question: Question) -> Actor:
    """Those who run the year or stand above it, by a post that did not forecast at an organisation that did not, and not a person
    who did (in whatever post). Others' forecasts by their own posts at that organisation do not stand in the way: or one
    rapporteur of the superior body could leave every question without anyone to decide it. Refuses with
    forecasts.forecasters_do_not_decide when only that stands in the way."""
    by = require(DECIDE, actor, where_in(question.year))
    made = Q(made_by=actor.person_id) if actor.person_id else Q(pk__in=[])
    for holding in sorted(actor.holdings, key=lambda each: each.lender_id is not None):
        allowed = Actor(actor.person_id, actor.name, (holding,)).by(DECIDE, where_in(question.year))
        interested = made | Q(unit=holding.organisation_id, post=None) | Q(post=holding.post_id)
        if allowed is not None and not Forecast.objects.filter(interested, question=question).exists():
            return Actor(actor.person_id, actor.name, actor.holdings, allowed.using)
    raise Forbidden("forecasts.forecasters_do_not_decide", action=DECIDE.title, name=by.name)


def require_may_dispute(actor: Actor, year: ClusterYear, unit_id: int) -> Actor:
    """Officer or leader of the unit."""
    return require(DISPUTE, actor, where_in(year, unit_id))


def require_may_answer_dispute(actor: Actor, question: Question) -> Actor:
    """The same rule as for deciding: somebody who did not forecast."""
    require(ANSWER_DISPUTE, actor, where_in(question.year))
    return require_may_decide(actor, question)


def questions_visible_to(actor: Actor, year: ClusterYear) -> QuerySet[Question]:
    """All but drafts for whoever has been let into the year; drafts too for those who ask."""
    questions = Question.objects.filter(year=year)
    return questions if may(ASK, actor, year) else questions.exclude(state=QuestionState.DRAFT)


def get_question_visible_to(actor: Actor, year: ClusterYear, question_id: int) -> Question:
    """Such a question. Absent otherwise."""
    questions = questions_visible_to(actor, year).select_related("year__cluster", "year__head", "year__cluster__superior_body")
    found = questions.filter(pk=question_id).first()
    if found is None:
        raise Absent
    return found


def own_forecasts(actor: Actor) -> Q:
    """Which forecasts are the actor's own: those of units where the actor is officer or leader, and those of posts held."""
    posts = [holding.post_id for holding in actor.holdings]
    return Q(unit__in=actor.organisations(*UNIT), post=None) | Q(post__in=posts)


def forecasts_visible_to(actor: Actor, question: Question, now: datetime) -> QuerySet[Forecast]:
    """Everyone's once the question takes no more; before that the actor's own, so that nobody copies."""
    forecasts = Forecast.objects.filter(question=question)
    still_open = standing(question.state, question.closes_at, now) in (DRAFT, OPEN)
    return forecasts.filter(own_forecasts(actor)) if still_open else forecasts


def get_dispute(question: Question, dispute_id: int) -> Dispute:
    """A dispute about the question. Absent otherwise."""
    disputes = Dispute.objects.filter(resolution__question=question).select_related("resolution", "unit")
    found = disputes.filter(pk=dispute_id).first()
    if found is None:
        raise Absent
    found.resolution.question = question
    return found


def get_member_unit(year: ClusterYear, slug: str) -> Organisation:
    """A member unit of the year by its slug. Absent otherwise."""
    found = Organisation.objects.filter(slug=slug, pk__in=member_ids(year)).first()
    if found is None:
        raise Absent
    return found
