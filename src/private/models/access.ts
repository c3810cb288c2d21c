import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ANY_REGION } from '../contract/models/inference-profiles';

/** What IAM has to allow for a call. */
export interface AccessPermission {
  readonly action: string;
  readonly resources: readonly string[];
  /** Allowed on behalf of these inference profiles only. */
  readonly profileArns?: readonly string[];
}

/** How a model is called, and where. */
export interface ModelAccess {
  /** Region of the endpoint; absent: the stack's. */
  readonly region?: string;
  /** Regions that may serve the call. */
  readonly destinationRegions: readonly string[];
  permissions(scope: IConstruct): AccessPermission[];
}

/** Converse asks for it as well. */
const INVOKE_MODEL = 'bedrock:InvokeModel';

/** A foundation model by its id. */
export class FoundationModelAccess implements ModelAccess {
  public readonly destinationRegions: readonly string[] = [];

  constructor(private readonly modelId: string, public readonly region?: string) {}

  public permissions(scope: IConstruct): AccessPermission[] {
    const region = this.region ?? Stack.of(scope).region;
    return [{ action: INVOKE_MODEL, resources: [foundationModelArn(scope, region, this.modelId)] }];
  }
}

/** A foundation model by the ids of inference profiles, each `us.` or the like before the id of a model. */
export class InferenceProfileAccess implements ModelAccess {
  constructor(private readonly profileIds: readonly string[], public readonly destinationRegions: readonly string[], public readonly region?: string) {}

  /**
   * The profiles, and their models wherever they send requests, but only through them. All in two statements: a profile serves
   * no other model than its own, so nothing is widened, and inline policies of a role end at 10,240 characters.
   */
  public permissions(scope: IConstruct): AccessPermission[] {
    const source = this.region ?? Stack.of(scope).region;
    const profileArns = this.profileIds.map((id) => profileArn(scope, source, id));
    // requests that may go anywhere are checked in the region they come from, and once more without a region
    const regions = this.destinationRegions.includes(ANY_REGION) ? [source, ''] : this.destinationRegions;
    const modelArns = this.profileIds.flatMap((id) => regions.map((region) => foundationModelArn(scope, region, withoutPrefix(id))));
    return [{ action: INVOKE_MODEL, resources: profileArns }, { action: INVOKE_MODEL, resources: modelArns, profileArns }];
  }
}

/** A provisioned model by its ARN. */
export class ProvisionedModelAccess implements ModelAccess {
  public readonly destinationRegions: readonly string[] = [];

  constructor(private readonly arn: string, public readonly region: string) {}

  public permissions(): AccessPermission[] {
    return [{ action: INVOKE_MODEL, resources: [this.arn] }];
  }
}

/** A SageMaker endpoint by its name. */
export class EndpointAccess implements ModelAccess {
  public readonly destinationRegions: readonly string[] = [];

  constructor(private readonly name: string, public readonly region?: string, private readonly arn?: string) {}

  public permissions(scope: IConstruct): AccessPermission[] {
    // SageMaker writes names in lower case into ARNs, and IAM compares letter by letter
    const resourceName = Token.isUnresolved(this.name) ? this.name : this.name.toLowerCase();
    const arn = this.arn ?? Stack.of(scope).formatArn({ service: 'sagemaker', region: this.region, resource: 'endpoint', resourceName });
    return [{ action: 'sagemaker:InvokeEndpoint', resources: [arn] }];
  }
}

function foundationModelArn(scope: IConstruct, region: string, resourceName: string): string {
  return Stack.of(scope).formatArn({ service: 'bedrock', region, account: '', resource: 'foundation-model', resourceName });
}

function profileArn(scope: IConstruct, region: string, resourceName: string): string {
  return Stack.of(scope).formatArn({ service: 'bedrock', region, resource: 'inference-profile', resourceName });
}

function withoutPrefix(profileId: string): string {
  return profileId.slice(profileId.indexOf('.') + 1);
}
