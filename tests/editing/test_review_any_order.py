"""Whatever people do in whatever order: nothing public without approval, nobody judges their own, no text lost."""

import itertools

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.content import from_json
from cases.editing.archiving import archive_case, delete_case, restore_case
from cases.editing.drafts import Conflict, read_draft, write_draft
from cases.editing.permissions import NotAllowed, why_not
from cases.editing.review import steps
from cases.editing.review.queue import manuscripts, waiting_for
from cases.models import Case, Publication, PublishedCase, Review
from tests.builders import make_case, make_content, make_user

pytestmark = pytest.mark.django_db

ALL = ("add_case", "change_case", "first_review", "second_review", "final_review", "publish")
PEOPLE = {"one": ALL, "two": ALL, "three": ALL, "chief": (*ALL, "force_publish"), "root": ("*",), "reader": ()}
REVIEWS = ("first_review", "second_review", "final_review")
STEPS = {
    "write": lambda case, by: write_draft(make_content(), by=by, case=case),
    "submit": lambda case, by: steps.submit_for_review(case, by=by),
    "approve": lambda case, by: steps.approve(case, by=by),
    "return": lambda case, by: steps.return_case(case, by=by, reasons=["facts"]),
    "take_back": lambda case, by: steps.take_back(case, by=by),
    "publish": lambda case, by: steps.publish_approved(case, by=by),
    "force": lambda case, by: steps.force_publication(case, by=by, reason="急"),
    "withdraw": lambda case, by: steps.withdraw_case(case, by=by, reason="有误"),
    "archive": lambda case, by: archive_case(case, by=by),
    "restore": lambda case, by: restore_case(case, by=by),
    "delete": lambda case, by: delete_case(case),
}
# Approvals and publications are drawn more often, or a walk of a few dozen steps seldom comes to its end.
_names = st.sampled_from([*STEPS, *["approve"] * 8, *["submit"] * 3, *["publish"] * 3])
_moves = st.lists(st.tuples(_names, st.sampled_from([*PEOPLE]), st.booleans()), min_size=10, max_size=45)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=_moves)
def test_no_order_of_steps_breaks_the_rules(moves):
    with transaction.atomic():
        Walk().go(moves)
        transaction.set_rollback(True)


class Walk:
    """One case and the people around it; after each move the rules are checked."""

    def __init__(self):
        self.people = {name: make_user(name, permissions=may) for name, may in PEOPLE.items()}
        self.case = make_case(by=self.people["one"])
        self.wrote = {self.people["one"].pk}  # since it was last approved and public
        self.text = read_draft(self.case)
        self.stale = Case.objects.get(pk=self.case.pk)

    def go(self, moves):
        for name, who, is_late in moves:
            before = self.now()
            case = self.stale if is_late else self.case
            self.stale = Case.objects.get(pk=self.case.pk)
            try:
                with transaction.atomic():
                    STEPS[name](case, self.people[who])
            except (NotAllowed, Conflict):
                assert self.now() == before
            else:
                self.took(name, self.people[who], before)
            if not Case.objects.filter(pk=self.case.pk).exists():
                assert name == "delete"
                assert before[2:] == (0, 0)  # to a case that has a history
                return
            self.case = Case.objects.get(pk=self.case.pk)
            self.check()

    def now(self):
        case = Case.objects.get(pk=self.case.pk)
        return case.version, case.stage, Review.objects.filter(case=case).count(), case.revisions.count()

    def took(self, name, person, before):
        if name == "write":
            assert before[1] in ("draft", "returned")
            self.wrote.add(person.pk)
            self.text = read_draft(Case.objects.get(pk=self.case.pk))
        if name == "publish":
            self.check_approvals()
            self.wrote = set()

    def check_approvals(self):
        """All reviews of the round, by people who neither wrote nor submitted it, none of them twice in a row."""
        case = Case.objects.get(pk=self.case.pk)
        rows = Review.objects.filter(case=case, round=case.round)
        approved = list(rows.filter(step="approved").order_by("pk"))
        assert [review.stage for review in approved] == list(REVIEWS)
        judges = [review.by_id for review in approved]
        assert not {*judges} & {*self.wrote, rows.get(step="submitted").by_id}
        assert all(first != second for first, second in itertools.pairwise(judges))
        assert {review.revision.digest for review in approved} == {Publication.objects.latest("pk").revision.digest}

    def check(self):
        assert read_draft(self.case) == self.text  # nothing but writing changes it
        assert {user.pk for user in self.case.writers.all()} == self.wrote
        last = Publication.objects.filter(case=self.case).order_by("pk").last()
        shown = PublishedCase.objects.filter(pk=self.case.pk).first()
        assert (shown is not None) == (last is not None and last.kind == "published")
        if shown:
            assert shown.content == from_json(last.revision.content)
            assert last.is_forced or last.revision.digest in set(
                Review.objects.filter(case=self.case, step="approved").values_list("revision__digest", flat=True)
            )
        for person in self.people.values():
            self.check_queue(person)

    def check_queue(self, person):
        """The queue holds a case exactly when the person may take the step it waits for."""
        verb = {"approved": "publish", "returned": "submit"}.get(self.case.stage, "approve")
        is_theirs = verb != "submit" or any(self.case in cases for cases in manuscripts(person).values())
        expected = is_theirs and not why_not(person, verb, self.case)
        assert [row.case.pk for row in waiting_for(person)] == ([self.case.pk] if expected else [])
