"""The smallest things tests are about. Each builder takes what matters and invents the rest."""

from __future__ import annotations

import csv
import datetime
import functools
import itertools
from pathlib import Path
from typing import Any

from django.utils import timezone

from cases.content import CaseContent, InitiativeContent, MeasureContent, MetricContent
from cases.editing.drafts import freeze, write_draft
from cases.models import AuditEntry, Case, Department, PublishedCase, Region, Review, Theme, User
from cases.publishing import release

DATA = Path(__file__).parent.parent / "cases" / "data"
_numbers = itertools.count(1)


@functools.cache
def _divisions() -> dict[str, dict[str, str]]:
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def make_region(code: str = "411100") -> Region:
    """A division of the shipped table with those that hold it: 411100 brings 河南省 with it."""
    row = _divisions()[code]
    columns = {name: row[name] for name in ("name", "name_en", "level", "short_name", "pinyin", "initials")}
    parent = make_region(row["parent"]) if row["parent"] else None
    return Region.objects.get_or_create(code=code, defaults={**columns, "parent": parent})[0]


def make_department(slug: str = "transport", name: str = "交通运输部门", **columns: Any) -> Department:
    return Department.objects.get_or_create(slug=slug, defaults={"name": name, **columns})[0]


def make_theme(
    slug: str = "logistics-transport", name: str = "交通物流", scheme: str = "site", **columns: Any
) -> Theme:
    return Theme.objects.get_or_create(slug=slug, defaults={"name": name, "scheme": scheme, **columns})[0]


def make_user(username: str = "editor", *, permissions: tuple[str, ...] = (), **columns: Any) -> User:
    """A member of staff; `permissions` are names such as "publish", or "*" for a superuser."""
    from django.contrib.auth.models import Permission

    user = User.objects.filter(username=username).first()
    if user is None:
        user = User.objects.create_user(
            username, password="correct horse", is_staff=True, is_superuser="*" in permissions, **columns
        )
    user.user_permissions.add(*Permission.objects.filter(codename__in=permissions))
    return User.objects.get(pk=user.pk)  # without the permissions cached before


def make_publisher() -> User:
    return make_user("publisher", permissions=("publish", "force_publish", "add_case", "change_case", "view_case"))


def make_metric(**values: Any) -> MetricContent:
    from decimal import Decimal

    numbers = {name: Decimal(str(values.pop(name))) for name in ("value", "from_value") if name in values}
    return MetricContent(**{"label": "新改建农村公路", "unit": "公里", "kind": "amount", **numbers, **values})


def make_content(**values: Any) -> CaseContent:
    """A case that may be published: one initiative of two measures, one metric with its evidence."""
    number = next(_numbers)
    quote = f"建成便民站点{number}个"
    default = CaseContent(
        title=f"第{number}个做法",
        published_at=datetime.date(2024, 5, 1),
        source_name="漯河日报",
        organization="漯河市交通运输局",
        intro=f"导语第{number}段。",
        initiatives=(
            InitiativeContent(
                heading="办得快",
                text="把窗口搬到园区。",
                measures=(
                    MeasureContent(heading="减环节", text=f"全年{quote}，企业少跑路。"),
                    MeasureContent(heading="减材料", text="能共享的不再提交。"),
                ),
                metrics=(make_metric(label="便民站点", value=number, unit="个", quote=quote),),
            ),
        ),
    )
    return CaseContent(**{**{name: getattr(default, name) for name in default.__dataclass_fields__}, **values})


def make_case(content: CaseContent | None = None, *, by: User | None = None, **values: Any) -> Case:
    """A draft; `values` are fields of its content. Rows of the vocabulary may be given instead of codes."""
    return write_draft(content or make_content(**_codes(values)), by=by or make_user())


def make_published_case(content: CaseContent | None = None, *, by: User | None = None, **values: Any) -> PublishedCase:
    by = by or make_user()
    return release.publish(freeze(make_case(content, by=by, **values), by=by), by=by)


def make_review(case: Case, *, step: str = "submitted", by: User | None = None, **values: Any) -> Review:
    columns = {"round": case.round, "stage": case.stage, "at": timezone.now(), **values}
    return Review.objects.create(case=case, step=step, by=by or make_user(), **columns)


def make_audit_entry(**values: Any) -> AuditEntry:
    return AuditEntry.objects.create(**{"at": timezone.now(), "way": "admin", "action": "login", **values})


def _codes(values: dict[str, Any]) -> dict[str, Any]:
    codes = dict(values)
    for name in ("region", "department"):
        if name in codes:
            codes[name] = getattr(codes[name], "pk", codes[name])
    if "themes" in codes:
        codes["themes"] = tuple(sorted(getattr(theme, "pk", theme) for theme in codes["themes"]))
    return codes
