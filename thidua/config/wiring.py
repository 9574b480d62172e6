"""Every reaction and every contribution of a higher slice to a lower one, on one page."""

from thidua.audit import actions as audit
from thidua.awards import access as awards_access
from thidua.awards import queries as awards
from thidua.awards.reactions import REACTIONS as AWARDS_REACTIONS
from thidua.ballots import access as ballots_access
from thidua.ballots import queries as ballots
from thidua.clusters import access as clusters_access
from thidua.clusters import queries as clusters
from thidua.clusters.rules import Stage
from thidua.conference import access as conference_access
from thidua.conference import queries as conference
from thidua.conference.reactions import REACTIONS as CONFERENCE_REACTIONS
from thidua.criteria import access as criteria_access
from thidua.criteria import queries as criteria
from thidua.criteria.reactions import REACTIONS as CRITERIA_REACTIONS
from thidua.crosschecks import access as crosschecks_access
from thidua.crosschecks import queries as crosschecks
from thidua.directives import access as directives_access
from thidua.directives import queries as directives
from thidua.forecasts import access as forecasts_access
from thidua.forecasts import queries as forecasts
from thidua.kernel import ports
from thidua.news import access as news_access
from thidua.news import queries as news
from thidua.people import access as people_access
from thidua.pledges import access as pledges_access
from thidua.pledges import queries as pledges
from thidua.programmes import access as programmes_access
from thidua.programmes import queries as programmes
from thidua.rapporteurs import access as rapporteurs_access
from thidua.rapporteurs import queries as rapporteurs
from thidua.reports import access as reports_access
from thidua.reports import queries as reports
from thidua.scoring import access as scoring_access
from thidua.scoring import queries as scoring
from thidua.scoring.reactions import REACTIONS as SCORING_REACTIONS

REACTIONS: list[dict] = [CRITERIA_REACTIONS, SCORING_REACTIONS, AWARDS_REACTIONS, CONFERENCE_REACTIONS]
"""Each slice's REACTIONS = {Event: ([in_transaction…], [after_commit…])}."""

POWERS = [
    people_access,
    clusters_access,
    criteria_access,
    directives_access,
    rapporteurs_access,
    forecasts_access,
    programmes_access,
    reports_access,
    pledges_access,
    scoring_access,
    crosschecks_access,
    ballots_access,
    awards_access,
    conference_access,
    news_access,
]
TABS: list = [
    clusters.overview_tab,
    criteria.tabs,
    pledges.tabs,
    directives.tabs,
    programmes.tabs,
    rapporteurs.tabs,
    forecasts.tabs,
    reports.tabs,
    scoring.tabs,
    conference.tabs,
    awards.tabs,
    news.tabs,
    clusters.settings_tab,
]
"""In the order in which the year's navigation shows them."""
COLUMNS: list = [
    pledges.columns,
    programmes.columns,
    reports.columns,
    scoring.columns,
    conference.columns,
    awards.columns,
]
PANELS: list = [
    conference.panels,
    scoring.panels,
]
CODES: list = [criteria.codes_of]
WORK: list = [
    clusters.work,
    criteria.work,
    programmes.document_work,
    programmes.work,
    forecasts.work,
    directives.work,
    rapporteurs.work,
    pledges.work,
    reports.work,
    scoring.work,
    crosschecks.work,
    ballots.work,
    conference.work,
    awards.work,
    news.work,
]
ANSWERS: list = [programmes.programme_answers]
CITING: list = [scoring.citing_url]
OWED: list = [reports.owed, rapporteurs.owed]
CLAUSE_IN_USE: list = [programmes.clause_in_use]
CHECK_PAGES: list = [crosschecks.check_pages]
READS_SHEETS: list = [crosschecks.read_units]
PINNED: list = [pledges.pinned, scoring.pinned]
ROUND_GATHERED: list = [forecasts.round_gathered]
STEP_BACK_CHECKS: list = [ballots.still_open, crosschecks.still_running]
STAGE_CHECKS: dict[str, list] = {
    Stage.PLEDGED: [criteria.missing_for_pledge, pledges.missing_for_pledged, clusters.missing_calendar],
    Stage.CROSS_CHECKING: [scoring.missing_sheets, scoring.missing_carried],
    Stage.CONFERENCE: [scoring.missing_checks, conference.missing_for_conference],
    Stage.DECIDED: [conference.missing_for_decisions],
    Stage.CLOSED: [awards.missing_decisions, clusters.missing_next_year],
}


def wire() -> None:
    """Fill the ports of the kernel and the reactions of the journal. Done once, at start; the same twice."""
    audit.IN_TRANSACTION.clear()
    audit.AFTER_COMMIT.clear()
    for reactions in REACTIONS:
        for event, (in_transaction, after_commit) in reactions.items():
            audit.IN_TRANSACTION.setdefault(event, []).extend(in_transaction)
            audit.AFTER_COMMIT.setdefault(event, []).extend(after_commit)
    ports.POWERS[:] = [power for access in POWERS for power in access.POWERS]
    ports.TABS[:], ports.COLUMNS[:], ports.WORK[:] = TABS, COLUMNS, WORK
    ports.PANELS[:], ports.CODES[:], ports.STEP_BACK_CHECKS[:] = PANELS, CODES, STEP_BACK_CHECKS
    ports.CITING[:], ports.OWED[:], ports.ANSWERS[:] = CITING, OWED, ANSWERS
    ports.CLAUSE_IN_USE[:], ports.ROUND_GATHERED[:] = CLAUSE_IN_USE, ROUND_GATHERED
    ports.READS_SHEETS[:], ports.PINNED[:] = READS_SHEETS, PINNED
    ports.CHECK_PAGES[:] = CHECK_PAGES
    ports.STAGE_CHECKS.clear()
    ports.STAGE_CHECKS.update(STAGE_CHECKS)
