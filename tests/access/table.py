"""Every address × anonymous and the eleven roles, by hand. The scene says who stands where (scene.PLACES).

A row is one line: the name of the address and who gets in, with what it needs; a list of rows where it depends on the stage.
`only` gives the status for those who get in and for those who do not; inside a year the operator, who touches no content,
sees nothing (404).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from thidua.kernel.actor import Role

ANYONE = "anonymous"
EVERYBODY = (ANYONE, *map(str, Role))
LET_IN = frozenset({200, 302, 409, 422})
"""Done, shown, or an expected no in words: what a form answers to whoever may send it (it is sent empty here)."""

SUPERIOR, SECRETARY, LEADER, OFFICER, APPRAISER, DELEGATE, RAPPORTEUR, COLLABORATOR, EDITOR, AUDITOR, OPERATOR = map(str, Role)
CONTENT = (SUPERIOR, SECRETARY, LEADER, OFFICER, APPRAISER, DELEGATE, RAPPORTEUR, COLLABORATOR, EDITOR, AUDITOR)
RUNNERS = (SUPERIOR, SECRETARY)
UNIT = (LEADER, OFFICER)
SHEET_READERS = (SUPERIOR, SECRETARY, LEADER, OFFICER, APPRAISER, AUDITOR)
DESK = (SECRETARY, EDITOR)


@dataclass(frozen=True)
class Row:
    """What each of EVERYBODY gets, by GET or (for addresses that only take a form) by POST, at a stage of the year."""

    expected: dict[str, frozenset[int]]
    stage: str = "running"
    post: bool = False
    ids: dict[str, object] = field(default_factory=dict)


def only(
    roles: Iterable[str], *, ok: int | frozenset[int] = 200, other: int = 403, anonymous: int = 302,
    also: dict[str, int] | None = None, stage: str = "running", post: bool = False, **ids: object,
) -> Row:  # fmt: skip
    """Those who get in, and what the others get (`also`: some of them something else). A form that is sent is answered LET_IN."""
    let_in, others = LET_IN if post and ok == 200 else _set(ok), {ANYONE: anonymous, **(also or {})}
    expected = {who: let_in if who in set(roles) else _set(others.get(who, other)) for who in EVERYBODY}
    return Row(expected, stage, post, ids)


def of_year(roles: Iterable[str] = CONTENT, *, also: dict[str, int] | None = None, **more) -> Row:
    """A page of the year: the operator sees no year, whoever else sees it is told that the step is not theirs."""
    return only(roles, also={OPERATOR: 404, **(also or {})}, **more)


def on_sheet(roles: Iterable[str] = SHEET_READERS, **more) -> Row:
    """A page of unit 2's score sheet: who may not read the sheet finds nothing, who may is told that the step is not theirs."""
    return of_year(roles, other=404, also=dict.fromkeys(SHEET_READERS, 403), stage="cross_checking", **more)


def on_task(roles: Iterable[str] = SHEET_READERS, **more) -> Row:
    """A page of unit 2's tasks, drafts or reports: who may not read them finds nothing, who may is told that the step is not
    theirs."""
    return of_year(roles, other=404, also=dict.fromkeys(SHEET_READERS, 403), **more)


def _set(status: int | frozenset[int]) -> frozenset[int]:
    return frozenset({status}) if isinstance(status, int) else status


def public(ok: int = 200, **more) -> Row:
    """Open to all, signed in or not."""
    return only(EVERYBODY, ok=ok, **more)


def signed_in(ok: int = 200, **more) -> Row:
    """Whoever is signed in, whatever the role."""
    return only(EVERYBODY[1:], ok=ok, **more)


def operator(**more) -> Row:
    """Setting up: the list says 403; what belongs to one person or unit is 404 to others (`other=404`)."""
    return only([OPERATOR], **more)


REAUTHENTICATE = 302  # to "is it really you", before the way in is changed

