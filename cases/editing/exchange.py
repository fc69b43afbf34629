"""Cases in the exchange format, taken in line by line.

Same id and same content: nothing happens. Changed content replaces a working copy that nobody
has edited since it was imported; another one only when told to overwrite. A line is taken whole
or not at all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases.content import CaseContent, ContentError, from_json
from cases.editing.drafts import Conflict, content_digest, freeze, write_draft
from cases.editing.permissions import EDITABLE, NotAllowed, require, require_add
from cases.editing.pictures import is_stored
from cases.editing.requirements import Incomplete
from cases.editing.review.steps import force_publication
from cases.models import Case, User, Way
from cases.models.draft import PublicState
from cases.models.history import Occasion
from cases.publishing.release import last_publication
from cases.strict_json import shown

LONGEST_ID = 100


class Refused(Exception):
    """A line that is not taken in; the text says why, for people."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a line."""

    case: Case
    change: str  # "created", "updated" or "unchanged"
    published: bool  # by this import
    left_out: str = ""  # why it was not published though asked; "" when all went well


def import_case(
    identity: str,
    content: CaseContent,
    *,
    by: User,
    publish: bool = False,
    overwrite: bool = False,
    is_demo: bool = False,
) -> Taken:
    """Take in one case; `identity` is its id, "" if it has none. Raises Refused with the place and the reason."""
    try:
        with transaction.atomic():
            taken = _keep(identity, content, by=by, overwrite=overwrite, is_demo=is_demo)
            return _publish(taken, by=by) if publish else taken
    except ContentError as error:
        raise Refused(_(error.message) % error.params) from None
    except NotAllowed as error:
        raise Refused(_(str(error))) from None
    except (Conflict, IntegrityError):  # the same case, or the same new id, by somebody else at this moment
        raise Refused(_("案例正被别人保存，请再导入一次")) from None


def read_line(line: bytes) -> tuple[str, CaseContent]:
    """The id ("" if it has none) and the content of a line. Raises Refused."""
    data = _read_json(line)
    identity = data.pop("id", "") if isinstance(data, dict) else ""
    if not isinstance(identity, str) or len(identity) > LONGEST_ID or not identity.isprintable():
        raise Refused(_("id：应是不超过 100 个字符的文本"))
    try:
        return identity, from_json(data)
    except ContentError as error:
        raise Refused(_(error.message) % error.params) from None


def _read_json(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"), object_pairs_hook=_without_repeats)
    except UnicodeDecodeError as error:
        raise Refused(_("不是 UTF-8 编码（第 %(place)d 字节起）") % {"place": error.start + 1}) from None
    except json.JSONDecodeError as error:
        raise Refused(_("不是完整的 JSON（第 %(column)d 个字符处）") % {"column": error.colno}) from None
    except RecursionError:
        raise Refused(_("JSON 嵌套过深")) from None
    except ValueError:
        raise Refused(_("JSON 里有数千位的数字，无法读取")) from None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        raise Refused(_("字段“%(key)s”出现了两次") % {"key": shown(next(key for key in keys if keys.count(key) > 1))})
    return found


def _keep(identity: str, content: CaseContent, *, by: User, overwrite: bool, is_demo: bool) -> Taken:
    digest = content_digest(content)
    case = _known(identity, digest)
    if case is not None and case.digest == digest:
        return Taken(case, "unchanged", published=False)
    missing = [picture.file for picture in content.pictures if not is_stored(picture.file)]
    if missing:
        raise Refused(_("图片文件不在本站：%(files)s，请先放入 media/pictures") % {"files": _("、").join(missing)})
    if case is None:
        require_add(by)
        columns: dict[str, Any] = {"external_id": identity or None, "imported_digest": digest, "is_demo": is_demo}
        return Taken(write_draft(content, by=by, **columns), "created", published=False)
    is_edited = case.digest != case.imported_digest
    if is_edited and not overwrite:
        raise Refused(_("案例 %(pk)d 不是导入的，或导入后被编辑过，未改动；确要覆盖请加 --overwrite") % {"pk": case.pk})
    if case.stage not in EDITABLE:
        raise Refused(_("案例 %(pk)d 处于“%(stage)s”，不能覆盖") % {"pk": case.pk, "stage": case.get_stage_display()})
    require(by, "change", case)
    if is_edited:
        freeze(case, by=by, occasion=Occasion.OVERWRITTEN)
    return Taken(write_draft(content, by=by, case=case, imported_digest=digest), "updated", published=False)


def _known(identity: str, digest: str) -> Case | None:
    """The case a line is about: by its id, or without one by the content it was imported with."""
    if identity:
        return Case.objects.filter(external_id=identity).first()
    return Case.objects.filter(imported_digest=digest).order_by("pk").first()


def _publish(taken: Taken, *, by: User) -> Taken:
    """Publish what was taken in, unless readers see this very content already or took leave of it."""
    last = last_publication(taken.case)
    if (
        taken.change == "unchanged"
        and last is not None
        and (last.kind == PublicState.WITHDRAWN or last.revision.digest == taken.case.digest)
    ):
        return taken
    if taken.case.stage not in EDITABLE:
        stage = {"stage": taken.case.get_stage_display()}
        return Taken(taken.case, taken.change, published=False, left_out=_("案例处于“%(stage)s”") % stage)
    try:
        reason = _("导入时直接发布")
        force_publication(taken.case, by=by, reason=reason, date_reason=reason, way=Way.IMPORT)
    except Incomplete as error:
        reasons = _("；").join(_(remark.message) % remark.params for remark in error.missing)
        return Taken(taken.case, taken.change, published=False, left_out=reasons)
    except NotAllowed as error:
        return Taken(taken.case, taken.change, published=False, left_out=_(str(error)))
    return Taken(taken.case, taken.change, published=True)
