import { ServiceError } from '../service-error';

const ACCOUNT = '000000000000';

export function missingEndpoint(name: string): ServiceError {
  return validationError(`Endpoint ${name} of account ${ACCOUNT} not found.`);
}

export function validationError(message: string): ServiceError {
  return new ServiceError(400, 'ValidationError', message);
}

/** Returns the SageMaker error that wraps an error of the container. */
export function modelError(status: number, message: string, endpoint: string): ServiceError {
  const source = status < 500 ? 'client' : 'server';
  return new ServiceError(424, 'ModelError', `Received ${source} error (${status}) from primary with message "${message}". `
    + `See the endpoint's log group in account ${ACCOUNT} for more information.`, {
    ErrorCode: status < 500 ? 'CLIENT_ERROR_FROM_MODEL' : 'INTERNAL_FAILURE_FROM_MODEL',
    OriginalStatusCode: status,
    OriginalMessage: message,
    LogStreamArn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/sagemaker/Endpoints/${endpoint}`,
  });
}

/** Returns the common throttling error of AWS services, with status code 400. */
export function throttled(): ServiceError {
  return new ServiceError(400, 'ThrottlingException', 'Rate exceeded');
}

export function notReady(): ServiceError {
  return new ServiceError(429, 'ModelNotReadyException', 'The endpoint is not ready to serve the model. Wait and try your request again.');
}

export function unavailable(): ServiceError {
  return new ServiceError(503, 'ServiceUnavailable', 'The service is unavailable. Try your call again.');
}

export function internalFailure(): ServiceError {
  return new ServiceError(500, 'InternalFailure', 'An internal failure occurred.');
}

export function accessDenied(endpoint: string): ServiceError {
  return new ServiceError(403, 'AccessDeniedException', `User is not authorized to perform: sagemaker:InvokeEndpoint on resource: ${endpoint}`);
}
