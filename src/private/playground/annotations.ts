import { Annotations, Aspects, type Duration } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import { MAX_ORIGIN_TIMEOUT } from './distribution';

const ID = 'cdk-genai-image-api';

export function warnLongRequests(scope: IConstruct, apiTimeout: Duration): void {
  if (apiTimeout.toMilliseconds() < MAX_ORIGIN_TIMEOUT.toMilliseconds()) return;
  Annotations.of(scope).addWarningV2(
    `${ID}:playgroundTimeout`,
    `requests of the page end after ${MAX_ORIGIN_TIMEOUT.toHumanString()}, the default quota of CloudFront, but 'compute.timeout' of the API is longer; `
    + 'lower it, or set \'delivery\' of the API to Delivery.queued()',
  );
}

/** The firewall can be added after the playground, so it is looked up at synthesis. */
export function warnIpLimit(scope: IConstruct, hasFirewall: () => boolean): void {
  let isDone = false;
  Aspects.of(scope).add({
    visit: () => {
      if (isDone || !hasFirewall()) return;
      isDone = true;
      Annotations.of(scope).addWarningV2(
        `${ID}:playgroundIpLimit`,
        "'requestsPerIp' of addFirewall() counts the requests of all users of the page together, because they come from addresses of CloudFront; "
        + 'raise it if users get 403 responses with the code FORBIDDEN',
      );
    },
  });
}
