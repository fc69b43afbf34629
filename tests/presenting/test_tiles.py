import csv
from pathlib import Path

from cases.presenting.tiles import COLUMNS, ROWS, TILES, shade

REGIONS = Path(__file__).parents[2] / "cases" / "data" / "regions.csv"


def test_every_province_has_a_tile_of_its_own():
    with REGIONS.open(encoding="utf-8", newline="") as file:
        provinces = {row["code"] for row in csv.DictReader(file) if row["level"] == "province"}

    assert set(TILES) == provinces
    assert len(set(TILES.values())) == len(TILES)
    assert all(column < COLUMNS and row < ROWS for column, row in TILES.values())


def test_only_a_province_without_cases_is_blank():
    assert [shade(count, 8) for count in range(9)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]
