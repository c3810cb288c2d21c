import { ServiceError } from '../service-error';

export function validationError(message: string): ServiceError {
  return new ServiceError(400, 'ValidationException', message);
}

/** Returns the error for a body that violates the schema of the model. */
export function malformedInput(violations: readonly string[]): ServiceError {
  const summary = violations.length === 1 ? violations[0] : `${violations.length} schema violations found: ${violations.join('; ')}`;
  return validationError(`Malformed input request: ${summary}, please reformat your input and try again.`);
}

/** Returns the content filter error of Nova Canvas and Titan. */
export function contentBlocked(content: 'text prompt' | 'input image'): ServiceError {
  return validationError(`This request has been blocked by our content filters. Please adjust your ${content} to submit a new request.`);
}

export function unknownModel(): ServiceError {
  return validationError('The provided model identifier is invalid.');
}

export function onDemandNotSupported(modelId: string): ServiceError {
  return validationError(`Invocation of model ID ${modelId} with on-demand throughput isn't supported. `
    + 'Retry your request with the ID or ARN of an inference profile that contains this model.');
}

export function endOfLife(): ServiceError {
  return new ServiceError(404, 'ResourceNotFoundException',
    'This model version has reached the end of its life. Please refer to the AWS documentation for more details.');
}

export function missingSignature(): ServiceError {
  return new ServiceError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
}

export function invalidSignature(): ServiceError {
  return new ServiceError(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
}

export function missingSubscription(): ServiceError {
  return new ServiceError(403, 'AccessDeniedException',
    'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions '
    + '(aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. '
    + 'Refer to the Amazon Bedrock documentation for further details. '
    + 'Your AWS Marketplace subscription for this model cannot be completed at this time. '
    + 'If you recently fixed this issue, try again after 2 minutes.');
}

export function throttled(): ServiceError {
  return new ServiceError(429, 'ThrottlingException', 'Too many requests, please wait before trying again.');
}

export function modelFailed(modelId: string): ServiceError {
  return new ServiceError(424, 'ModelErrorException', 'The request failed due to an error while processing the model.',
    { originalStatusCode: 500, resourceName: modelId });
}

export function modelTimedOut(): ServiceError {
  return new ServiceError(408, 'ModelTimeoutException', 'The request took too long to process. Processing time exceeded the model timeout length.');
}

export function modelNotReady(): ServiceError {
  return new ServiceError(429, 'ModelNotReadyException', 'The model specified in the request is not ready to serve inference requests.');
}

export function quotaExceeded(): ServiceError {
  return new ServiceError(400, 'ServiceQuotaExceededException', 'Your request exceeds the service quota for your account.');
}

export function unavailable(): ServiceError {
  return new ServiceError(503, 'ServiceUnavailableException', "The service isn't currently available. Try again later.");
}

export function internalError(): ServiceError {
  return new ServiceError(500, 'InternalServerException',
    'The system encountered an unexpected error during processing. Try your request again.');
}

export function bodyTooLarge(limit: number): ServiceError {
  return new ServiceError(413, 'RequestEntityTooLargeException', `The request body must be at most ${limit} bytes.`);
}

export function unknownOperation(): ServiceError {
  return new ServiceError(404, 'UnknownOperationException', 'Unable to determine service/operation name to be authorized');
}
