"""Tasks: who does what by when, what it waits for, how far it is."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.clusters.models import ClusterYear
from thidua.directives.models import Clause
from thidua.files.models import StoredFile
from thidua.people.models import Organisation, Post
from thidua.programmes.models.documents import Programme
from thidua.programmes.rules.tasks import State


class TaskState(models.TextChoices):
    """Where a task stands. Waiting and dropped need their reason."""

    PLANNED = State.PLANNED.value, _("Dự kiến")
    DOING = State.DOING.value, _("Đang làm")
    WAITING = State.WAITING.value, _("Đang chờ")
    DONE = State.DONE.value, _("Xong")
    DROPPED = State.DROPPED.value, _("Thôi không làm")


CLOSED = (TaskState.DONE, TaskState.DROPPED)


class Task(models.Model):
    """A task of a programme. `year` and `unit` repeat the programme's for the indexes that lists of 100,000 tasks stand on;
    `is_open` says that it is neither done nor dropped. `series` joins the tasks made by one repetition; `folded` is the title
    through kernel.text.fold, for search. `actions.tasks.keep` alone writes what is repeated."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="tasks", db_index=False)
    year = models.ForeignKey(ClusterYear, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    parent = models.ForeignKey("self", models.CASCADE, related_name="subtasks", null=True, blank=True)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    folded = models.CharField(max_length=600, editable=False)
    detail = models.TextField(blank=True)
    owner_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=TaskState, default=TaskState.PLANNED)
    is_open = models.BooleanField(default=True)
    state_reason = models.CharField(max_length=500, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(null=True, blank=True)
    series = models.CharField(max_length=32, blank=True)
    clauses = models.ManyToManyField(Clause, related_name="+", blank=True)
    needs = models.ManyToManyField("self", symmetrical=False, related_name="needed_by", blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("position", "pk")
        indexes = [
            models.Index(fields=["year", "is_open", "due_on"], name="programmes_tasks_of_year"),
            models.Index(fields=["unit", "year", "is_open", "due_on"], name="programmes_tasks_of_unit"),
            models.Index(fields=["year", "due_on"], name="programmes_tasks_by_day"),
            models.Index(fields=["year", "state", "due_on"], name="programmes_tasks_by_state"),
            models.Index(fields=["year", "unit", "state", "due_on"], name="programmes_tasks_in_figures"),
            models.Index(fields=["programme", "position"], name="programmes_tasks_in_order"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="programmes_percent_to_100"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")),
                name="programmes_task_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(is_open=True, state__in=["planned", "doing", "waiting"])
                | Q(is_open=False, state__in=["done", "dropped"]),
                name="programmes_open_says_the_state",
            ),
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(state_reason=""), name="programmes_dropped_has_reason"),
        ]

    def __str__(self) -> str:
        return self.title


class ChecklistItem(models.Model):
    """A step of a task that is either done or not."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="checklist")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_name = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("position", "pk")


class ProgressNote(models.Model):
    """What was said of a task's progress, with the file that proves it. Rows are only ever added.

    `despite` names the tasks it needed that were still open when it was noted as done all the same.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="notes")
    noted_at = models.DateTimeField()
    noted_by_name = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=TaskState)
    percent = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    despite = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ("pk",)


class TaskSheet(models.Model):
    """A table of tasks that was uploaded for a programme: its cells as text, kept so that what was checked is what is
    imported and nothing has to be uploaded twice. `rows`: a list of {"row": number in the file, "cells": {column: text}}."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sheets")
    name = models.CharField(max_length=255)
    sheet = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField()
    read_at = models.DateTimeField()
    read_by_name = models.CharField(max_length=300)
    imported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
