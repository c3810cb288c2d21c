import { Stack, Token } from 'aws-cdk-lib';
import type * as bedrock from 'aws-cdk-lib/aws-bedrock';
import { type IConstruct } from 'constructs';
import { type AccessPermission } from './access';
import { profileRegionProblem } from './profile-ids';
import { areKnownToDiffer } from '../validation/environments';
import { unknownLength } from '../validation/rules';

/** A guardrail, whichever factory created it. */
export interface GuardrailDefinition {
  readonly id: string;
  readonly version: string;
  /** Region of the guardrail, if this app defines it. */
  readonly region?: string;
  /** Account of the guardrail, if this app defines it. */
  readonly account?: string;
  /** Guardrail profile, if the guardrail uses cross-Region inference. */
  readonly profileId?: string;
  readonly destinationRegions?: readonly string[];
  /** Customer managed key that encrypts the guardrail. */
  readonly kmsKeyArn?: string;
}

const GUARDRAIL_ID = /^[a-z0-9]+$/;
const GUARDRAIL_VERSION = /^(DRAFT|[1-9][0-9]{0,7})$/;
const KEY_ARN = /^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key\/[a-zA-Z0-9-]+$/;
const PROFILE_ID = /^[a-z0-9-]+\.guardrail\.v[0-9:]+$/;

/** Destination regions by profile, see "Permissions for invoking guardrails with cross-Region inference" in the Amazon Bedrock User Guide. */
const DESTINATION_REGIONS: Readonly<Record<string, readonly string[]>> = {
  'us.guardrail.v1:0': ['us-east-1', 'us-east-2', 'us-west-2'],
};

function destinationRegions({ profileId, destinationRegions: given }: GuardrailDefinition): readonly string[] {
  return profileId === undefined ? [] : given ?? DESTINATION_REGIONS[profileId] ?? [];
}

export function guardrailProblems(definition: GuardrailDefinition, modelRegion: string, stackAccount: string): string[] {
  const { id, version, region, account, profileId, kmsKeyArn } = definition;
  const mismatch = profileId === undefined ? undefined : profileRegionProblem(profileId, modelRegion, definition.destinationRegions);
  return [
    ...matches("'guardrailId' of", id, GUARDRAIL_ID, 'lower-case letters and digits, not the ARN'),
    ...matches("'version' of", version, GUARDRAIL_VERSION, "a number or 'DRAFT'"),
    ...matches("'kmsKeyArn' of", kmsKeyArn, KEY_ARN, 'the ARN of a key, not of an alias, because IAM policies name keys by their own ARN'),
    ...matches("'profileId' of", profileId, PROFILE_ID, "an ID such as 'us.guardrail.v1:0'"),
    ...(Token.isUnresolved(definition.destinationRegions) ? [unknownLength('destinationRegions')] : []),
    ...(profileId !== undefined && destinationRegions(definition).length === 0
      ? [`'promptPolicy.guardrail' with the 'profileId' '${profileId}' needs 'destinationRegions': the Regions of the profile`] : []),
    ...(profileId === undefined && definition.destinationRegions
      ? ["'promptPolicy.guardrail' has 'destinationRegions', but no guardrail profile"] : []),
    ...(mismatch === undefined ? [] : [`'promptPolicy.guardrail': ${mismatch}`]),
    ...(areKnownToDiffer(account, stackAccount)
      ? [`'promptPolicy.guardrail' must be in the account of the stack, ${stackAccount}, got one in ${account}; define it in a stack of that account`] : []),
    ...(areKnownToDiffer(region, modelRegion)
      ? [`'promptPolicy.guardrail' must be in the Region of 'model', ${modelRegion}, got one in ${region}`] : []),
  ];
}

/** Returns the guardrail profile of a guardrail, given by its ID or ARN, or undefined if the guardrail does not use cross-Region inference. */
export function profileOf(guardrail: bedrock.CfnGuardrail): string | undefined {
  const { crossRegionConfig } = guardrail;
  if (crossRegionConfig === undefined) return undefined;
  const profileId = Token.isUnresolved(crossRegionConfig) || !('guardrailProfileArn' in crossRegionConfig)
    ? undefined : crossRegionConfig.guardrailProfileArn.split('/').pop();
  if (profileId !== undefined && PROFILE_ID.test(profileId)) return profileId;
  throw new Error(`the guardrail profile of '${guardrail.node.path}' is only known at deployment; `
    + 'write ContentGuardrail.existing(guardrail.attrGuardrailId, { version, profileId, destinationRegions })');
}

function matches(part: string, value: string | undefined, pattern: RegExp, allowed: string): string[] {
  if (value === undefined || Token.isUnresolved(value) || pattern.test(value)) return [];
  return [`${part} 'promptPolicy.guardrail' must be ${allowed}, got '${value}'`];
}

/** IAM action of a guardrail check. */
export const GUARDRAIL_ACTION = 'bedrock:ApplyGuardrail';

/**
 * Returns the permissions to apply a guardrail: the guardrail, its profile in the destination Regions, and its key. Amazon Bedrock decrypts
 * the guardrail as the caller, see "Permissions to encrypt guardrails" in the Amazon Bedrock User Guide.
 */
export function guardrailPermissions(scope: IConstruct, definition: GuardrailDefinition, region: string): AccessPermission[] {
  const arn = (where: string, resource: string, resourceName: string): string =>
    Stack.of(scope).formatArn({ service: 'bedrock', region: where, resource, resourceName });
  const profiles = destinationRegions(definition).map((each) => arn(each, 'guardrail-profile', definition.profileId!));
  return [
    { action: GUARDRAIL_ACTION, resources: [arn(region, 'guardrail', definition.id), ...profiles] },
    ...(definition.kmsKeyArn === undefined ? [] : [{ action: 'kms:Decrypt', resources: [definition.kmsKeyArn] }]),
  ];
}
