from cases.presenting.charts import bars, grid, steps
from cases.presenting.tiles import shade


def test_a_grid_keeps_the_order_and_is_about_a_square():
    tiles = grid([(str(number), "", number) for number in range(5)])

    assert [(tile.key, tile.x, tile.y) for tile in tiles] == [
        ("0", 0, 0), ("1", 1, 0), ("2", 2, 0), ("3", 0, 1), ("4", 1, 1),
    ]  # fmt: skip
    assert [tile.shade for tile in tiles] == [0, 1, 2, 3, 4]


def test_a_grid_of_nothing_is_empty():
    assert (grid([]), bars([]), steps(0)) == ([], [], [])


def test_the_legend_says_what_every_shade_means():
    for most in range(1, 60):
        told = {count: step for step, least, last in steps(most) for count in range(least, last + 1)}
        assert told == {count: shade(count, most) for count in range(1, most + 1)}


def test_bars_are_measured_by_the_largest_or_by_a_common_scale():
    assert [bar.height for bar in bars([("2023", 1), ("2024", 4)])] == ["25.0", "100.0"]
    assert [bar.height for bar in bars([("2023", 1), ("2024", 0)], 10)] == ["10.0", "0.0"]
    assert [bar.height for bar in bars([("2023", 0)])] == ["0"]