TABLE: dict[str, Row | list[Row]] = {
    # ---- config
    "healthz": public(),
    "set_language": [public(), public(ok=302, post=True)],
    # ---- signing in: who is signed in is sent on
    "account_login": only([ANYONE], other=302),
    "mfa_authenticate": public(ok=302),
    "mfa_login_webauthn": public(ok=302),
    "people:activate": public(),
    "account_logout": signed_in(),
    "account_inactive": public(),
    "account_reauthenticate": signed_in(),
    "account_change_password": signed_in(),
    "usersessions_list": signed_in(),
    "people:end_session": signed_in(ok=404, post=True),
    "mfa_index": signed_in(),
    "mfa_reauthenticate": signed_in(ok=302),
    "mfa_activate_totp": signed_in(ok=REAUTHENTICATE),
    "mfa_deactivate_totp": signed_in(ok=404),
    "mfa_view_recovery_codes": signed_in(ok=404),
    "mfa_generate_recovery_codes": signed_in(ok=REAUTHENTICATE),
    "mfa_download_recovery_codes": signed_in(ok=404),
    "mfa_list_webauthn": signed_in(),
    "mfa_add_webauthn": signed_in(ok=REAUTHENTICATE),
    "mfa_reauthenticate_webauthn": signed_in(ok=302),
    "mfa_edit_webauthn": signed_in(ok=REAUTHENTICATE),
    "mfa_remove_webauthn": signed_in(ok=REAUTHENTICATE),
    # ---- people
    "people:organisations": signed_in(),
    "people:organisation": signed_in(),
    "people:roles": signed_in(),
    "people:delegations": signed_in(),
    "people:take_back": signed_in(ok=404, post=True),
    "people:journal": only([AUDITOR]),
    "people:verify_journal": only([AUDITOR], post=True),
    "people:journal_xlsx": only([AUDITOR]),
    "people:administration": operator(),
    "people:new_person": operator(),
    "people:person": operator(other=404),
    "people:print_code": operator(other=404, post=True),
    "people:suspend": operator(other=404, post=True),
    "people:reinstate": operator(other=404, post=True),
    "people:revoke_sessions": operator(other=404, post=True),
    "people:remove_second_step": operator(other=404, post=True),
    "people:managed_organisations": operator(),
    "people:new_organisation": operator(),
    "people:managed_organisation": operator(other=404),
    "people:new_organisation_below": operator(),
    "people:rename": operator(other=404),
    "people:new_post": operator(other=404),
    "people:give_post": operator(other=404),
    "people:end_tenure": operator(other=404),
    # ---- home
    "home:my_work": signed_in(),
    # ---- clusters
    "clusters:years": signed_in(),
    "clusters:form_cluster": only([SUPERIOR]),
    "clusters:first_year": only(RUNNERS, other=404, cluster="cum-3"),
    "clusters:rotation": only([SUPERIOR], other=404),
    "clusters:year": of_year(),
    "clusters:board_workbook": of_year(),
    "clusters:advance": of_year(RUNNERS),
    "clusters:step_back": of_year(RUNNERS),
    "clusters:calendar": of_year(RUNNERS),
    "clusters:members": of_year(RUNNERS),
    "clusters:rules": of_year(RUNNERS),
    "clusters:next_year": of_year(RUNNERS),
    # ---- criteria
    "criteria:tree": of_year(),
    "criteria:import": of_year(RUNNERS),
    "criteria:publish": of_year(RUNNERS),
    "criteria:discard": of_year(RUNNERS),
    "criteria:workbook": of_year(),
    "criteria:template": of_year(),
    # ---- directives: whoever sees the year reads the register
    "directives:list": of_year(),
    "directives:list_xlsx": of_year(),
    "directives:register": of_year(RUNNERS),
    "directives:directive": of_year(),
    "directives:edit": of_year(RUNNERS),
    "directives:text": of_year(),
    "directives:edit_text": of_year(RUNNERS),
    "directives:attach": of_year(RUNNERS, post=True),
    "directives:download": of_year(),
    "directives:remove_file": of_year(RUNNERS, post=True),
    "directives:relations": of_year(RUNNERS),
    "directives:remove_relation": of_year(RUNNERS, post=True),
    "directives:clauses": of_year(RUNNERS),
    "directives:edit_clause": of_year(RUNNERS),
    "directives:move_clause": of_year(RUNNERS, post=True),
    "directives:remove_clause": of_year(RUNNERS, post=True),
    "directives:inbox": of_year(),
    "directives:inbox_workbook": of_year((SECRETARY, LEADER, OFFICER, DELEGATE, RAPPORTEUR, COLLABORATOR, EDITOR), other=404),
    "directives:receive": of_year(UNIT, post=True),
    "directives:change_sent": of_year(RUNNERS),
    "directives:withdraw": of_year(RUNNERS, post=True),
    "directives:send": of_year(RUNNERS),
    "directives:state": of_year(),
    "directives:state_workbook": of_year(),
    "directives:study": of_year(),
    "directives:study_workbook": of_year(),
    "directives:unit_study": of_year(),
    "directives:unit_workbook": of_year(),
    "directives:set_size": of_year(UNIT, post=True),
    "directives:record_session": of_year(UNIT),
    "directives:session": of_year(),
    "directives:edit_session": of_year(UNIT),
    "directives:remove_session": of_year(UNIT),
    "directives:list_workbook": of_year(UNIT),
    "directives:check_list": of_year(UNIT, post=True),
    "directives:take_list": of_year(UNIT, post=True),
    # ---- programmes: what was approved is read by all, drafts and tasks by TASK_READERS
    "programmes:programmes": of_year(),
    "programmes:programmes_workbook": of_year(),
    "programmes:new": of_year(UNIT, other=404),
    "programmes:programme": of_year(),
    "programmes:edit": of_year(UNIT),
    "programmes:present": of_year(UNIT, post=True),
    "programmes:withdraw": of_year(UNIT, post=True),
    "programmes:return_programme": of_year([LEADER]),
    "programmes:approve": of_year([LEADER]),
    "programmes:discard": of_year(UNIT, post=True),
    "programmes:versions": of_year(),
    "programmes:version": of_year(number=1),
    "programmes:version_paper": of_year(number=1, kind="docx"),
    "programmes:paper": on_task(kind="docx"),
    "programmes:indicator": of_year(),
    "programmes:remove_figure": of_year(UNIT, post=True),
    "programmes:next_year": of_year(),
    "programmes:draft_next_year": of_year(RUNNERS, post=True),
    "programmes:open_remarks": of_year(RUNNERS, post=True),
    "programmes:answer": of_year(RUNNERS),
    "programmes:remark": of_year((*UNIT, DELEGATE), other=404, post=True),
    "programmes:adopt": of_year(RUNNERS, stage="conference"),
    "programmes:copy": of_year(RUNNERS, stage="conference", post=True),
    "programmes:coverage": of_year(),
    "programmes:coverage_workbook": of_year(),
    "programmes:progress": of_year(),
    "programmes:progress_workbook": of_year(),
    "programmes:reminders": of_year(RUNNERS),
    "programmes:due": of_year(),
    "programmes:due_workbook": of_year(),
    "programmes:tasks": of_year(),
    "programmes:tasks_workbook": of_year(),
    "programmes:bulk": of_year(post=True),  # of no task: the gate stands before each task that is named
    "programmes:board": of_year(),
    "programmes:timeline": of_year(),
    "programmes:task": on_task(),
    "programmes:edit_task": on_task(UNIT),
    "programmes:note": on_task(UNIT, post=True),
    "programmes:move": of_year((), other=404, post=True),  # without a state there is no such move
    "programmes:repeat_task": on_task(UNIT),
    "programmes:remove_task": on_task(UNIT, post=True),
    "programmes:add_step": on_task(UNIT, post=True),
    "programmes:step": on_task(UNIT, post=True),
    "programmes:add_need": on_task(UNIT, post=True),
    "programmes:remove_need": on_task(UNIT, post=True),
    "programmes:task_file": on_task(),
    "programmes:new_task": on_task(UNIT),
    "programmes:import": of_year(UNIT),
    "programmes:import_template": of_year(UNIT),
    "programmes:import_sheet": of_year(UNIT),
    # ---- reports
    "reports:charts": of_year(),
    "reports:consolidated": of_year(),
    "reports:consolidated_begin": of_year(RUNNERS, post=True),
    "reports:consolidated_edit": of_year(RUNNERS),
    "reports:consolidated_issue": of_year(RUNNERS),
    "reports:consolidated_reopen": of_year(RUNNERS),
    "reports:consolidated_paper": of_year(RUNNERS, other=404, kind="docx"),
    "reports:reports": of_year(),
    "reports:workbook": of_year(),
    "reports:new_period": of_year(RUNNERS),
    "reports:lay_out": of_year(RUNNERS),
    "reports:edit_period": of_year(RUNNERS),
    "reports:items": of_year(RUNNERS),
    "reports:remove_period": of_year(RUNNERS, post=True),
    "reports:templates": of_year(RUNNERS),
    "reports:new_template": of_year(RUNNERS),
    "reports:template": of_year(RUNNERS),
    "reports:remove_template": of_year(RUNNERS, post=True),
    "reports:period": of_year(),
    "reports:report": on_task(),
    "reports:open": on_task(UNIT, post=True),
    "reports:submit": on_task([LEADER], ok=409),
    "reports:accept": on_task(RUNNERS, post=True),
    "reports:send_back": on_task(RUNNERS),
    "reports:submission": on_task(number=1),
    "reports:files": on_task(),
    "reports:file": on_task(),
    "reports:remove_file": on_task(UNIT, post=True),
    "reports:paper": on_task(kind="docx"),
    # ---- pledges
    "pledges:pledge": of_year(stage="preparing"),
    "pledges:draft": of_year(RUNNERS, stage="preparing", post=True),
    "pledges:edit": of_year(RUNNERS, stage="preparing"),
    "pledges:freeze": of_year(RUNNERS, stage="preparing"),
    "pledges:reopen": of_year(RUNNERS, stage="preparing"),
    "pledges:targets": of_year(UNIT, other=404, also={DELEGATE: 403}, stage="preparing"),
    "pledges:confirm": of_year([LEADER], other=404, also={OFFICER: 403, DELEGATE: 403}, stage="preparing"),
    "pledges:paper": of_year(stage="preparing", kind="txt"),
    # ---- scoring
    "scoring:sheets": of_year((SUPERIOR, SECRETARY, AUDITOR, APPRAISER), other=404, also=dict.fromkeys(UNIT, 302)),
    "scoring:sheet": on_sheet(),
    "scoring:sheet_workbook": on_sheet(),
    "scoring:save_row": on_sheet(UNIT, post=True),
    "scoring:submit": on_sheet([LEADER]),
    "scoring:recall": on_sheet([LEADER]),
    "scoring:withhold": on_sheet([SECRETARY]),
    "scoring:readmit": on_sheet([SECRETARY]),
    "scoring:evidence": on_sheet(),
    "scoring:file": on_sheet(),
    "scoring:remove_file": on_sheet(UNIT, post=True),
    "scoring:citations": on_sheet(),
    "scoring:citations_workbook": on_sheet(),
    "scoring:withdraw_citation": on_sheet(UNIT, post=True),
    "scoring:checks": of_year(SHEET_READERS, other=404),
    "scoring:assign": of_year([SECRETARY], post=True),
    "scoring:check": on_sheet(),
    "scoring:verdict": on_sheet([APPRAISER], post=True),
    "scoring:confirm_rest": on_sheet([APPRAISER], post=True),
    "scoring:finish": on_sheet([APPRAISER], post=True),
    "scoring:reopen": on_sheet([APPRAISER]),
    "scoring:answer": on_sheet(),
    "scoring:ranking": [of_year((SUPERIOR, SECRETARY, AUDITOR, APPRAISER)), of_year(stage="conference")],
    "scoring:ranking_workbook": [of_year((SUPERIOR, SECRETARY, AUDITOR, APPRAISER)), of_year(stage="conference")],
    # ---- ballots
    "ballots:protected": of_year(),
    "ballots:booth": of_year([DELEGATE], other=404, stage="conference"),
    "ballots:review": of_year([DELEGATE], ok=302, other=404, stage="conference"),
    "ballots:poll": of_year(stage="conference"),
    # ---- awards
    "awards:awards": of_year(stage="conference"),
    "awards:nominate": of_year([SECRETARY], stage="conference"),
    "awards:withdraw": of_year([SECRETARY], stage="conference", post=True),
    "awards:decide": of_year(RUNNERS, stage="decided"),
    "awards:paper": of_year(stage="conference", kind="docx"),
    # ---- conference
    "conference:conference": of_year(stage="conference"),
    "conference:plan": of_year(RUNNERS, stage="conference"),
    "conference:agenda": of_year(RUNNERS, stage="conference"),
    "conference:delegates": of_year(RUNNERS, stage="conference"),
    "conference:call": of_year(RUNNERS, stage="conference", post=True),
    "conference:vote": of_year(RUNNERS, stage="conference", post=True),
    "conference:remove": of_year(RUNNERS, stage="conference", post=True),
    "conference:attendance": of_year(RUNNERS, stage="conference", post=True),
    "conference:attend": of_year(RUNNERS, stage="conference", post=True),
    "conference:start": of_year(RUNNERS, stage="conference", post=True),
    "conference:end": of_year(RUNNERS, stage="conference", post=True),
    "conference:poll_new": of_year(RUNNERS, stage="conference"),
    "conference:poll_open": of_year(RUNNERS, stage="conference", post=True),
    "conference:poll_close": of_year(RUNNERS, stage="conference", post=True),
    "conference:poll_discard": of_year(RUNNERS, stage="conference", post=True),
    "conference:minutes": of_year((*RUNNERS, AUDITOR), stage="conference"),
    "conference:minutes_paper": of_year((*RUNNERS, AUDITOR), stage="conference", kind="docx"),
    "conference:handover": of_year(stage="decided"),
    "conference:sign_handover": of_year([LEADER], stage="decided", post=True, side="incoming"),
    "conference:handover_paper": of_year(stage="decided", kind="docx"),
    # ---- news
    "news:front": public(),
    "news:article": public(slug="bai-viet"),
    "news:print": public(slug="bai-viet"),
    "news:photo": public(),
    "news:year": of_year(),
    "news:desk": only(DESK, other=404),
    "news:write": only(DESK, other=404),
    "news:edit": only(DESK, other=404, slug="bai-nhap"),
    "news:publish": only(DESK, other=404, slug="bai-nhap", post=True),
    "news:withdraw": only(DESK, other=404, slug="bai-viet"),
    "news:photo_add": only(DESK, other=404, slug="bai-nhap"),
    "news:photo_remove": only(DESK, other=404, slug="bai-viet", post=True),
}
