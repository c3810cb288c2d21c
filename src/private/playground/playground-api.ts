import { type Duration, Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { type IConstruct } from 'constructs';
import { type ApiAuthBinding } from '../../api-auth-binding';
import { type CallerCredentials } from '../auth/caller-credentials';
import { integrationTimeout } from '../gateway/integration-timeout';
import { STAGE_NAME } from '../gateway/rest-api';
import { type ResolvedProps } from '../validation/resolve-props';

/** What the playground of an API needs to know about it. */
export interface PlaygroundApi {
  /** Host of the invoke URL. */
  readonly host: string;
  /** Path of the stage, with a leading slash. */
  readonly stagePath: string;
  readonly bucketName: string;
  /** Host of presigned URLs. */
  readonly imagesHost: string;
  readonly region: string;
  readonly credentials: CallerCredentials;
  readonly hasStandardRoutes: boolean;
  /** Whether the API can be called through a VPC endpoint only. */
  readonly isPrivate: boolean;
  readonly isQueued: boolean;
  readonly retentionDays: number;
  /** Time after which API Gateway responds at the latest. */
  readonly timeout: Duration;
}

/** An API with the resources that the playground reads. */
export interface PlaygroundSource extends IConstruct {
  readonly restApi: apigateway.RestApi;
  readonly bucket: s3.IBucket;
  readonly queue?: unknown;
}

/**
 * References the REST API and the bucket only. Neither depends on the handler or on an authorizer, so that these can depend on the playground,
 * for example on the URL of a page in an app client.
 */
export function playgroundApi({ restApi, bucket, queue }: PlaygroundSource, props: ResolvedProps, auth: ApiAuthBinding): PlaygroundApi {
  const { region, urlSuffix } = Stack.of(restApi);
  return {
    host: `${restApi.restApiId}.execute-api.${region}.${urlSuffix}`,
    stagePath: `/${STAGE_NAME}`,
    bucketName: bucket.bucketName,
    // the endpoint that the SDK of the handler signs; the attribute RegionalDomainName is not documented for each Region
    imagesHost: `${bucket.bucketName}.s3.${region}.${urlSuffix}`,
    region,
    credentials: props.auth._credentials(auth),
    hasStandardRoutes: props.routeSets.some(({ set }) => set === 'standard'),
    isPrivate: props.network?.privateEndpoint !== undefined,
    isQueued: queue !== undefined,
    retentionDays: props.storage.expiration.toDays(),
    timeout: integrationTimeout(props.compute.timeout),
  };
}
