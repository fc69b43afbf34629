"""What readers see. `publishing` alone writes these tables; public pages read nothing else."""

from __future__ import annotations

import hashlib
import re

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from cases.content import LIMITS, CaseContent, from_json
from cases.models.draft import Case, MetricFields, Origin
from cases.models.fields import MomentField, one_of
from cases.models.vocabulary import Department, Region, Theme


class Tag(TagBase):
    """A free word. Rows exist through published cases only, so drafts show nowhere.

    Of several spellings it is named by that of the oldest case (smallest key) that has it.
    """

    KIND = "tag"
    name = models.CharField(_("标签"), max_length=LIMITS["tag"], unique=True)
    slug = models.CharField(_("标识"), max_length=100, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = _("标签")

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])

    def slugify(self, tag: str, i: int | None = None) -> str:
        return tag_slug(tag) if i is None else f"{tag_slug(tag)}-{i}"


def tag_slug(word: str) -> str:
    """The word in lower case, letters, digits and Han only; a digest ends it where signs were dropped.

    It tells tags apart: `AI审批` and `ai审批` are one, `C++` and `C#` are two. It is never empty and
    does not depend on which word came first, so addresses survive a rebuild.
    """
    word = word.lower()
    kept = re.sub(r"[^\w]+|_", "-", word).strip("-")
    return kept if kept == word else f"{kept}-{hashlib.sha256(word.encode()).hexdigest()[:8]}".strip("-")


MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})  # their districts are no cities
LAST_RELEASED = 200  # cases among which the newest are sought
LONGEST_WORD = 8  # characters of a word of CaseWord


class PublishedCaseQuerySet(models.QuerySet):
    def includes_demo(self) -> bool:
        """Whether any of them is a demo case; an index holds those alone."""
        return self.filter(is_demo=True).exists()

    def newest_first(self):
        """Order by the day of the article; same-day cases keep a stable order for paging."""
        return self.order_by("-listed_on", "-pk")

    def newest_here(self):
        """Order by when they first came here, those alone that were released last: an index finds them.

        No case is released before it first comes, so these hold the newest unless more than that were put right since.
        """
        last = self.order_by("-released_at", "-pk").values("pk")[:LAST_RELEASED]
        return self.filter(pk__in=last).order_by("-first_released_at", "-pk")

    def for_cards(self):
        """Load what a card in a list shows; three queries however long the list."""
        return self.select_related("region", "department").prefetch_related("themes").defer("body")

    def for_results(self):
        """Load what a result of a search shows: one query."""
        shown = (
            "title",
            "lead",
            "body",
            "published_at",
            "listed_on",
            "metric_count",
            "is_demo",
            "region",
            "department",
        )
        return self.select_related("region", "department").only(*shown)

    def in_region(self, region: Region):
        """Cases of a division and of all that it holds."""
        return self.filter(**{region.level: region})


