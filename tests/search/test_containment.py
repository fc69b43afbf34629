"""Search and plain containment find the same cases, whatever stands in them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.content import CaseContent, InitiativeContent, MeasureContent, MetricContent, to_json
from cases.folding import fold_blanks
from cases.models import PublishedCase
from cases.search.entry import Entry, searched_texts
from cases.search.index import engine
from cases.search.query import read_words, search
from tests.builders import make_published_case

ALPHABET = "一网网辦办通５5G.g%％+，。“”'\"\\:*&|! \u3000\n\té\u0301e👍🏽\u200d𠮷𠮷\uffff\U0010fffd\ue000Ａａ＇ﬀ㎡İßＺ"
texts = st.text(alphabet=ALPHABET, max_size=14)
lines = st.text(alphabet=ALPHABET.replace("\n", ""), max_size=8)
contents = st.builds(
    CaseContent,
    title=lines,
    subtitle=lines,
    intro=texts,
    summary=texts,
    closing=texts,
    tags=st.lists(lines, max_size=2).map(tuple),
    initiatives=st.lists(
        st.builds(
            InitiativeContent,
            heading=lines,
            text=texts,
            measures=st.lists(st.builds(MeasureContent, heading=lines, text=texts), max_size=2).map(tuple),
            metrics=st.lists(st.builds(MetricContent, label=lines, quote=texts), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
)
queries = st.one_of(texts, st.text(max_size=5), st.text(alphabet=ALPHABET.replace(" ", ""), min_size=1, max_size=4))


def holds(content, words):
    plain = [content.title, content.subtitle, content.intro, content.summary, content.closing, *content.tags]
    for item in content.initiatives:
        plain += [
            item.heading,
            item.text,
            *(text for measure in item.measures for text in (measure.heading, measure.text)),
        ]
        plain += [text for metric in item.metrics for text in (metric.label, metric.quote)]
    return all(any(word in fold_blanks(text) for text in plain) for word in words)


@pytest.mark.django_db
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    cases=st.lists(contents, min_size=3, max_size=3), asked=st.lists(queries, min_size=1, max_size=6), data=st.data()
)
def test_search_is_plain_containment(cases, asked, data):
    if PublishedCase.objects.count() < 3:
        for _ in range(3):
            make_published_case()
    published = list(PublishedCase.objects.order_by("pk"))
    entries = [
        Entry(case.pk, case.listed_on, searched_texts(to_json(content), content.tags))
        for case, content in zip(published, cases, strict=True)
    ]
    for entry in entries:
        engine().remove(entry.case)
    engine().add(entries)
    fields = [field for entry in entries for field in entry.fields()]
    for field in fields[:: len(fields) // 8 + 1]:  # fragments of what there is, cut anywhere
        start = data.draw(st.integers(0, len(field) - 1))
        asked.append(field[start : start + data.draw(st.integers(1, 6))])
    for query in asked:
        words = read_words(query)
        expected = {p.pk for p, content in zip(published, cases, strict=True) if words and holds(content, words)}
        assert set(search(query).order_by().values_list("pk", flat=True)) == expected, query
