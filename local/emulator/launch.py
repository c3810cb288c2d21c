"""Starts MiniStack with patches. Usage: `launch.py [PATCH ...]`, with the names in `PATCHES`.

`local/differences.ts` explains why each patch is needed. A patch wraps a function of the pinned MiniStack version
and fails if the function does not exist.
"""

import functools
import json
import os
import signal
import sys
import threading


def wrap(module, name, make):
    """Replaces a function of the emulator with `make(original)`."""
    original = getattr(module, name, None)
    if not callable(original):
        sys.exit(f"cannot patch the emulator: {module.__name__} has no function '{name}'; check the MiniStack version")
    setattr(module, name, functools.wraps(original)(make(original)))


def api_key_identity():
    """Adds the API key to the Lambda event of methods that require one, as API Gateway does."""
    from ministack.services import apigateway_v1 as gateway

    for needed in ("_resolve_api_key", "_api_key_from_request"):
        if not callable(getattr(gateway, needed, None)):
            sys.exit(f"cannot patch the emulator: apigateway_v1 has no function '{needed}'; check the MiniStack version")

    def make(build_event):
        def with_api_key(api_id, stage_name, stage, resource, path, method, headers, *rest, **options):
            event = build_event(api_id, stage_name, stage, resource, path, method, headers, *rest, **options)
            methods = resource.get("resourceMethods", {})
            if (methods.get(method) or methods.get("ANY") or {}).get("apiKeyRequired"):
                key = gateway._resolve_api_key(gateway._api_key_from_request(headers))
                if key:
                    event["requestContext"]["identity"].update(apiKey=key["value"], apiKeyId=key["id"])
            return event

        return with_api_key

    wrap(gateway, "_build_lambda_event_v1", make)


def domain_name():
    """Adds the domain name to the Lambda event, as API Gateway does. It is the host of the proxy."""
    from ministack.services import apigateway_v1 as gateway

    def make(build_event):
        def with_domain_name(api_id, stage_name, stage, resource, path, method, headers, *rest, **options):
            event = build_event(api_id, stage_name, stage, resource, path, method, headers, *rest, **options)
            event["requestContext"]["domainName"] = headers.get("x-forwarded-host") or headers.get("host", "")
            return event

        return with_domain_name

    wrap(gateway, "_build_lambda_event_v1", make)


def secure_transport():
    """Sets `aws:SecureTransport` to true in policy evaluation, although local requests use HTTP."""
    from ministack import app

    wrap(app, "pin_request_origin", lambda pin: lambda source_ip, _secure: pin(source_ip, True))


def forwarded_host():
    """Verifies signatures with the host that the client signed, which is the host of the proxy."""
    from ministack.core import sigv4

    def make(build_headers):
        def with_forwarded_host(headers, signed_headers):
            host = headers.get("x-forwarded-host") or headers.get("host", "")
            return build_headers({**headers, "host": host}, signed_headers)

        return with_forwarded_host

    wrap(sigv4, "build_canonical_headers", make)


def source_vpce():
    """Adds the VPC endpoint of a private API to the evaluation of its resource policy: the proxy takes the place of the endpoint."""
    from ministack.core import iam_evaluator
    from ministack.services import apigateway_v1 as gateway

    def make(resolve):
        def with_source_vpce(key, context):
            if key.lower() != "aws:sourcevpce" or context.action != "execute-api:Invoke":
                return resolve(key, context)
            _arn, _partition, _service, region, account, resource = context.resource_arn.split(":", 5)
            api = gateway._rest_apis.get_scoped(account, region, resource.split("/")[0]) or {}
            # the emulator keeps the capital letters of CloudFormation
            endpoints = api.get("endpointConfiguration", {}).get("VpcEndpointIds") or [None]
            return endpoints[0]

        return with_source_vpce

    wrap(iam_evaluator, "_resolve_condition_key", make)


def event_conditions():
    """Adds the source and the detail type of PutEvents requests to policy evaluation."""
    from ministack.core import iam_actions

    def make(tag_context):
        def with_event_conditions(service, iam_action, body, params):
            context = tag_context(service, iam_action, body, params)
            if iam_action != "events:PutEvents":
                return context
            # the handlers send one event per request
            (event,) = json.loads(body)["Entries"]
            return {**context, "events:source": event["Source"], "events:detail-type": event["DetailType"]}

        return with_event_conditions

    wrap(iam_actions, "request_tag_context", make)


PATCHES = {
    "api-key-identity": api_key_identity,
    "domain-name": domain_name,
    "event-conditions": event_conditions,
    "forwarded-host": forwarded_host,
    "secure-transport": secure_transport,
    "source-vpce": source_vpce,
}


def exit_with_parent():
    """Kills the process group when the parent exits, which closes the standard input."""

    def wait_for_parent():
        while os.read(0, 1024):
            pass
        # not the group of an interactive shell
        if os.getpgrp() != os.getpid():
            os._exit(1)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    threading.Thread(target=wait_for_parent, daemon=True).start()


def main():
    names = sys.argv[1:]
    unknown = [name for name in names if name not in PATCHES]
    if unknown:
        sys.exit(f"unknown patches {unknown}; use {sorted(PATCHES)}")
    for name in names:
        PATCHES[name]()
    exit_with_parent()

    sys.argv = ["ministack"]
    from ministack.app import main as ministack

    ministack()


if __name__ == "__main__":
    main()
