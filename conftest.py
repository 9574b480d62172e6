"""Fixtures for every test: a small cluster year and actors by role."""

from datetime import UTC, datetime

import pytest
from hypothesis import settings

from thidua.clusters.models import Cluster, ClusterYear, Membership
from thidua.criteria.queries import forget_tables
from thidua.kernel.actor import Actor, Role
from thidua.people.models import Organisation, Person, Post, Tenure
from thidua.people.queries import actor_of

settings.register_profile("house", deadline=None)  # a slow machine is no counter-example
settings.load_profile("house")

NOW = datetime(2021, 11, 1, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _plain_storage(settings, tmp_path):
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_tables_of_other_tests():
    forget_tables()


@pytest.fixture
def now():
    """The moment of the tests: 1 November 2021, 9:00 in Vietnam."""
    return NOW


class World:
    """Builds organisations, people and a cluster year directly in the tables, for tests of the slices above."""

    def organisation(self, name, kind="agency", parent=None):
        """An organisation by name (made once)."""
        slug = "".join(c if c.isalnum() and c.isascii() else "-" for c in name.lower())
        return Organisation.objects.get_or_create(slug=slug, defaults={"name_vi": name, "kind": kind, "parent": parent})[0]

    def person(self, role, organisation, username=None):
        """A person with a post carrying the one role at the organisation; signs in as `username` with "pw"."""
        username = username or f"{role}-{organisation.slug}"
        person, made = Person.objects.get_or_create(
            username=username, defaults={"name": username, "entered_at": NOW, "activated_at": NOW}
        )
        if made:
            person.set_password("pw")
            person.save()
        title = f"{role}"
        post = Post.objects.get_or_create(organisation=organisation, title_vi=title, defaults={"roles": [role]})[0]
        Tenure.objects.get_or_create(person=person, post=post, defaults={"starts_on": "2020-01-01"})
        return person

    def actor(self, role, organisation) -> Actor:
        """The actor of such a person."""
        return actor_of(self.person(role, organisation), NOW)

    def year(self, year=2021, stage="preparing", units=3, **values) -> ClusterYear:
        """A cluster year with units "Đơn vị 1…n", the first of them head, under "Ban Tuyên giáo"."""
        body = self.organisation("Ban Tuyen giao", "party_body")
        cluster = Cluster.objects.get_or_create(slug="cum-2", defaults={"name_vi": "Cụm số 2", "superior_body": body})[0]
        orgs = [self.organisation(f"Don vi {i}") for i in range(1, units + 1)]
        made = ClusterYear.objects.create(cluster=cluster, year=year, stage=stage, head=orgs[0], **values)
        Membership.objects.bulk_create(Membership(year=made, organisation=o, position=i) for i, o in enumerate(orgs, 1))
        return made

    def unit(self, number) -> Organisation:
        """The n-th unit."""
        return self.organisation(f"Don vi {number}")

    def secretary(self) -> Actor:
        """The head's secretary."""
        return self.actor(Role.HEAD_SECRETARY, self.unit(1))

    def leader(self, number) -> Actor:
        """The leader of the n-th unit."""
        return self.actor(Role.UNIT_LEADER, self.unit(number))

    def officer(self, number) -> Actor:
        """The officer of the n-th unit."""
        return self.actor(Role.UNIT_OFFICER, self.unit(number))

    def superior(self) -> Actor:
        """An officer of the superior body."""
        return self.actor(Role.SUPERIOR_OFFICER, self.organisation("Ban Tuyen giao", "party_body"))


@pytest.fixture
def world(db) -> World:
    """See World."""
    return World()


@pytest.fixture
def sign_in(client):
    """sign_in(person) → a test client signed in as the person."""

    def go(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return go
