"""The only way out of the audit: a sealed file first, then one transaction."""

import datetime
import gzip
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.editing.accounts import acting_user
from cases.editing.audit import pruning
from cases.editing.audit.pruning import DAYS, PruningError, prune_audit, verify_file
from cases.models import AuditEntry
from cases.models.append_only import missing_triggers
from tests.builders import make_audit_entry

pytestmark = pytest.mark.django_db
LIMIT = timezone.localdate() - datetime.timedelta(days=DAYS)


def make_entries(*days):
    """Entries of so many days before the limit, at noon."""
    noon = timezone.make_aware(datetime.datetime.combine(LIMIT, datetime.time(12)))
    return [make_audit_entry(at=noon - datetime.timedelta(days=ago), title=f"第{ago}天") for ago in days]


def test_entries_before_the_day_go_into_a_sealed_file_and_out_of_the_table(tmp_path):
    old, older, kept = make_entries(1, 3, 0)

    pruned = prune_audit(LIMIT, tmp_path, by=acting_user())

    assert pruned.path.name == f"audit-{timezone.localdate(older.at)}-{timezone.localdate(old.at)}.jsonl.gz"
    with gzip.open(pruned.path, "rt") as lines:
        assert [json.loads(line)["title"] for line in lines] == ["第1天", "第3天"]
    assert (pruned.count, verify_file(pruned.path)) == (2, 2)
    entries = AuditEntry.objects.order_by("pk")
    assert [entry.action for entry in entries] == ["login", "pruned"]
    assert entries[0] == kept
    assert entries[1].before == {"count": 2, "sha256": pruned.sha256}
    assert missing_triggers() == []


def test_half_a_year_is_kept(tmp_path):
    make_entries(1)

    with pytest.raises(PruningError, match="184"):
        prune_audit(LIMIT + datetime.timedelta(days=1), tmp_path, by=acting_user())

    assert (AuditEntry.objects.count(), list(tmp_path.iterdir())) == (1, [])


def test_nothing_is_written_where_there_is_nothing_old(tmp_path):
    make_entries(0)

    assert prune_audit(LIMIT, tmp_path, by=acting_user()) is None
    assert list(tmp_path.iterdir()) == []


def test_nothing_goes_when_the_file_reads_back_otherwise(tmp_path, monkeypatch):
    make_entries(1, 2)
    monkeypatch.setattr(pruning, "_read", lambda path: iter([{}]))

    with pytest.raises(PruningError, match="读回"):
        prune_audit(LIMIT, tmp_path, by=acting_user())

    assert AuditEntry.objects.count() == 2


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    make_entries(1)
    day = LIMIT - datetime.timedelta(days=1)
    there = tmp_path / f"audit-{day}-{day}.jsonl.gz"
    there.write_bytes(b"")

    with pytest.raises(PruningError, match="已经存在"):
        prune_audit(LIMIT, tmp_path, by=acting_user())

    assert (AuditEntry.objects.count(), there.read_bytes()) == (1, b"")


@pytest.mark.parametrize("change", ["content", "seal"])
def test_a_file_that_was_changed_is_told(tmp_path, settings, change):
    make_entries(1)
    path = prune_audit(LIMIT, tmp_path, by=acting_user()).path
    call_command("verify_audit", str(path))

    if change == "content":
        path.write_bytes(path.read_bytes() + b"\0")
    else:
        settings.SECRET_KEY = "another site"

    with pytest.raises(CommandError, match="封存"):
        call_command("verify_audit", str(path))


def test_the_command_says_what_went_where(tmp_path, capsys):
    make_entries(1)

    for _ in range(2):
        call_command("prune_audit", "--before", str(LIMIT), "--to", str(tmp_path))

    told = capsys.readouterr().out
    assert "1 条" in told
    assert "没有更早的操作记录" in told
    with pytest.raises(CommandError, match="184"):
        call_command("prune_audit", "--before", str(timezone.localdate()), "--to", str(tmp_path))


def test_there_is_no_other_way_out():
    [entry] = make_entries(400)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        entry.delete()
