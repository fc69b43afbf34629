"""Whatever the description of the API allows or forbids is tried, from a fixed seed."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from cases.publishing import release
from tests.builders import make_department, make_published_case, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db

PATHS = ("cases", "cases/{pk}", "metrics", "regions", "departments", "themes", "tags")
EXAMPLES = 25

# Empty values and unknown words are left aside, as on the search page: no address is refused for them.
LENIENT = [negative_data_rejection]


@pytest.fixture
def _connection_stays_open():
    """Requests end by closing the connection, and with it the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def api_schema(_connection_stays_open):
    filed = {"region": make_region(), "department": make_department(), "themes": (make_theme(),), "tags": ("治超",)}
    case = make_published_case(**filed)
    release.withdraw(make_published_case().case, by=make_user(), reason="撤")
    release.withdraw(make_published_case().case, by=make_user(), reason="合并", redirect_to=case.case)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("path", PATHS)
def test_the_api_does_what_its_description_says(api_schema, path, mode):
    operation = api_schema[f"/api/v1/{path}"]["GET"]
    if mode is GenerationMode.NEGATIVE and not operation.definition.raw["parameters"]:
        return  # nothing can be wrong

    @seed(20260101)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def try_one(case):
        response = case.call(headers={"Accept-Encoding": "identity"})  # it does not read what is compressed
        case.validate_response(response, excluded_checks=LENIENT)
        assert response.status_code < 500
        assert response.headers["access-control-allow-origin"] == ["*"]

    try_one()


def test_the_description_names_every_path(api_schema):
    assert {operation.ok().path for operation in api_schema.get_all_operations()} == {
        f"/api/v1/{path}" for path in PATHS
    }
