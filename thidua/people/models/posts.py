"""Posts (chức vụ), who holds them when, and powers lent for a time (ủy quyền)."""

from django.db import models
from django.db.models import F, Q

from thidua.people.models.organisations import Organisation
from thidua.people.models.persons import Person


class Post(models.Model):
    """A post at an organisation. `roles` are values of kernel.actor.Role."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    roles = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "title_vi"], name="people_post_once_per_organisation")]

    def __str__(self) -> str:
        return f"{self.title_vi}, {self.organisation}"


class Tenure(models.Model):
    """A person holds a post from a day to a day (both included)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures")
    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="people_tenure_ends_after_start"
            )
        ]


class Delegation(models.Model):
    """The holder of a post lends its power to another person for some days. Void once the holder has left the post."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations")
    lender = models.ForeignKey(Person, models.PROTECT, related_name="lent")
    borrower = models.ForeignKey(Person, models.PROTECT, related_name="borrowed")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=300)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="people_delegation_ends_after_start"),
            models.CheckConstraint(condition=~Q(lender=F("borrower")), name="people_delegation_to_another"),
        ]