class PublishedCase(models.Model):  # type: ignore[django-manager-missing]  # the stubs do not know taggit
    """A case as readers see it. Its key is the case's, so its address never changes."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="published")
    external_id = models.CharField(
        max_length=100, unique=True
    )  # key in exports and the API: as imported, else case-<pk>
    title = models.CharField(_("标题"), max_length=LIMITS["title"])
    lead = models.TextField(_("导读"))  # the summary, or how the text begins: for cards
    highlights = models.JSONField(default=list)  # up to three metrics of the body, strongest first
    cover = models.CharField(max_length=LIMITS["file"], blank=True)  # file of the cover picture
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")  # as precise as known
    province = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    prefecture = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="published_cases")
    themes = models.ManyToManyField(Theme, related_name="published_cases")
    tags = TaggableManager(through="cases.TaggedCase", related_name="published_cases")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    source_name = models.CharField(_("来源"), max_length=LIMITS["source_name"], blank=True)
    published_at = MomentField(_("原文发布时间"), null=True)
    listed_on = models.DateField(db_index=False)  # day of published_at, else of first_released_at: orders lists
    first_released_at = models.DateTimeField(_("本站发布时间"))
    released_at = models.DateTimeField(_("更新时间"))  # of the revision that is live
    metric_count = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)
    body = models.JSONField()  # CaseContent as JSON; the last column, so that lists need not read past it

    objects = PublishedCaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("已发布案例")
        indexes = [
            models.Index(fields=["-listed_on", "-case"], name="published_newest"),
            # the whole answer to "how many where": rows are wide, counting shall not read them
            models.Index(fields=["province", "prefecture", "county", "metric_count"], name="published_spread"),
            models.Index(fields=["province", "-listed_on", "-case"], name="published_of_province"),
            models.Index(fields=["prefecture", "-listed_on", "-case"], name="published_of_prefecture"),
            models.Index(fields=["county", "-listed_on", "-case"], name="published_of_county"),
            models.Index(fields=["department", "-listed_on", "-case"], name="published_of_department"),
            models.Index(fields=["case"], condition=models.Q(is_demo=True), name="published_demo"),
            models.Index(fields=["-released_at", "-case"], name="published_last_released"),
        ]
        constraints = [one_of("origin", Origin.values, name="published_origin_known")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.pk])

    @property
    def content(self) -> CaseContent:
        return from_json(self.body)

    @property
    def place_id(self) -> str | None:
        """Code of what a map of its province shows it in: the prefecture, or the county where there is none."""
        return self.prefecture_id or self.county_id

    @property
    def city_id(self) -> str | None:
        """Code of the city it is of: the prefecture, else the province of a municipality, else the county."""
        return self.prefecture_id or (self.province_id if self.province_id in MUNICIPALITIES else self.county_id)


class TaggedCase(ItemBase):
    """A tag of a case. Their keys follow the order the editor gave the tags."""

    content_object = models.ForeignKey(PublishedCase, on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="%(class)s_items")
    word = models.CharField(max_length=LIMITS["tag"])  # the tag as this case spells it: AI审批 or ai审批

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="tag_once_a_case")]


class PublishedMetric(MetricFields):
    """A metric of a published case, with where it stands in it."""

    case = models.ForeignKey(PublishedCase, on_delete=models.CASCADE, related_name="metrics")
    order = models.PositiveIntegerField()  # place among CaseContent.all_metrics()
    initiative = models.PositiveIntegerField(null=True)  # index; None: of the case as a whole

    class Meta(MetricFields.Meta):
        ordering = ["case", "order"]
        indexes = [
            # the whole answer to "which metrics, in which order": rows hold quotes, choosing shall not read them
            models.Index(fields=["case", "order", "unit", "kind", "value", "from_value"], name="metric_of_case"),
            models.Index(fields=["unit", "kind", "value", "case", "order"], name="metric_by_unit"),
            models.Index(
                fields=["unit", "kind", "case", "order", "value", "from_value"],
                condition=models.Q(from_value__isnull=False),
                name="metric_with_old_value",
            ),
            models.Index(
                fields=["period", "unit", "kind", "case", "order"],
                condition=models.Q(period__gt=""),
                name="metric_with_period",
            ),
        ]


class CaseWord(models.Model):
    """One of the words by which a case is told from others (`cases.presenting.likeness`).

    Whether a case is like another is asked of these rows alone. They follow from the text of their own case, so
    nothing has to be written anew for others when one is published or taken down.
    """

    case = models.ForeignKey(PublishedCase, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=LONGEST_WORD)  # folded; "" in one row of every case, so that cases are counted
    strength = models.PositiveSmallIntegerField()
    measures = models.JSONField(default=list)  # numbers, from 0, of the measures that hold the word
    is_sampled = models.BooleanField()  # of a case of the sixteenth in which it is counted how rare words are

    class Meta:
        indexes = [
            models.Index(fields=["word", "-strength", "case"], name="case_word_strongest"),
            models.Index(fields=["word"], condition=models.Q(is_sampled=True), name="case_word_sample"),
        ]

    def __str__(self) -> str:
        return self.word


class CitedPolicy(models.Model):
    """A document that a case rests on. What is surely one document has one key; its page is found by it."""

    case = models.ForeignKey(PublishedCase, on_delete=models.CASCADE, related_name="cited_policies")
    key = models.CharField(max_length=LIMITS["policy"] + 10)  # in addresses
    stem = models.CharField(max_length=LIMITS["policy"])  # the name without 试行, year, number: others may be akin
    name = models.CharField(max_length=LIMITS["policy"])  # as this case writes it, without 《》
    city = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    listed_on = models.DateField(db_index=False)  # of the case

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["key", "city"], name="cited_policy_cities"),
            models.Index(fields=["key", "-listed_on", "-case"], name="cited_policy_newest"),
            models.Index(fields=["stem", "key"], name="cited_policy_stem"),
        ]
        constraints = [models.UniqueConstraint(fields=["key", "case"], name="cited_policy_once_a_case")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("policy", args=[self.key])


class CountedCase(models.Model):
    """Where and when a case is, once for each of its themes and once without: rows narrow enough to count them all."""

    case = models.ForeignKey(PublishedCase, on_delete=models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)  # None: any
    province = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    place = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()  # of the day it is listed on
    metrics = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["theme", "province", "place", "year", "metrics"], name="counted_case_places"),
            models.Index(fields=["theme", "year", "metrics"], name="counted_case_years"),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.place_id} {self.year}"


class PublishedVersion(models.Model):
    """A case as readers saw it from one publication to the next, since it was last taken down.

    That of today stands in PublishedCase.
    """

    case = models.ForeignKey(PublishedCase, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()  # 1, 2, … of the publications
    released_at = models.DateTimeField(_("发布时间"))
    note = models.CharField(_("修改说明"), max_length=500, blank=True)
    is_minor = models.BooleanField(default=False)
    body = models.JSONField(null=True)  # CaseContent as JSON; null for the one of today

    class Meta:
        verbose_name = verbose_name_plural = _("历次发布")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="published_version_once_a_case")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"


class WithdrawnCase(models.Model):
    """A case taken down: its address says so and why, or leads to another case."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="withdrawn")
    withdrawn_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    redirect_to = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.pk}: {self.reason}"


