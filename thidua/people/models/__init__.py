"""Tables of people: organisations, persons, posts."""

from thidua.people.models.organisations import Organisation, OrganisationKind, OrganisationName
from thidua.people.models.persons import Person, SignInCode
from thidua.people.models.posts import Delegation, Post, Tenure

__all__ = ["Delegation", "Organisation", "OrganisationKind", "OrganisationName", "Person", "Post", "SignInCode", "Tenure"]
