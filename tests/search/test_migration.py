import pytest
from django.core.management import call_command

from cases.search.query import search
from tests.builders import make_published_case


@pytest.mark.django_db(transaction=True)
def test_the_index_can_be_taken_out_and_put_back():
    call_command("migrate", "cases", "0001_initial", verbosity=0)
    call_command("migrate", verbosity=0)
    case = make_published_case(title="迁移往返")
    assert list(search("往返")) == [case]
