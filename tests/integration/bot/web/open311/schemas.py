"""GeoReport v2 as JSON schemas, in our own words after the specification; strict about extra names."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator

Schema = dict[str, Any]  # Any: JSON Schema

TEXT: Schema = {"type": "string", "minLength": 1}
MAYBE: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": ["number", "null"]}
YES_NO: Schema = {"type": "boolean"}
MOMENT: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$",
}
MAYBE_MOMENT: Schema = {"anyOf": [MOMENT, {"type": "null"}]}


def thing(needed: Schema, more: Schema | None = None) -> Schema:
    """An object with these names and no other."""
    return {
        "type": "object",
        "required": list(needed),
        "properties": needed | (more or {}),
        "additionalProperties": False,
    }


def list_of(item: Schema, **limits: int) -> Schema:
    return {"type": "array", "items": item, **limits}


ENDPOINT = thing(
    {
        "specification": {"const": "http://wiki.open311.org/GeoReport_v2"},
        "url": {"type": "string", "pattern": "^https?://.*/open311/v2$"},
        "changeset": MOMENT,
        "type": {"enum": ["production", "test"]},
        "formats": {**list_of({"enum": ["text/xml", "application/json"]}, minItems=2)},
    }
)
DISCOVERY = thing(
    {
        "changeset": MOMENT,
        "contact": TEXT,
        "key_service": TEXT,
        "endpoints": list_of(ENDPOINT, minItems=1),
    }
)
SERVICES = list_of(
    thing(
        {
            "service_code": TEXT,
            "service_name": TEXT,
            "description": MAYBE,
            "metadata": YES_NO,
            "type": {"enum": ["realtime", "batch", "blackbox"]},
            "keywords": MAYBE,
            "group": MAYBE,
        }
    ),
    minItems=1,
)
DEFINITION = thing(
    {
        "service_code": TEXT,
        "attributes": list_of(
            thing(
                {
                    "variable": YES_NO,
                    "code": TEXT,
                    "datatype": {
                        "enum": [
                            "string", "number", "datetime", "text", "singlevaluelist",
                            "multivaluelist",
                        ]
                    },
                    "required": YES_NO,
                    "datatype_description": MAYBE,
                    "order": {"type": "integer", "minimum": 1},
                    "description": MAYBE,
                },
                {"values": list_of(thing({"key": TEXT, "name": TEXT}), minItems=1)},
            )
        ),
    }
)  # fmt: skip
REQUEST: Schema = {
    "service_request_id": TEXT,
    "status": {"enum": ["open", "closed"]},
    "status_notes": MAYBE,
    "service_name": MAYBE,
    "service_code": TEXT,
    "description": {"type": ["string", "null"], "maxLength": 4000},
    "agency_responsible": MAYBE,
    "service_notice": MAYBE,
    "requested_datetime": MOMENT,
    "updated_datetime": MAYBE_MOMENT,
    "expected_datetime": MAYBE_MOMENT,
    "address": MAYBE,
    "address_id": MAYBE,
    "zipcode": MAYBE,
    "lat": NUMBER,
    "long": NUMBER,
    "media_url": MAYBE,
}
EXTENSIONS: Schema = {
    "attributes": list_of(thing({"label": TEXT, "name": TEXT, "code": TEXT, "value": TEXT})),
    "extended_attributes": thing({"state": TEXT, "supervision": TEXT}),
    "media_urls": list_of(TEXT),
    "notes": list_of(thing({"datetime": MOMENT, "description": TEXT, "type": TEXT})),
}
REQUESTS = list_of(thing(REQUEST), maxItems=1000)
EXTENDED_REQUESTS = list_of(thing(REQUEST | EXTENSIONS), maxItems=1000)
NOTICE: Schema = {"service_notice": TEXT, "account_id": MAYBE}
POSTED = list_of(
    {
        "oneOf": [
            thing({"service_request_id": TEXT} | NOTICE),
            thing({"token": TEXT} | NOTICE),
            thing(NOTICE),
        ]
    },
    minItems=1,
    maxItems=1,
)
TOKEN = list_of(
    thing({"service_request_id": {"type": "string"}, "token": TEXT}), minItems=1, maxItems=1
)
STATUS = {"type": "string", "pattern": "^[a-z_]+$"}
UPDATES = list_of(
    thing(
        {
            "update_id": TEXT,
            "service_request_id": TEXT,
            "status": STATUS,
            "updated_datetime": MOMENT,
            "description": TEXT,
            "media_url": {"type": "string"},
            "external_status_code": TEXT,
        }
    ),
    maxItems=1000,
)
TAKEN = list_of(thing({"update_id": TEXT}), minItems=1, maxItems=1)
ERRORS = list_of(thing({"code": {"type": "integer"}, "description": TEXT}), minItems=1)


def check(schema: Schema, body: Any) -> None:  # Any: JSON
    """Raise where the body is not as the schema says."""
    Draft202012Validator(schema).validate(body)
