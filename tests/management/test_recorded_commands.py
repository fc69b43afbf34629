"""What a command changes or carries away is in the audit, with who let it run."""

import os

import pytest
from django.core.management import call_command

from cases.editing.pictures import pictures_folder
from cases.models import AuditEntry, User
from tests.builders import make_published_case, make_user

pytestmark = pytest.mark.django_db


def test_a_vocabulary_that_brought_something_is_recorded_and_makes_no_account():
    for _time in range(2):
        call_command("load_vocabulary")

    entry = AuditEntry.objects.get()
    assert (entry.actor_name, entry.way, entry.action, entry.title) == ("系统", "command", "loaded", "词表")
    assert entry.after["regions"] == 3217
    assert not User.objects.exists()


def test_a_dataset_is_an_export(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    make_published_case()
    make_user("li")

    call_command("export_dataset", by="li")

    entry = AuditEntry.objects.get(action="exported")
    assert (entry.actor_name, entry.title, entry.after["cases"]) == ("li", "数据集", 1)


def test_pictures_that_are_removed_are_counted(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    pictures_folder().mkdir(parents=True)
    for name in ("一.png", "二.png"):
        (pictures_folder() / name).write_bytes(b"")
        os.utime(pictures_folder() / name, (0, 0))

    call_command("clean_media", "--dry-run")
    call_command("clean_media")

    assert [(entry.action, entry.after) for entry in AuditEntry.objects.all()] == [("deleted", {"count": 2})]


def test_a_superuser_made_by_a_command_is_recorded():
    make_user("li")

    call_command("createsuperuser", interactive=False, username="chief", email="chief@example.org")

    entry = AuditEntry.objects.get(action="added")
    assert (entry.way, entry.kind, entry.title, entry.after["is_superuser"]) == ("command", "user", "chief", True)
