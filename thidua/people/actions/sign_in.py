"""One-time codes: how an account is opened without e-mail."""

from datetime import datetime

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from thidua.audit.actions import publish
from thidua.kernel.actor import Actor
from thidua.kernel.errors import Refused
from thidua.people import events, rules
from thidua.people.access import require_may_manage
from thidua.people.models import Person, SignInCode


@transaction.atomic
def issue_sign_in_code(*, person: Person, actor: Actor, now: datetime, rng: rules.Chance) -> str:
    """A fresh one-time code in clear, XXXX-XXXX-XXXX: this is the only time it can be read. Earlier codes are void.

    Refuses a closed account (people.person_suspended).
    """
    by = require_may_manage(actor)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if not locked.is_active:
        raise Refused("people.person_suspended", name=locked.name)
    code, salt = rules.new_code(rng), rules.new_salt(rng)
    SignInCode.objects.filter(person=locked).delete()
    SignInCode.objects.create(
        person=locked, salt=salt, digest=rules.code_digest(code, salt), issued_at=now, expires_at=now + rules.CODE_LIVES
    )
    publish(events.SignInCodeIssued(locked.pk, locked.username), by, now=now)
    return code


def activate(*, username: str, code: str, password: str, now: datetime) -> Person:
    """Open an account with its one-time code and choose the password; other sessions end by that, and so does a lock-out.

    One answer (people.code_wrong) for a user name there is none of, a closed account, and a code that is wrong, used, expired or
    void after `rules.CODE_TRIES` wrong tries: nobody learns which names exist. With the right code a weak password is refused
    with Django's own reasons (people.password_weak, field password) and the code stays good.
    """
    answer = _open_account(username, code, password, now)
    if isinstance(answer, Refused):  # raised only here, after the commit: the wrong try must stay counted
        raise answer
    return answer


@transaction.atomic
def _open_account(username: str, typed: str, password: str, now: datetime) -> Person | Refused:
    person = Person.objects.select_for_update().filter(username=username.strip().lower(), is_active=True).first()
    issued = SignInCode.objects.select_for_update().filter(person=person).order_by("-pk").first() if person else None
    if person is None or issued is None or not _is_right(issued, typed, now):
        return Refused("people.code_wrong", field="code")
    try:
        validate_password(password, person)
    except ValidationError as error:
        return Refused("people.password_weak", field="password", reasons=" ".join(error.messages))
    person.set_password(password)
    person.activated_at = person.activated_at or now
    person.save(update_fields=["password", "activated_at"])
    issued.used_at = now
    issued.save(update_fields=["used_at"])
    reset(username=person.username)  # wrong passwords of before must not lock out the new one
    publish(events.PersonActivated(person.pk, person.username), Actor(person.pk, person.name), now=now)
    return person


def _is_right(issued: SignInCode, typed: str, now: datetime) -> bool:
    state = rules.code_state(
        typed=typed,
        salt=issued.salt,
        digest=issued.digest,
        expires_at=issued.expires_at,
        used=issued.used_at is not None,
        tries=issued.tries,
        now=now,
    )
    if state == "wrong":
        issued.tries += 1
        issued.save(update_fields=["tries"])
    return state == "ok"
