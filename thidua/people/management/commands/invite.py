"""thidua invite: a one-time code from the shell, for the very first operator and for one who is locked out."""

import secrets

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from thidua.kernel.actor import SYSTEM
from thidua.kernel.errors import Refused
from thidua.people.actions import enter_person, issue_sign_in_code, set_up_operator
from thidua.people.models import Person
from thidua.people.rules import CODE_LIVES
from thidua.web.sentences import sentence_of


class Command(BaseCommand):
    """Makes the account if there is none, and prints its code; whoever has a shell on the server may do this."""

    help = "Prints a one-time sign-in code for USERNAME; makes the account first if there is none."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="the person's name, for a new account (default: the user name)")
        parser.add_argument("--operator", action="store_true", help="also give the post that runs the installation")

    def handle(self, *args, username: str, name: str, operator: bool, **options):
        """Print what to type where; exit 1 with a sentence when refused."""
        now = timezone.now()
        try:
            with transaction.atomic():
                person = _person(username, name or username, operator, now)
                code = issue_sign_in_code(person=person, actor=SYSTEM, now=now, rng=secrets.SystemRandom())
        except Refused as refused:
            raise CommandError(sentence_of(refused)) from refused
        self.stdout.write(_("Tên đăng nhập: %(username)s") % {"username": person.username})
        self.stdout.write(_("Mã dùng một lần: %(code)s") % {"code": code})
        last_day = date_format(timezone.localtime(now + CODE_LIVES).date())
        self.stdout.write(_("Mở trang /kich-hoat/ để đặt mật khẩu, trước ngày %(day)s.") % {"day": last_day})


def _person(username: str, name: str, operator: bool, now) -> Person:
    if operator:
        return set_up_operator(username=username, name=name, now=now)
    found = Person.objects.filter(username=username.strip().lower()).first()
    return found or enter_person(username=username, name=name, actor=SYSTEM, now=now)
