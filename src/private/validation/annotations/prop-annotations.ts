import { Annotations, Duration } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import { ANNOTATION_PREFIX } from './annotation-ids';

export function warnLongPresignTtl(scope: IConstruct, presignTtl: Duration): void {
  if (presignTtl.isUnresolved() || presignTtl.toMilliseconds() <= Duration.hours(1).toMilliseconds()) return;
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:presignTtl`,
    `a 'presignTtl' of ${presignTtl.toHumanString()} is an upper bound: URLs expire earlier when AWS rotates the credentials of the function that signed them; `
    + 'store image IDs and request new URLs',
  );
}

export function warnIntegrationTimeout(scope: IConstruct, timeout: Duration): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:integrationTimeout`,
    `'compute.timeout' requires an integration timeout of ${timeout.toSeconds()} seconds: deployment fails unless the quota `
    + '"Maximum integration timeout in milliseconds" of API Gateway was raised from 29 seconds in this account and Region',
  );
}

export function warnBucketNotEmpty(scope: IConstruct): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:bucketNotEmpty`,
    "'removalPolicy' is DESTROY, but CloudFormation cannot delete a bucket that contains images; "
    + "set 'storage' to ImageStorage.managed({ autoDeleteObjects: true }), or keep the default removal policy",
  );
}

export function warnMisspelledProp(scope: IConstruct, given: string, known: string): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:unknownProp`,
    `'${given}' is not a prop of GenAiImageApi and has no effect; did you mean '${known}'?`,
  );
}

export function noteIsolatedSubnets(scope: IConstruct): void {
  Annotations.of(scope).addInfoV2(
    `${ANNOTATION_PREFIX}:isolatedSubnets`,
    "the subnets of 'network' are isolated, so that functions reach AWS services through VPC endpoints only; set 'createEndpoints' to true, "
    + 'or make sure that the VPC has the endpoints in docs/network-and-protection.md',
  );
}

export function warnAlarmNotCreated(scope: IConstruct, name: string, remedy: string): void {
  Annotations.of(scope).addWarningV2(`${ANNOTATION_PREFIX}:alarmNotCreated:${name}`, `'${name}' of addAlarms() creates no alarm; ${remedy}`);
}

/** API Gateway writes the URL of a request into its segment of a trace. */
export function warnTracedPrompts(scope: IConstruct, path: string): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:tracedPrompts`,
    `'compute.tracing' writes the URLs of requests into AWS X-Ray, with the prompts in the query strings of 'GET ${path}'; remove 'tracing', or remove LegacyMethod.GET from the route`,
  );
}

export function warnUnusedQueue(scope: IConstruct): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:unusedQueue`,
    "'delivery' is Delivery.queued(), but no route creates jobs; add ApiRoutes.standard(), or a legacy route with LegacyReply.job(), to 'routes', or remove 'delivery'",
  );
}

export function warnBudgetBelowPrice(scope: IConstruct, name: string, budget: number, priceUsd: number): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:budgetBelowPrice`,
    `'limits.${name}' is $${budget}, but the cheapest image costs $${priceUsd}, so that no image can be generated; raise it to at least $${priceUsd}`,
  );
}