class AliasQuerySet(models.QuerySet):
    def renames(self, kind: str) -> dict[str, str]:
        """An old word in lower case to the word it goes by now, at the end of its chain; one query.

        Words whose chain comes round in a circle are left out: they keep their names.
        """
        rows = self.filter(kind=kind).order_by("pk").values_list("old", "new")
        direct = {old.lower(): new for old, new in rows}
        return {old: new for old in direct if (new := _end_of_chain(direct, old))}


def _end_of_chain(renames: dict[str, str], word: str) -> str | None:
    """The last word of a chain of renames; None for a circle. A new spelling of one word is no circle."""
    seen = set()
    while (old := word.lower()) in renames and old not in seen:
        seen.add(old)
        word = renames[old]
        if word.lower() == old:
            return word
    return None if old in seen else word


class Alias(models.Model):
    """An old tag or theme that now goes by another; applied whenever a case is published."""

    KINDS = [("tag", _("标签")), ("theme", _("主题"))]

    kind = models.CharField(_("类型"), max_length=10, choices=KINDS)
    old = models.CharField(_("原来的"), max_length=80)  # a tag's word, a theme's slug
    new = models.CharField(_("改为"), max_length=80)

    objects = AliasQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("更名与合并")
        constraints = [models.UniqueConstraint(fields=["kind", "old"], name="alias_once")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class SitePage(models.Model):
    """A page of the site itself (关于本站 …). Blank lines part paragraphs, `## ` opens a heading."""

    slug = models.SlugField(_("地址"), primary_key=True, max_length=30)
    title = models.CharField(_("标题"), max_length=100)
    title_en = models.CharField(_("英文标题"), max_length=100, blank=True)
    body = models.TextField(_("正文"))
    body_en = models.TextField(_("英文正文"), blank=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = _("站点页面"), pgettext_lazy("several", "站点页面")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.slug])
