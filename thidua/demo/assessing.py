"""How the corps of 2021 was assessed. The rules are made up and say so: no authority's targets are known to the demo."""

from decimal import Decimal

from thidua.clusters.models import ClusterYear
from thidua.demo.builder import as_, at
from thidua.rapporteurs.actions.assessment import set_assessment_rules, settle_grades
from thidua.rapporteurs.models import CorpsKind
from thidua.rapporteurs.queries.assessment import content_of, digest_of, reckon, rows_of
from thidua.rapporteurs.rules.schemes import Asked, Measure, Scheme

DECISION = "Số 00-QC/MH (minh hoạ, không phải quy chế của cơ quan nào)"
LEVELS = ("province", "grassroots")


def _asked(measure: Measure, weight: str, target: str) -> Asked:
    return Asked(measure, Decimal(weight), dict.fromkeys(LEVELS, Decimal(target)))


GRADES = {"good": Decimal(90), "fair": Decimal(70), "average": Decimal(50)}
SCHEMES = {
    CorpsKind.RAPPORTEUR: Scheme(
        (
            _asked(Measure.TALKS, "40", "6"),
            _asked(Measure.LISTENERS, "20", "300"),
            _asked(Measure.TOPICS, "20", "60"),
            _asked(Measure.USEFUL, "20", "50"),
        ),
        **GRADES,
        least=Decimal(1),
        quota={"grassroots": Decimal(50)},
    ),
    CorpsKind.COLLABORATOR: Scheme((_asked(Measure.SENT, "50", "100"), _asked(Measure.ON_TIME, "50", "100")), **GRADES),
}


def settle(year: ClusterYear) -> None:
    """The officer of the superior body enters the rules in March and settles the grades before the conference."""
    begun, now = at(2021, 3, 1), at(2021, 11, 22, 15)
    for kind, scheme in SCHEMES.items():
        set_assessment_rules(
            year=year,
            kind=kind,
            scheme=scheme,
            decision=DECISION,
            confirmed=True,
            revision=0,
            actor=as_("captren", begun),
            now=begun,
        )
        reckoned = reckon(year, kind, now.date())
        shown = digest_of(content_of(year, kind, reckoned.rules, rows_of(reckoned.entries)))
        settle_grades(year=year, kind=kind, seen=shown, reason="", decided={}, actor=as_("captren", now), now=now)
