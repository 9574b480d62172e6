"""Persons: the accounts of the installation."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class PersonManager(BaseUserManager["Person"]):
    """Looks a person up by user name, whatever its capitals."""

    def get_by_natural_key(self, username: str) -> "Person":
        """The person with the user name; DoesNotExist otherwise."""
        return self.get(username=username.lower())


class Person(AbstractBaseUser):
    """Someone who can sign in. Powers come from posts, never from the account itself."""

    username = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    last_visit = models.DateTimeField(null=True, blank=True)
    entered_at = models.DateTimeField()
    folded = models.TextField(blank=True, editable=False)
    """User name and name through kernel.text.fold, for search; the actions keep it."""

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as other libraries ask for it."""
        return self.name


class SignInCode(models.Model):
    """A one-time code for the first sign-in (or after a lost password). Only its digest is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_in_codes")
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
