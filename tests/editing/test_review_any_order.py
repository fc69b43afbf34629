"""Whatever people do in whatever order: nothing public without approval, nobody judges their own, no text lost."""

import datetime
import itertools

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from cases.content import from_json
from cases.editing.archiving import archive_case, delete_case, restore_case
from cases.editing.drafts import KEPT_SAVES, Conflict, read_draft
from cases.editing.permissions import NotAllowed, why_not
from cases.editing.requirements import Incomplete
from cases.editing.review import steps
from cases.editing.review.copying import copy_case
from cases.editing.review.queue import manuscripts, waiting_cases
from cases.editing.saving import save_content
from cases.editing.scheduling import do_due, schedule
from cases.editing.unsaved import keep_typed, unsaved_of
from cases.editing.versions import restore_revision
from cases.models import Case, Publication, PublishedCase, Review, Schedule
from tests.builders import make_case, make_content, make_user

pytestmark = pytest.mark.django_db

ALL = ("add_case", "change_case", "first_review", "second_review", "final_review", "publish")
PEOPLE = {"one": ALL, "two": ALL, "three": ALL, "chief": (*ALL, "force_publish"), "root": ("*",), "reader": ()}
REVIEWS = ("first_review", "second_review", "final_review")
REFUSALS = (NotAllowed, Conflict, Incomplete)
HOUR = datetime.timedelta(hours=1)


def restore_first(case, by):
    revision = case.revisions.exclude(digest=case.digest).order_by("number").first()
    if revision is None:
        raise NotAllowed
    return restore_revision(revision, by=by, version=case.version)


STEPS = {
    "submit": lambda case, by: steps.submit_for_review(case, by=by),
    "approve": lambda case, by: steps.approve(case, by=by),
    "return": lambda case, by: steps.return_case(case, by=by, reasons=["facts"]),
    "take_back": lambda case, by: steps.take_back(case, by=by),
    "publish": lambda case, by: steps.publish_approved(case, by=by),
    "force": lambda case, by: steps.force_publication(case, by=by, reason="急"),
    "withdraw": lambda case, by: steps.withdraw_case(case, by=by, reason="有误"),
    "archive": lambda case, by: archive_case(case, by=by),
    "unarchive": lambda case, by: restore_case(case, by=by),
    "restore": restore_first,
    "copy": lambda case, by: copy_case(case, by=by),
    "publish later": lambda case, by: schedule(case, by=by, kind="published", at=timezone.now() + HOUR),
    "withdraw later": lambda case, by: schedule(
        case, by=by, kind="withdrawn", at=timezone.now() + 2 * HOUR, reason="到期"
    ),
    "delete": lambda case, by: delete_case(case),
}
ONWARD = {
    "draft": ["submit"],
    "returned": ["submit"],
    "approved": ["publish", "publish later"],
    "archived": ["unarchive"],
}
VERB_OF = {"unarchive": "restore", "restore": "change", "publish later": "publish", "withdraw later": "schedule"}
names = st.sampled_from([*STEPS])
people = st.sampled_from([*PEOPLE])


