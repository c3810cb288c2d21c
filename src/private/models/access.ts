import { Stack, Token } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import { ANY_REGION } from '../contract/models/inference-profiles';

/** An IAM permission that a model call needs. */
export interface AccessPermission {
  readonly action: string;
  readonly resources: readonly string[];
  /** Restricts the permission to calls through these inference profiles. */
  readonly profileArns?: readonly string[];
}

/** How and where a model is called. */
export interface ModelAccess {
  /** Region of the endpoint. Undefined for the Region of the stack. */
  readonly region?: string;
  /** Regions to which an inference profile can route the call. */
  readonly destinationRegions: readonly string[];
  /** ARN of the model, if the user gave it. */
  readonly arn?: string;
  permissions(scope: IConstruct): AccessPermission[];
}

/** Converse requires this action as well. */
const INVOKE_MODEL = 'bedrock:InvokeModel';

/** A foundation model, called by its id. */
export class FoundationModelAccess implements ModelAccess {
  public readonly destinationRegions: readonly string[] = [];

  constructor(private readonly modelId: string, public readonly region?: string) {}

  public permissions(scope: IConstruct): AccessPermission[] {
    const region = this.region ?? Stack.of(scope).region;
    return [{ action: INVOKE_MODEL, resources: [foundationModelArn(scope, region, this.modelId)] }];
  }
}

/** Foundation models, called by the ids of inference profiles: a prefix such as `us.` and the model id. */
export class InferenceProfileAccess implements ModelAccess {
  constructor(
    private readonly profileIds: readonly string[], public readonly destinationRegions: readonly string[], public readonly region?: string,
  ) {}

  /**
   * Allows the profiles, and their models in all destination Regions if called through the profiles. Two statements hold all of them: a
   * profile serves only its own model, and the inline policies of a role have at most 10,240 characters.
   */
  public permissions(scope: IConstruct): AccessPermission[] {
    const source = this.region ?? Stack.of(scope).region;
    const profileArns = this.profileIds.map((id) => profileArn(scope, source, id));
    // IAM evaluates calls through a global profile in the source region, and once more without a Region
    const regions = this.destinationRegions.includes(ANY_REGION) ? [source, ''] : this.destinationRegions;
    const modelArns = this.profileIds.flatMap((id) => regions.map((region) => foundationModelArn(scope, region, withoutPrefix(id))));
    return [{ action: INVOKE_MODEL, resources: profileArns }, { action: INVOKE_MODEL, resources: modelArns, profileArns }];
  }
}

/** A model with Provisioned Throughput, called by its ARN. */
export class ProvisionedModelAccess implements ModelAccess {
  public readonly destinationRegions: readonly string[] = [];

  constructor(public readonly arn: string, public readonly region: string) {}

  public permissions(): AccessPermission[] {
    return [{ action: INVOKE_MODEL, resources: [this.arn] }];
  }
}

/** A SageMaker endpoint, called by its name. */
export class EndpointAccess implements ModelAccess {
  public readonly destinationRegions: readonly string[] = [];

  constructor(private readonly name: string, public readonly region?: string, public readonly arn?: string) {}

  public permissions(scope: IConstruct): AccessPermission[] {
    // SageMaker lower-cases names in ARNs, and IAM compares ARNs case-sensitively
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
