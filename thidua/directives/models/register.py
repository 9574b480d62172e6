"""The register: who issues, what was issued, how the papers relate, and the clauses that units answer."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thidua.clusters.models import Cluster
from thidua.files.models import StoredFile
from thidua.people.models import OrganisationKind


class NumberForm(models.TextChoices):
    """How an issuer writes number and symbol; the patterns are in rules.numbers."""

    PARTY = "party", _("Kiểu Đảng: 04-NQ/TW")
    STATE = "state", _("Kiểu Nhà nước: 12/QĐ-UBND, 03/2018/TT-BNG")
    ASSEMBLY = "assembly", _("Luật, nghị quyết của Quốc hội: 06/2022/QH15")
    FREE = "free", _("Không kiểm tra")


class Level(models.TextChoices):
    """The level an issuer stands at."""

    CENTRAL = "central", _("Trung ương")
    PROVINCE = "province", _("Tỉnh, thành phố")
    DISTRICT = "district", _("Huyện và tương đương")
    GRASSROOTS = "grassroots", _("Cơ sở")


class Issuer(models.Model):
    """A body that issues documents, as one cluster's register knows it. `symbol` ends its numbers: "TW", "UBND"."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    name_vi = models.CharField(max_length=200)
    level = models.CharField(max_length=12, choices=Level, default=Level.CENTRAL)
    form = models.CharField(max_length=12, choices=NumberForm, default=NumberForm.PARTY)
    symbol = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["cluster", "name_vi"], name="directives_issuer_once")]

    def __str__(self) -> str:
        return self.name_vi


class DirectiveKind(models.TextChoices):
    """What kind of document; rules.numbers knows the abbreviation that stands in its number."""

    RESOLUTION = "resolution", _("Nghị quyết")
    DIRECTIVE = "directive", _("Chỉ thị")
    CONCLUSION = "conclusion", _("Kết luận")
    REGULATION = "regulation", _("Quy định")
    DECISION = "decision", _("Quyết định")
    PROGRAMME = "programme", pgettext_lazy("kind of document", "Chương trình")
    PLAN = "plan", _("Kế hoạch")
    GUIDANCE = "guidance", _("Hướng dẫn")
    NOTICE = "notice", _("Thông báo")
    CIRCULAR = "circular", _("Thông tư")
    DECREE = "decree", _("Nghị định")
    LAW = "law", _("Luật")
    DISPATCH = "dispatch", _("Công văn")
    OTHER = "other", _("Văn bản khác")


class Effect(models.TextChoices):
    """Whether a document is in force, as far as the register knows."""

    IN_FORCE = "in_force", _("Còn hiệu lực")
    REPLACED = "replaced", _("Đã được thay thế")
    EXPIRED = "expired", _("Hết hiệu lực")
    UNKNOWN = "unknown", _("Chưa rõ")


class TextSource(models.TextChoices):
    """Where the text of a document comes from."""

    NONE = "", _("Chưa có lời văn")
    EXTRACTED = "extracted", _("Lấy từ tệp")
    TYPED = "typed", _("Gõ tay")


class Directive(models.Model):
    """A document received: resolution, directive, conclusion, plan, guidance.

    The register belongs to the cluster and outlives its years. A class of documents (the resolutions of the congresses at
    each level) is one entry with `is_class`, without a number; its members name it in `member_of`. `folded` is what the list
    searches first (number, kind, issuer, title, term through kernel.text.fold); the text is searched by its own index.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="directives")
    kind = models.CharField(max_length=12, choices=DirectiveKind)
    is_class = models.BooleanField(default=False)
    member_of = models.ForeignKey("self", models.PROTECT, related_name="members", null=True, blank=True)
    number_text = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=600)
    term = models.CharField(max_length=120, blank=True)
    effect = models.CharField(max_length=10, choices=Effect, default=Effect.IN_FORCE)
    effective_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    text = models.TextField(blank=True)
    text_source = models.CharField(max_length=10, choices=TextSource, default=TextSource.NONE, blank=True)
    folded = models.TextField(blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1)
    registered_at = models.DateTimeField()
    registered_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("-issued_on", "-pk")
        indexes = [
            models.Index(fields=["cluster", "-issued_on", "-id"], name="directives_by_day"),
            models.Index(fields=["cluster", "number_text"], name="directives_by_number"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "issuer", "number_text", "issued_on"],
                condition=~Q(number_text=""),
                name="directives_number_once_a_day",
            ),
            models.CheckConstraint(condition=Q(is_class=False) | Q(number_text=""), name="directives_class_has_no_number"),
            models.CheckConstraint(condition=Q(is_class=False) | Q(member_of__isnull=True), name="directives_class_in_no_class"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How people name it: "Chỉ thị 05-CT/TW", or kind and title where it has no number."""
        return f"{self.get_kind_display()} {self.number_text}" if self.number_text else self.title


class DirectiveFile(models.Model):
    """A file of a document: the scan, the DOCX. `missing` says why no text could be taken from it (files.inspection.Reading)."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    missing = models.CharField(max_length=12, blank=True)
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=300)

    class Meta:
        ordering = ("pk",)


class RelationKind(models.TextChoices):
    """How one document relates to another. `PAIRED` is symmetric and kept with the smaller id first."""

    PAIRED = "paired", _("gắn với")
    DIRECTED_BY = "directed_by", _("theo chỉ đạo của")
    CONCRETISES = "concretises", _("cụ thể hóa")
    REPLACES = "replaces", _("thay thế")
    AMENDS = "amends", _("sửa đổi")


class Relation(models.Model):
    """`source` stands in the relation to `target`: source replaces target. `effect_before` is the target's effect before it
    was replaced, for taking the relation back."""

    source = models.ForeignKey(Directive, models.CASCADE, related_name="relations_out")
    target = models.ForeignKey(Directive, models.CASCADE, related_name="relations_in")
    kind = models.CharField(max_length=12, choices=RelationKind)
    effect_before = models.CharField(max_length=10, choices=Effect, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="directives_relation_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="directives_relation_to_another"),
        ]


class OwnerKind(models.TextChoices):
    """Who has to answer a clause. `KINDS`: units of the kinds named in `Clause.unit_kinds`."""

    EVERY_UNIT = "every_unit", _("Mọi đơn vị thành viên")
    HEAD = "head", _("Đơn vị cụm trưởng")
    KINDS = "kinds", _("Đơn vị thuộc loại")
    NOBODY = "nobody", _("Không giao (chỉ để biết)")


class Clause(models.Model):
    """A passage that asks for something. `start` and `end` are its place in the document's text, if it was marked there."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="clauses")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    owner_kind = models.CharField(max_length=12, choices=OwnerKind, default=OwnerKind.EVERY_UNIT)
    unit_kinds = models.JSONField(default=list, blank=True)
    due_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(end__gt=F("start")), name="directives_clause_has_extent"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its label, or "Mục 3" by its place. In the language of the documents whoever reads: papers and reminders quote it."""
        return self.label or f"Mục {self.position}"

    @property
    def lead(self) -> str:
        """What stands before its text: "Mục 3:", or nothing where the text begins with the name itself."""
        return "" if self.text.casefold().startswith(self.name.casefold()) else f"{self.name}:"

    @property
    def in_journal(self) -> str:
        """As the journal names it for good: its label, or its first words, since places change."""
        return self.label or f"{self.name}: {self.text[:60]}"

    @property
    def unit_kinds_display(self) -> str:
        """The kinds of units it addresses, in words."""
        names = dict(OrganisationKind.choices)
        return ", ".join(str(names.get(kind, kind)) for kind in self.unit_kinds)
