import pytest

from cases.editing import vocabulary
from cases.editing.vocabulary import load_vocabulary
from cases.models import Department, Region, Theme

pytestmark = pytest.mark.django_db


def test_the_shipped_vocabulary_is_loaded():
    changed = load_vocabulary()

    assert changed == {
        "regions": Region.objects.count(),
        "departments": Department.objects.count(),
        "themes": Theme.objects.count(),
    }
    assert Region.objects.count() == 3217
    assert [division.name for division in Region.objects.get(pk="411102").lineage()] == ["河南省", "漯河市", "源汇区"]


def test_loading_again_changes_nothing():
    load_vocabulary()

    assert load_vocabulary() == {"regions": 0, "departments": 0, "themes": 0}


@pytest.fixture
def themes(monkeypatch):
    """Load the given rows as the shipped themes; the other tables stay empty."""
    row = {"name_zh": "", "name_en": "", "scheme": "site", "b_ready_topic": "", "description_zh": "", "keywords": ""}

    def load(*rows):
        shipped = {"themes.csv": [row | given for given in rows]}
        monkeypatch.setattr(vocabulary, "_read", lambda name: shipped.get(name, []))
        return load_vocabulary()["themes"]

    return load


def test_a_word_that_is_gone_from_the_files_is_retired_and_comes_back(themes):
    themes({"slug": "a", "name_zh": "甲"}, {"slug": "b", "name_zh": "乙"})

    themes({"slug": "a", "name_zh": "甲"})
    retired = Theme.objects.get(pk="b").is_retired
    themes({"slug": "a", "name_zh": "甲"}, {"slug": "b", "name_zh": "乙"})

    assert (retired, Theme.objects.get(pk="b").is_retired) == (True, False)


def test_what_an_editor_changed_stays_and_the_rest_is_renewed(themes):
    themes({"slug": "a", "name_zh": "甲", "description_zh": "旧"})
    Theme.objects.update(name="编辑的名称")

    themes({"slug": "a", "name_zh": "甲甲", "description_zh": "新"})

    theme = Theme.objects.get()
    assert (theme.name, theme.description) == ("编辑的名称", "新")


def test_a_word_of_the_editors_own_is_not_retired(themes):
    Theme.objects.create(slug="own", name="自有")

    themes({"slug": "a", "name_zh": "甲"})

    assert Theme.objects.get(pk="own").is_retired is False
