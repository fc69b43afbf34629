"""The best cases are looked for by themselves, and come in the order that all cases have together."""

import datetime
import random

import pytest

from cases.content import InitiativeContent, MetricContent
from cases.search import hits
from cases.search.hits import Hits
from cases.search.query import search
from cases.search.selection import Selection
from tests.builders import make_published_case

pytestmark = pytest.mark.django_db

WORDS = ("服务", "一网通办", "政", "审批")


@pytest.fixture
def cases():
    """Cases with any of the words in any of their places, some often, some far behind in a long text."""
    chooser = random.Random(11)
    for number in range(30):
        chosen = [chooser.sample(WORDS, chooser.randint(0, len(WORDS))) for _place in range(4)]
        title, heading, label, text = ("、".join(["头", *words, "尾"]) for words in chosen)
        far = "".join(map(chr, range(0x5000, 0x5000 + 700))) * chooser.choice([*[0] * 7, 31])
        make_published_case(
            title=f"{title}{number}",
            published_at=datetime.date(2024, 1, 1) + datetime.timedelta(days=chooser.randint(0, 40)),
            intro=far + text * chooser.choice([0, 1, 5, 9, 17]),
            initiatives=(InitiativeContent(heading, text, (), (MetricContent(label=label),)),),
        )


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    "text", [*WORDS, "服务 一网通办", "政 审批", "政 -一网", "一网通办 -审批", "服务 审批 政 一网通办", "通办 服务"]
)
def test_the_best_by_themselves_are_the_first_of_all(text, monkeypatch):
    every = list(search(text).values_list("pk", flat=True))
    monkeypatch.setattr(hits, "TIMES_MORE", 0)

    assert every
    for start, stop in ((0, 1), (0, 3), (1, 5), (0, 20), (5, 40), (0, len(every)), (0, len(every) + 1)):
        assert Hits(Selection(text=text)).keys(start, stop) == every[start:stop]


@pytest.mark.usefixtures("cases")
def test_a_few_of_many_are_found_without_ranking_the_others(monkeypatch, django_assert_max_num_queries):
    text = Selection(text="服务")
    monkeypatch.setattr(hits, "TIMES_MORE", 1)
    many = Hits(text)
    many.count()
    monkeypatch.setattr(hits, "ranks", None)

    with django_assert_max_num_queries(4):
        assert len(many.keys(0, 1)) == 1
