"""The AWS CLI of the walkthrough tests. Usage: `aws.py SERVICE OPERATION --name value ...`, `aws.py s3 rb s3://bucket --force`.

Validates commands by the API models of botocore, as the AWS CLI does, and sends them to the emulator at AWS_ENDPOINT_URL. The emulator
has no models to subscribe to, so the responses of these operations are supplied.
"""

import json
import sys

import botocore.session
import jmespath
from botocore import xform_name
from botocore.validate import validate_parameters

SUPPLIED = {
    "ListFoundationModelAgreementOffers": {"modelId": "m", "offers": [{"offerToken": "token"}]},
    "CreateFoundationModelAgreement": {"modelId": "m"},
    "GetFoundationModelAvailability": {"modelId": "m", "agreementAvailability": {"status": "AVAILABLE"}},
}


def parse(args, members):
    """Splits the options into the parameters of the operation and those of the CLI."""
    names = {xform_name(name, "-"): name for name in members}
    params, options = {}, {}
    rest = list(args)
    while rest:
        option = rest.pop(0)
        name = option.removeprefix("--")
        if not option.startswith("--") or name not in {*names, "query", "output", "region"}:
            sys.exit(f"unknown option {option}")
        if name not in names:
            options[name] = rest.pop(0)
        elif members[names[name]].type_name == "boolean":
            params[names[name]] = True
        else:
            params[names[name]] = value_of(rest.pop(0), members[names[name]])
    return params, options


def value_of(text, shape):
    """Converts the shorthand syntax of a list with one structure, for example `op=replace,path=/x`."""
    if shape.type_name != "list":
        return text
    return [dict(pair.split("=", 1) for pair in text.split(","))]


def call(client, operation, params):
    model = client.meta.service_model.operation_model(operation)
    if operation in SUPPLIED:
        validate_parameters(params, model.input_shape)
        return SUPPLIED[operation]
    return getattr(client, xform_name(operation))(**params)


def remove_bucket(session, url):
    client = session.create_client("s3")
    bucket = url.removeprefix("s3://")
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for item in page.get("Contents", []):
            client.delete_object(Bucket=bucket, Key=item["Key"])
    client.delete_bucket(Bucket=bucket)


def main():
    session = botocore.session.get_session()
    if sys.argv[1:3] == ["s3", "rb"]:
        url, *options = sys.argv[3:]
        if options != ["--force"]:
            sys.exit(f"unknown options {options}")
        return remove_bucket(session, url)
    service, command, *args = sys.argv[1:]
    client = session.create_client(service)
    operation = client.meta.method_to_api_mapping[command.replace("-", "_")]
    shape = client.meta.service_model.operation_model(operation).input_shape
    params, options = parse(args, shape.members if shape else {})
    response = call(client, operation, params)
    response.pop("ResponseMetadata", None)
    result = jmespath.search(options["query"], response) if "query" in options else response
    if options.get("output") == "text":
        print("\t".join(map(str, result)) if isinstance(result, list) else result)
    else:
        print(json.dumps(result, indent=2, default=str))


main()
