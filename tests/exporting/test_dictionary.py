import dataclasses

import pytest

from cases.content import CaseContent
from cases.exporting.dictionary import DESCRIPTIONS, OBJECTS, data_dictionary, record_schemas
from cases.exporting.exchange import exchange_record
from tests.builders import make_content, make_metric


@pytest.mark.parametrize("kind", OBJECTS)
def test_every_field_is_described_in_the_order_of_the_format(kind):
    assert list(DESCRIPTIONS[kind]) == [field.name for field in dataclasses.fields(kind)]


def test_the_schema_has_the_keys_of_a_record_in_their_order():
    record = exchange_record("case-1", make_content())

    assert list(record_schemas()["Case"]["properties"]) == list(record)


def test_the_dictionary_leads_to_every_field():
    places = [entry.place for entry in data_dictionary()]

    assert places[:3] == ["format", "id", "title"]
    assert {"initiatives[].measures[].text", "initiatives[].metrics[].value", "metrics[].quote", "pictures[].alt"} <= {
        *places
    }


@pytest.mark.parametrize(
    "content",
    [CaseContent(), make_content(metrics=(make_metric(value="146.7", from_value="-3"),), region="411100")],
)
def test_records_fit_their_schema(content):
    import jsonschema_rs

    schema = {"$ref": "#/components/schemas/Case", "components": {"schemas": record_schemas()}}

    assert list(jsonschema_rs.validator_for(schema).iter_errors(exchange_record("case-1", content))) == []
