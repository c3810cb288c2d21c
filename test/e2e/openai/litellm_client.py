"""Calls an image API by LiteLLM: one JSON request a line on stdin, one JSON answer a line on stdout."""

import base64
import io
import json
import os
import sys

# its price list would come from the net
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import litellm  # noqa: E402


def call(action, baseUrl, apiKey, params=None, files=None):
    options = {"model": "openai/gpt-image-1", **(params or {}), "api_base": baseUrl, "api_key": apiKey}
    if action == "generate":
        return litellm.image_generation(**options).model_dump()
    loaded = {}
    for name, data in (files or {}).items():
        loaded[name] = io.BytesIO(base64.b64decode(data))
        loaded[name].name = f"{name}.png"
    return litellm.image_edit(**options, **loaded).model_dump()


out = sys.stdout
# it prints advice
sys.stdout = sys.stderr
for line in sys.stdin:
    try:
        answer = call(**json.loads(line))
    except Exception as error:  # its own exceptions have no common class
        answer = {"error": type(error).__name__, "status": getattr(error, "status_code", None), "message": str(error)}
    print(json.dumps(answer, default=str), file=out, flush=True)
