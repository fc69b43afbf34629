import csv
import hashlib
import io
import json
import zipfile

import pytest
from django.core.management import call_command

from cases.exporting.dataset import current_dataset, dataset_folder, write_dataset
from cases.exporting.exchange import published_record
from cases.exporting.package import TABLES
from cases.models import PublishedCase
from cases.publishing.rebuild import rebuild_published
from tests.builders import make_content, make_department, make_metric, make_published_case, make_region, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder_of_its_own(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def files(dataset):
    with zipfile.ZipFile(dataset.path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def table(text):
    assert text[0] == "\ufeff"
    return list(csv.DictReader(io.StringIO(text[1:])))


def make_filed_case(**values):
    return make_published_case(
        region=make_region(), department=make_department(), themes=(make_theme(),), tags=("治超",), **values
    )


def test_the_dataset_holds_every_case_as_a_record_and_as_a_row():
    cases = [make_filed_case(), make_published_case()]

    made = write_dataset()
    held = files(made)

    assert [json.loads(line) for line in held["cases.jsonl"].splitlines()] == [
        published_record(PublishedCase.objects.get(pk=case.pk)) for case in cases
    ]
    assert [(row["id"], row["region"], row["address"]) for row in table(held["cases.csv"])] == [
        (f"case-{cases[0].pk}", "411100", f"/cases/{cases[0].pk}/"),
        (f"case-{cases[1].pk}", "", f"/cases/{cases[1].pk}/"),
    ]
    assert (made.cases, made.metrics, made.demo_cases) == (2, 2, 0)


def test_a_metric_row_tells_its_place_and_its_words():
    quote = "由5天压减到2天"
    content = make_content(intro=quote, metrics=(make_metric(label="时限", value=2, from_value=5, quote=quote),))
    make_published_case(content)

    rows = table(files(write_dataset())["metrics.csv"])

    assert [(row["order"], row["initiative"], row["from_value"], row["quote"]) for row in rows] == [
        ("1", "", "5", quote),
        ("2", "1", "", content.initiatives[0].metrics[0].quote),
    ]


def test_the_vocabulary_comes_with_counts():
    make_filed_case()
    held = files(write_dataset())

    assert {row["code"]: row["cases"] for row in table(held["regions.csv"])} == {"410000": "1", "411100": "1"}
    assert [(row["slug"], row["cases"]) for row in table(held["tags.csv"])] == [("治超", "1")]
    assert [row["cases"] for row in table(held["themes.csv"])] == ["1"]
    assert [row["cases"] for row in table(held["departments.csv"])] == ["1"]


def test_the_same_content_gives_the_same_bytes():
    make_filed_case()
    first = write_dataset()
    rebuild_published()

    again = write_dataset()

    assert again.sha256 == first.sha256 == hashlib.sha256(again.path.read_bytes()).hexdigest()
    assert again.size == again.path.stat().st_size


def test_a_new_dataset_takes_the_place_of_the_old():
    make_published_case()
    write_dataset()
    make_published_case()

    made = write_dataset()

    assert current_dataset() == made
    assert sorted(path.name for path in dataset_folder().iterdir()) == [made.file, "dataset.json"]


def test_a_dataset_that_fails_leaves_the_old_one_alone():
    make_published_case()
    made = write_dataset()

    def fail(cases, total):
        yield from []
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        write_dataset(progress=fail)

    assert current_dataset() == made
    assert len(list(dataset_folder().iterdir())) == 2


@pytest.mark.parametrize(("with_demo", "expected"), [(False, ["false"]), (True, ["false", "true"])])
def test_demo_cases_are_left_out_or_marked(with_demo, expected):
    make_published_case()
    PublishedCase.objects.filter(pk=make_published_case().pk).update(is_demo=True)

    made = write_dataset(with_demo=with_demo)

    assert [row["is_demo"] for row in table(files(made)["cases.csv"])] == expected
    assert made.demo_cases == with_demo


def test_tables_have_the_columns_the_descriptor_names():
    make_filed_case()
    held = files(write_dataset())
    described = {part["path"]: part for part in json.loads(held["datapackage.json"])["resources"]}

    for one in TABLES:
        header = next(csv.reader(io.StringIO(held[one.file][1:])))
        assert header == [field["name"] for field in described[one.file]["schema"]["fields"]]
    assert set(described) == {"cases.jsonl", *(one.file for one in TABLES)}


def test_the_licence_is_named_unless_it_is_empty(settings):
    settings.DATA_LICENCE_NAME, settings.DATA_LICENCE_URL = "CC0", "https://example.org/cc0"
    named = files(write_dataset())
    settings.DATA_LICENCE_NAME = ""
    silent = files(write_dataset())

    assert "CC0 <https://example.org/cc0>" in named["README.md"]
    assert json.loads(named["datapackage.json"])["licenses"][0]["path"] == "https://example.org/cc0"
    assert "licenses" not in json.loads(silent["datapackage.json"])
    assert "Licence" not in silent["README.md"]


def test_a_cell_is_never_a_formula():
    make_published_case(title="=1+1", tags=("＠cmd",))

    row = table(files(write_dataset())["cases.csv"])[0]

    assert (row["title"], row["tags"]) == ("'=1+1", "'＠cmd")


def test_an_empty_site_gives_an_empty_dataset():
    made = write_dataset()

    assert (made.cases, made.as_of, files(made)["cases.jsonl"]) == (0, "", "")


@pytest.mark.parametrize("text", [None, "", "{}", "[]", '{"file": "../x"}', "null"])
def test_facts_that_cannot_be_read_are_no_dataset(text):
    dataset_folder().mkdir()
    if text is not None:
        (dataset_folder() / "dataset.json").write_text(text)

    assert current_dataset() is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_dataset_is_read_in_chunks(django_assert_num_queries, count):
    for _ in range(count):
        make_filed_case()

    with django_assert_num_queries(12):
        write_dataset()


def test_the_command_tells_what_it_made(capsys):
    make_published_case()

    call_command("export_dataset")

    made = current_dataset()
    assert capsys.readouterr().out == (f"{made.path}：1 个案例，1 项指标，{made.size} 字节，SHA-256 {made.sha256}\n")
