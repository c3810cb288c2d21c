"""Generates an image: an AWS Lambda function as a careful author writes it with boto3."""
import base64
import json
import os
import time
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

MODEL_ID = 'stability.stable-image-core-v1:1'
ASPECT_RATIOS = {'1:1', '16:9', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'}
FIELDS = {'prompt', 'negativePrompt', 'aspectRatio', 'seed', 'outputFormat'}
MAX_PROMPT = 10_000
MAX_SEED = 4_294_967_294
EXPIRES_IN = 3600
RETENTION_SECONDS = 30 * 24 * 3600
BUCKET = os.environ['BUCKET']
CLIENTS = json.loads(os.environ['CLIENTS'])

bedrock = boto3.client('bedrock-runtime', config=Config(read_timeout=60, retries={'mode': 'standard'}))
# version 4: objects with a KMS key reject version 2
s3 = boto3.client('s3', config=Config(signature_version='s3v4', retries={'mode': 'standard'}))
dynamodb = boto3.client('dynamodb', config=Config(retries={'mode': 'standard'}))


def response(status, body):
    return {'statusCode': status, 'headers': {'Content-Type': 'application/json'}, 'body': json.dumps(body)}


def problems(data):
    if not isinstance(data, dict):
        return ['the body must be a JSON object']
    found = [f'{name} is not a field' for name in data if name not in FIELDS]
    for name in ('prompt', 'negativePrompt'):
        value = data.get(name)
        if (name == 'prompt' or value is not None) and not (isinstance(value, str) and 0 < len(value.strip()) and len(value) <= MAX_PROMPT):
            found.append(f'{name} must be a text of 1 to {MAX_PROMPT} characters')
    if data.get('aspectRatio', '1:1') not in ASPECT_RATIOS:
        found.append(f'aspectRatio must be one of {", ".join(sorted(ASPECT_RATIOS))}')
    seed = data.get('seed', 0)
    if not (isinstance(seed, int) and not isinstance(seed, bool) and 0 <= seed <= MAX_SEED):
        found.append(f'seed must be a whole number from 0 to {MAX_SEED}')
    if data.get('outputFormat', 'png') not in ('png', 'jpeg'):
        found.append('outputFormat must be png or jpeg')
    return found


def parse(body):
    try:
        return json.loads(body or '')
    except ValueError:
        return None


def model_request(data):
    request = {
        'prompt': data['prompt'],
        'mode': 'text-to-image',
        'aspect_ratio': data.get('aspectRatio', '1:1'),
        'output_format': data.get('outputFormat', 'png'),
        'seed': data.get('seed', 0),
    }
    if 'negativePrompt' in data:
        request['negative_prompt'] = data['negativePrompt']
    return json.dumps(request)


def store(owner, data, result):
    image_id = str(uuid.uuid4())
    image_format = data.get('outputFormat', 'png')
    key = f'images/{owner}/{image_id}.{image_format}'
    image = base64.b64decode(result['images'][0])
    s3.put_object(Bucket=BUCKET, Key=key, Body=image, ContentType=f'image/{image_format}')
    now = int(time.time())
    dynamodb.put_item(TableName=os.environ['TABLE'], Item={
        'pk': {'S': owner},
        'sk': {'S': f'IMG#{image_id}'},
        'prompt': {'S': data['prompt']},
        'model': {'S': MODEL_ID},
        'key': {'S': key},
        'bytes': {'N': str(len(image))},
        'seed': {'N': str(result['seeds'][0])},
        'createdAt': {'N': str(now)},
        'ttl': {'N': str(now + RETENTION_SECONDS)},
    })
    return image_id, key


def handler(event, context):
    owner = CLIENTS.get(event['requestContext']['identity'].get('apiKeyId'))
    if owner is None:
        return response(403, {'message': 'the API key does not belong to a client'})
    data = parse(event.get('body'))
    found = problems(data)
    if found:
        return response(400, {'message': '; '.join(found)})
    try:
        raw = bedrock.invoke_model(modelId=MODEL_ID, contentType='application/json', accept='application/json', body=model_request(data))
        result = json.loads(raw['body'].read())
    except ClientError as error:
        if error.response['Error']['Code'] == 'ThrottlingException':
            return response(429, {'message': 'the model is busy'})
        raise
    if result['finish_reasons'][0] is not None:
        return response(422, {'message': f'filtered: {result["finish_reasons"][0]}'})
    image_id, key = store(owner, data, result)
    url = s3.generate_presigned_url('get_object', Params={'Bucket': BUCKET, 'Key': key}, ExpiresIn=EXPIRES_IN)
    return response(201, {'id': image_id, 'url': url, 'seed': result['seeds'][0], 'model': MODEL_ID})
