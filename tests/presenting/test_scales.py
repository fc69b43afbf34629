from decimal import Decimal

from cases.presenting.change import change_of
from cases.presenting.scales import Bars, bars, scales
from tests.builders import make_metric


def test_bars_share_the_scale_of_their_unit_and_kind():
    metrics = [
        make_metric(value=10, unit="%", kind="share"),
        make_metric(value=40, unit="%", kind="share"),
        make_metric(value=300, unit="%", kind="growth"),
        make_metric(value=150, from_value=600, unit="%", kind="growth"),
    ]
    scale = scales(metrics)

    assert scale == {("%", "share"): Decimal(40), ("%", "growth"): Decimal(600)}
    assert [bars(metric, scale) for metric in metrics] == [
        Bars("", "25.0"),
        Bars("", "100.0"),
        Bars("", "50.0"),
        Bars("100.0", "25.0"),
    ]


def test_a_number_alone_in_its_unit_has_no_bar():
    metrics = [make_metric(value=10, unit="天"), make_metric(value=10, unit="小时"), make_metric(unit="小时")]

    assert [bars(metric, scales(metrics)) for metric in metrics] == [None, None, None]


def test_a_negative_number_has_no_bar():
    metrics = [make_metric(value=10), make_metric(value=-5), make_metric(value=5, from_value=-1)]

    assert [bars(metric, scales(metrics)) for metric in metrics] == [Bars("", "100.0"), None, None]


def test_a_change_is_told_in_its_unit_and_in_percent_of_the_old_value():
    change = change_of(make_metric(value=2, from_value=7, unit="天"))

    assert (change.sign, change.shown.value, change.unit, change.ratio) == ("−", "5", "", "−71.4%")


def test_the_difference_of_two_percentages_is_told_in_points():
    change = change_of(make_metric(value=100, from_value=57, unit="%"))

    assert (change.sign, change.shown.value, change.unit) == ("+", "43", "个百分点")


def test_from_nothing_there_is_no_rate():
    assert change_of(make_metric(value=100, from_value=0)).ratio == ""
    assert change_of(make_metric(value=100)) is None
