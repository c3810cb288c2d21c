import { Duration } from 'aws-cdk-lib';

/** Default quota of API Gateway. */
const GATEWAY_QUOTA = Duration.seconds(29);

/** Returns a timeout above that of the function, so that clients get the error response of the function. */
export function integrationTimeout(timeout: Duration): Duration {
  return timeout.isUnresolved() ? GATEWAY_QUOTA : Duration.seconds(timeout.toSeconds() + 1);
}

export function exceedsGatewayQuota(timeout: Duration): boolean {
  return !timeout.isUnresolved() && integrationTimeout(timeout).toMilliseconds() > GATEWAY_QUOTA.toMilliseconds();
}
