"""Calls an image API by OpenAI's own SDK: one JSON request a line on stdin, one JSON answer a line on stdout."""

import base64
import json
import sys

import openai


def call(action, baseUrl, apiKey, params=None, files=None):
    client = openai.OpenAI(base_url=baseUrl, api_key=apiKey)
    params = params or {}
    loaded = {name: (f"{name}.png", base64.b64decode(data), "image/png") for name, data in (files or {}).items()}
    if action == "generate":
        return client.images.generate(**params).to_dict()
    if action == "edit":
        return client.images.edit(**params, **loaded).to_dict()
    if action == "models":
        return {"ids": [model.id for model in client.models.list()]}
    return {"events": [event.to_dict() for event in client.images.generate(**params, stream=True)]}


for line in sys.stdin:
    try:
        answer = call(**json.loads(line))
    except openai.APIError as error:
        answer = {
            "error": type(error).__name__, "status": getattr(error, "status_code", None), "code": error.code, "type": error.type,
            "param": error.param, "message": error.message, "requestId": getattr(error, "request_id", None),
        }
    print(json.dumps(answer), flush=True)
