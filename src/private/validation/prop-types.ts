// the main module loads Amazon EC2 on first use, and few apps have a VPC
import { aws_ec2 as ec2, RemovalPolicy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { duration, flag, instanceOf, lazily, listOf, memberOf, misspelledOptions, number, optionsOf, resource, text, type ValueType } from './value-types';
import { ApiAuth } from '../../api-auth';
import { ApiRoutes } from '../../api-routes';
import { ContentGuardrail } from '../../content-guardrail';
import { Delivery } from '../../delivery';
import { type GenAiImageApiProps } from '../../genai-image-api-props';
import { ImageEdits } from '../../image-edits';
import { ImageModel } from '../../image-model';
import { ImageStorage } from '../../image-storage';
import { PromptRetention } from '../../prompt-policy';
import { TextModel } from '../../text-model';

const model = instanceOf(ImageModel, 'for example ImageModel.STABLE_IMAGE_CORE');

const SUBNETS = optionsOf({
  subnetType: lazily(() => memberOf('ec2.SubnetType', ec2.SubnetType)),
  subnetGroupName: text,
  availabilityZones: listOf(text, 'strings'),
  onePerAz: flag,
  subnetFilters: listOf(resource('a subnet filter', 'selectSubnets', 'for example ec2.SubnetFilter.byIds(ids)'), 'subnet filters'),
  subnets: listOf(resource('a subnet', 'subnetId', "for example ec2.Subnet.fromSubnetId(this, 'Subnet', id)"), 'subnets'),
});

const TYPES: Readonly<Record<keyof GenAiImageApiProps, ValueType>> = {
  model,
  additionalModels: listOf(model, 'ImageModel'),
  textModel: instanceOf(TextModel, 'for example TextModel.NOVA_2_LITE'),
  edits: instanceOf(ImageEdits, 'for example ImageEdits.all()'),
  auth: instanceOf(ApiAuth, 'for example ApiAuth.iam()'),
  routes: listOf(instanceOf(ApiRoutes, 'for example ApiRoutes.standard()'), 'ApiRoutes'),
  corsOrigins: listOf(text, 'strings'),
  limits: optionsOf({ rateLimit: number, burstLimit: number, dailyBudgetUsd: number, dailyBudgetUsdPerOwner: number }),
  delivery: instanceOf(Delivery, 'for example Delivery.queued()'),
  presignTtl: duration,
  storage: instanceOf(ImageStorage, 'write ImageStorage.managed(), or ImageStorage.existing(bucket)'),
  promptPolicy: optionsOf({
    maxChars: number,
    deny: listOf(text, 'strings'),
    guardrail: instanceOf(ContentGuardrail, 'write ContentGuardrail.of(guardrail) or ContentGuardrail.existing(id, { version })'),
    retention: memberOf('PromptRetention', PromptRetention),
  }),
  encryptionKey: resource('a KMS key', 'keyArn', "for example new kms.Key(this, 'Key'), or kms.Key.fromKeyArn(this, 'Key', arn)"),
  removalPolicy: memberOf('RemovalPolicy', RemovalPolicy),
  compute: optionsOf({
    memorySize: number,
    timeout: duration,
    logRetention: memberOf('logs.RetentionDays', logs.RetentionDays),
    reservedConcurrency: number,
    provisionedConcurrency: number,
    tracing: memberOf('lambda.Tracing', lambda.Tracing),
    role: resource('an IAM role', 'roleArn', "for example iam.Role.fromRoleArn(this, 'Role', arn)"),
    permissionsBoundary: resource('a managed policy', 'managedPolicyArn', "for example iam.ManagedPolicy.fromManagedPolicyName(this, 'Boundary', name)"),
  }),
  network: optionsOf({
    vpc: resource('a VPC', 'vpcId', "for example ec2.Vpc.fromLookup(this, 'Vpc', { vpcId })"),
    vpcSubnets: SUBNETS,
    securityGroups: listOf(resource('a security group', 'securityGroupId', "for example ec2.SecurityGroup.fromSecurityGroupId(this, 'Group', id)"), 'security groups'),
    createEndpoints: flag,
    privateEndpoint: resource('a VPC endpoint', 'vpcEndpointId', 'for example vpc.addInterfaceEndpoint()'),
  }),
};

/** Returns the props whose values have wrong types. The rules of values assume the right types. */
export function propTypeProblems(props: GenAiImageApiProps): string[] {
  if (typeof props !== 'object' || props === null) return ['the props must be an object, for example { model: ImageModel.STABLE_IMAGE_CORE }'];
  return Object.entries(TYPES).flatMap(([name, type]) => {
    const value: unknown = props[name as keyof GenAiImageApiProps];
    return value === undefined ? [] : type(name, value);
  });
}

/** Returns props that do not exist, but are almost named like one. Interfaces that extend the props have other props. */
export function misspelledProps(props: GenAiImageApiProps): { readonly given: string; readonly known: string }[] {
  return misspelledOptions(props, Object.keys(TYPES));
}
