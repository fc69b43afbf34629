import pytest

from cases.presenting.canonical import canonical_query, is_worth_finding, site_root


@pytest.mark.parametrize(
    ("column", "parameters", "expected"),
    [
        ("cases", [("utm_source", "x"), ("q", "便民")], ""),
        ("search", [("utm_source", "x"), ("q", "便民"), ("fbclid", "1")], "?q=%E4%BE%BF%E6%B0%91"),
        ("search", [("region", "b"), ("q", "x"), ("region", "a")], "?q=x&region=a&region=b"),
        ("search", [("q", "x"), ("page", "2"), ("sort", "newest")], "?page=2&q=x"),
        ("search", [("q", "x"), ("page", "1"), ("year", "")], "?q=x"),
        ("compare", [("case", "2"), ("case", "1"), ("choose", "1")], "?case=1&case=2"),
        ("numbers", [("unit", "个"), ("sort", "value")], "?unit=%E4%B8%AA"),
    ],
)
def test_only_known_parameters_stay_in_one_order(column, parameters, expected):
    assert canonical_query(column, parameters) == expected


def test_searches_for_words_alone_are_worth_finding():
    assert is_worth_finding("search", [("q", "x"), ("region", "")])
    assert not is_worth_finding("search", [("q", "x"), ("region", "411100")])
    assert is_worth_finding("compare", [("case", "1"), ("case", "2")])


def test_the_site_stands_at_its_own_domain_however_it_was_reached():
    assert site_root("https", "10.0.0.1:8000", "www.example.gov.cn") == "https://www.example.gov.cn"
    assert site_root("http", "127.0.0.1:8000") == "http://127.0.0.1:8000"
