import csv
from pathlib import Path

import pytest

from cases.presenting.tiles import COLUMNS, ROWS, TILES, shade, tile_lines

REGIONS = Path(__file__).parents[2] / "cases" / "data" / "regions.csv"


def test_every_province_has_a_tile_of_its_own():
    with REGIONS.open(encoding="utf-8", newline="") as file:
        provinces = {row["code"] for row in csv.DictReader(file) if row["level"] == "province"}

    assert set(TILES) == provinces
    assert len(set(TILES.values())) == len(TILES)
    assert all(column < COLUMNS and row < ROWS for column, row in TILES.values())


def test_only_a_province_without_cases_is_blank():
    assert [shade(count, 8) for count in range(9)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("河南", ("河南",)),
        ("黔东南州", ("黔东", "南州")),
        ("克孜勒苏州", ("克孜勒", "苏州")),
        ("Guizhou", ("Guizhou",)),
        ("Inner Mongolia", ("Inner", "Mongolia")),
        ("Heilongjiang", ("Heilong-", "jiang")),
        ("Shandong", ("Shan-", "dong")),
        ("Shanghai", ("Shang-", "hai")),
        ("Qiandongnan Miao and Dong", ("Qiandon.", "Miao an.")),
    ],
)
def test_a_name_takes_as_many_lines_as_it_needs(name, lines):
    assert tile_lines(name) == lines