class Office(RuleBasedStateMachine):
    """One case and the people around it, each with its form open in a tab; after each step the rules are checked."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.people = {name: make_user(name, permissions=may) for name, may in PEOPLE.items()}
        self.case = make_case(make_content(title="稿0"), by=self.people["one"])
        self.wrote = {self.people["one"].pk}  # since it was last approved and public
        self.text = read_draft(self.case)
        self.stale = Case.objects.get(pk=self.case.pk)
        self.tabs = dict.fromkeys(PEOPLE, 0)  # the version each sees in their form
        self.typed = {}  # who → what they typed and did not save
        self.saved = ["稿0"]
        self.count = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # What people do

    @precondition(lambda self: self.case)
    @rule(data=st.data(), stages=st.integers(1, 5))
    def go_on(self, data, stages):
        """Somebody who may takes the case on towards its readers: left to chance, a walk seldom got there."""
        for _stage in range(stages):
            name = data.draw(st.sampled_from(ONWARD.get(self.case.stage, ["approve"])))
            self.let_somebody(name, data)

    @precondition(lambda self: self.case)
    @rule(data=st.data(), name=names)
    def take_a_step_that_is_open(self, name, data):
        self.let_somebody(name, data)

    def let_somebody(self, name, data):
        if name == "delete":
            return
        verb = VERB_OF.get(name, name)
        may = [who for who, person in self.people.items() if not why_not(person, verb, self.case)]
        if may:
            self.take(name, data.draw(st.sampled_from(may)), self.case)

    @precondition(lambda self: self.case)
    @rule(name=names, who=people, is_late=st.booleans())
    def take_a_step(self, name, who, is_late):
        self.take(name, who, self.stale if is_late else self.case)

    def take(self, name, who, case):
        before = self.now()
        self.stale = Case.objects.get(pk=self.case.pk)
        try:
            with transaction.atomic():
                STEPS[name](case, self.people[who])
        except REFUSALS:
            assert self.now() == before
        else:
            self.took(name, self.people[who], before)
        self.look_again()

    @precondition(lambda self: self.case)
    @rule(who=people)
    def open_the_form(self, who):
        self.tabs[who] = self.case.version

    @precondition(lambda self: self.case)
    @rule(who=people)
    def type_something(self, who):
        self.count += 1
        self.typed[who] = f"{who}的稿{self.count}"
        self.keep(who)

    def keep(self, who):
        typed = {"title": self.typed[who]}
        token, by = f"tab-of-{who}", self.people[who]
        version = self.tabs[who]
        keep_typed(by=by, case=self.case, token=token, base_version=version, step=self.count, typed=typed)

    @precondition(lambda self: self.case and self.typed)
    @rule(data=st.data())
    def save(self, data):
        who = data.draw(st.sampled_from(sorted(self.typed)))
        content, by, token = make_content(title=self.typed[who]), self.people[who], f"tab-of-{who}"
        stage, version = self.case.stage, self.case.version
        try:
            with transaction.atomic():
                save_content(content, by=by, case=self.case, version=self.tabs[who], token=token, step=self.count)
        except REFUSALS:
            assert Case.objects.get(pk=self.case.pk).version == version
        else:
            assert (stage, self.tabs[who]) in (("draft", version), ("returned", version))
            self.saved.append(self.typed.pop(who))
            self.wrote.add(by.pk)
            self.look_again()
            self.text = read_draft(self.case)
            self.tabs[who] = self.case.version

    @precondition(lambda self: self.case)
    @rule(hours=st.sampled_from([1, 3]))
    def time_passes(self, hours):
        due = timezone.now() + hours * HOUR
        was_approved = self.case.stage == "approved"
        done = [one.schedule for one in do_due(due) if not one.trouble]
        assert not Schedule.objects.filter(Schedule.IS_OPEN, at__lte=due, pk__in=[one.pk for one in done]).exists()
        if any(one.kind == "published" for one in done):
            assert was_approved
            self.check_approvals()
            self.wrote = set()
        self.look_again()

    # What must hold

    def now(self):
        case = Case.objects.get(pk=self.case.pk)
        return case.version, case.stage, Review.objects.filter(case=case).count(), case.revisions.count()

    def look_again(self):
        self.case = Case.objects.filter(pk=self.case.pk).first()
        if self.case is None:
            self.typed = {}

    def took(self, name, person, before):
        if name == "delete":
            assert before[2:] == (0, 0)  # never what has a history
        if name == "restore":
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
        published = Publication.objects.filter(kind="published").latest("pk")
        assert {review.revision.digest for review in approved} == {published.revision.digest}

    @precondition(lambda self: self.case)
    @invariant()
    def the_draft_changes_by_writing_alone(self):
        assert read_draft(self.case) == self.text
        assert {user.pk for user in self.case.writers.all()} == self.wrote

    @precondition(lambda self: self.case)
    @invariant()
    def no_text_is_lost(self):
        """What was typed is kept for who typed it; what was saved is the draft, or a save or revision before it."""
        for who, title in self.typed.items():
            assert title in [text.typed["title"] for text in unsaved_of(self.people[who], self.case)]
        kept = [save.content for save in self.case.saves.all()] + [one.content for one in self.case.revisions.all()]
        titles = {self.text.title, *(content["title"] for content in kept)}
        assert set(self.saved[-KEPT_SAVES:]) <= titles

    @precondition(lambda self: self.case)
    @invariant()
    def readers_see_what_was_approved_or_forced_and_no_draft(self):
        last = Publication.objects.filter(case=self.case).order_by("pk").last()
        shown = PublishedCase.objects.filter(pk=self.case.pk).first()
        assert (shown is not None) == (last is not None and last.kind == "published")
        if shown:
            assert shown.content == from_json(last.revision.content)
            approved = Review.objects.filter(case=self.case, step="approved")
            assert last.is_forced or last.revision.digest in set(approved.values_list("revision__digest", flat=True))

    @precondition(lambda self: self.case)
    @invariant()
    def the_queue_holds_a_case_exactly_for_who_may_take_the_step_it_waits_for(self):
        verb = {"approved": "publish", "returned": "submit"}.get(self.case.stage, "approve")
        for person in self.people.values():
            is_theirs = verb != "submit" or any(self.case in cases for cases in manuscripts(person).values())
            expected = is_theirs and not why_not(person, verb, self.case)
            assert (self.case in waiting_cases(person)) == expected


def test_no_order_of_steps_breaks_the_rules():
    run_state_machine_as_test(Office, settings=settings(max_examples=40, stateful_step_count=25, deadline=None))
