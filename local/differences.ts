import { type SynthesizedStack } from './app/synthesize';
import { bootstrap, versionParameters } from './deployment/bootstrap';
import { type DeployedStack } from './deployment/create-stack';
import { BUCKET_DEPLOYMENT, replaceDeploymentsWithOutputs, uploadDeploymentFiles } from './deployment/repairs/bucket-deployment';
import { enableEncryption, enableTimeToLive } from './deployment/repairs/dynamodb-table';
import { createRequestValidators } from './deployment/repairs/request-validators';
import { putEncryption, putLifecycleRules, putOwnership } from './deployment/repairs/s3-bucket';
import { type Clients } from './emulator/clients';
import { bearerKeyPaths } from './template/bearer-key-paths';
import { resourcesOfType, type Template } from './template/template';
import { replaceCidrBlocks } from './template/vpc-cidr-blocks';
import { withoutResources } from './template/without-resources';

/** Data of one run that the differences use. */
export interface RunEnvironment {
  /** Whether the emulator evaluates IAM policies. */
  readonly auth: boolean;
  /** URL of the model service. */
  readonly modelUrl: string;
  /** Folder of the `node` executable that runs the handlers. */
  readonly nodeFolder: string;
}

/**
 * One difference between the local run and AWS:
 * - `dropped`: the template defines it, the local run does not support it
 * - `repaired`: the emulator's CloudFormation does not apply it, the local run sets it through the emulator's AWS API
 * - `supplied`: AWS or the account provides it, the local run provides a substitute
 */
export interface Difference {
  readonly kind: 'dropped' | 'repaired' | 'supplied';
  readonly feature: string;
  readonly reason: string;
  /** Returns the affected resources and parameters of a template. Without any, the difference is not printed. */
  readonly affected: (template: Template, run: RunEnvironment) => readonly string[];
  /** Changes the template before its deployment. */
  readonly replace?: (template: Template) => Template;
  /** Runs before the stacks are created. */
  readonly prepare?: (stacks: readonly SynthesizedStack[], clients: Clients) => Promise<void>;
  /** Runs after a stack was created. */
  readonly repair?: (stack: DeployedStack, clients: Clients) => Promise<void>;
  /** Environment variables of the emulator. The Lambda functions inherit them. */
  readonly environment?: (run: RunEnvironment) => Record<string, string>;
  /** Name of a patch in `emulator/launch.py`. */
  readonly patch?: string;
}

/** Types that the emulator's CloudFormation does not know. */
const NETWORK_DETAILS = ['AWS::EC2::FlowLog', 'AWS::EC2::SecurityGroupEgress', 'AWS::EC2::SecurityGroupIngress'];

/** The style of managed login, which the emulator's CloudFormation does not know. */
const LOGIN_STYLE = 'AWS::Cognito::ManagedLoginBranding';

const AUTO_DELETE_OBJECTS = 'Custom::S3AutoDeleteObjects';

const NOT_APPLIED = 'not applied by the emulator\'s CloudFormation';

/** All differences. Only those with `replace` change the synthesized template. */
export const DIFFERENCES: readonly Difference[] = [
  {
    kind: 'supplied',
    feature: 'models on Amazon Bedrock and Amazon SageMaker',
    reason: 'a local service with strict validation replaces them; the functions find it through environment variables',
    affected: resourceIds('AWS::Lambda::Function'),
    environment: ({ modelUrl }) => ({ AWS_ENDPOINT_URL_BEDROCK_RUNTIME: modelUrl, AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: modelUrl }),
  },
  {
    kind: 'supplied',
    feature: 'Node.js 24',
    reason: 'the emulator runs the first node on its PATH and ignores runtime, architecture and memory size',
    affected: resourceIds('AWS::Lambda::Function'),
    environment: ({ nodeFolder }) => ({ PATH: `${nodeFolder}:/usr/bin:/bin` }),
  },
  {
    kind: 'supplied',
    feature: 'bootstrap bucket and version parameter',
    reason: 'the template references them',
    affected: (template) => versionParameters({ template }),
    prepare: bootstrap,
  },
  {
    kind: 'supplied',
    feature: 'invoke URL',
    reason: 'a proxy on a local port replaces https://<api>.execute-api.<region>.amazonaws.com',
    affected: resourceIds('AWS::ApiGateway::RestApi'),
  },
  {
    kind: 'supplied',
    feature: 'requestContext.identity.apiKey and apiKeyId',
    reason: 'AWS passes the API key to the function, the emulator does not',
    affected: methodIds(({ ApiKeyRequired }) => ApiKeyRequired === true),
    patch: 'api-key-identity',
  },
  {
    kind: 'supplied',
    feature: 'API keys in Authorization: Bearer',
    reason: 'the emulator does not support usageIdentifierKey; the proxy copies the key to x-api-key',
    affected: bearerKeyPaths,
  },
  {
    kind: 'supplied',
    feature: 'requestContext.domainName',
    reason: 'AWS passes the domain name to the function, the emulator does not; it is the host of the proxy, without TLS',
    affected: resourceIds('AWS::ApiGateway::RestApi'),
    patch: 'domain-name',
  },
  {
    kind: 'supplied',
    feature: 'host of signed requests',
    reason: 'clients sign the host of the proxy, the emulator expects its own host',
    affected: methodIds(({ AuthorizationType }, { auth }) => auth && AuthorizationType === 'AWS_IAM'),
    patch: 'forwarded-host',
  },
  {
    kind: 'supplied',
    feature: 'aws:SecureTransport = true',
    reason: 'a policy requires TLS; local requests use HTTP',
    affected: (template, { auth }) => (auth ? resourceIdsWith('AWS::S3::BucketPolicy', 'PolicyDocument', 'aws:SecureTransport')(template) : []),
    patch: 'secure-transport',
  },
  {
    kind: 'supplied',
    feature: 'events:source and events:detail-type in policies',
    reason: 'the emulator does not support these condition keys of PutEvents',
    affected: (template, { auth }) => (auth ? resourceIdsWith('AWS::IAM::Policy', 'PolicyDocument', 'events:source')(template) : []),
    patch: 'event-conditions',
  },
  {
    kind: 'supplied',
    feature: 'VPC endpoint of a private API',
    reason: 'the proxy takes its place; with AUTH=true, the resource policy is evaluated with the id of the endpoint',
    affected: resourceIdsWith('AWS::ApiGateway::RestApi', 'EndpointConfiguration', 'PRIVATE'),
    patch: 'source-vpce',
  },
  {
    kind: 'repaired',
    feature: 'bucket lifecycle rules',
    reason: `${NOT_APPLIED}; the rules are set, but objects do not expire`,
    affected: resourceIdsWith('AWS::S3::Bucket', 'LifecycleConfiguration'),
    repair: putLifecycleRules,
  },
  {
    kind: 'repaired',
    feature: 'bucket encryption',
    reason: NOT_APPLIED,
    affected: resourceIdsWith('AWS::S3::Bucket', 'BucketEncryption'),
    repair: putEncryption,
  },
  {
    kind: 'repaired',
    feature: 'bucket object ownership',
    reason: NOT_APPLIED,
    affected: resourceIdsWith('AWS::S3::Bucket', 'OwnershipControls'),
    repair: putOwnership,
  },
  {
    kind: 'repaired',
    feature: 'table time to live',
    reason: NOT_APPLIED,
    affected: resourceIdsWith('AWS::DynamoDB::Table', 'TimeToLiveSpecification'),
    repair: enableTimeToLive,
  },
  {
    kind: 'repaired',
    feature: 'table encryption with a KMS key',
    reason: NOT_APPLIED,
    affected: resourceIdsWith('AWS::DynamoDB::Table', 'SSESpecification'),
    repair: enableEncryption,
  },
  {
    kind: 'repaired',
    feature: 'request validation in API Gateway',
    reason: NOT_APPLIED,
    affected: resourceIds('AWS::ApiGateway::RequestValidator'),
    repair: createRequestValidators,
  },
  {
    kind: 'repaired',
    feature: 'website files (BucketDeployment)',
    reason: 'its function requires the AWS CLI; the files are uploaded after the stack is created',
    affected: resourceIds(BUCKET_DEPLOYMENT),
    replace: replaceDeploymentsWithOutputs,
    repair: uploadDeploymentFiles,
  },
  {
    kind: 'repaired',
    feature: 'CidrBlock attribute of VPCs',
    reason: 'the emulator\'s CloudFormation does not have it; the local run uses the property',
    affected: resourceIds('AWS::EC2::VPC'),
    replace: replaceCidrBlocks,
  },
  {
    kind: 'repaired',
    feature: 'Content-Length of preflight responses',
    reason: 'the emulator returns 2 for an empty body, which strict clients reject; the proxy removes the header',
    affected: methodIds(({ HttpMethod }) => HttpMethod === 'OPTIONS'),
  },
  {
    kind: 'dropped',
    feature: 'selection of the CORS origin in preflight responses',
    reason: 'the emulator does not run response templates; it always returns the first origin',
    affected: methodIds(({ HttpMethod, Integration }) => HttpMethod === 'OPTIONS' && contains(Integration, 'responseOverride')),
  },
  {
    kind: 'dropped',
    feature: 'CloudFront',
    reason: 'its domain name does not resolve; the files are in the bucket, and a local server takes the place of the playground',
    affected: resourceIds('AWS::CloudFront::Distribution'),
  },
  {
    kind: 'supplied',
    feature: 'managed login',
    reason: 'its domain name does not resolve; the emulator has plain sign-in pages, whose callback URLs get the local page, and the local run creates a user',
    affected: resourceIds('AWS::Cognito::UserPoolDomain'),
    replace: withoutResources(({ Type }) => Type === LOGIN_STYLE),
  },
  {
    kind: 'dropped',
    feature: 'deletion of objects with their bucket (autoDeleteObjects)',
    reason: 'its function requires the AWS SDK of the Lambda runtime; all data is deleted with the emulator',
    affected: resourceIds(AUTO_DELETE_OBJECTS),
    replace: withoutResources(({ Type }) => Type === AUTO_DELETE_OBJECTS),
  },
  {
    kind: 'dropped',
    feature: 'AWS WAF',
    reason: 'the emulator creates web ACLs, but associates them with no stage; no request is blocked or logged',
    affected: resourceIds('AWS::WAFv2::WebACL'),
    replace: withoutResources(({ Type }) => ['AWS::WAFv2::WebACLAssociation', 'AWS::WAFv2::LoggingConfiguration'].includes(Type)),
  },
  {
    kind: 'dropped',
    feature: 'VPC of functions',
    reason: 'functions run as processes of this machine, with its network',
    affected: resourceIdsWith('AWS::Lambda::Function', 'VpcConfig'),
  },
  {
    kind: 'dropped',
    feature: 'VPC flow logs and separate security group rules',
    reason: 'the emulator has neither; it has no VPC traffic',
    affected: (template) => NETWORK_DETAILS.flatMap((type) => resourceIds(type)(template)),
    replace: withoutResources(({ Type }) => NETWORK_DETAILS.includes(Type)),
  },
  {
    kind: 'dropped',
    feature: 'alarms with metric math',
    reason: 'the emulator supports alarms of one metric only',
    affected: resourceIdsWith('AWS::CloudWatch::Alarm', 'Metrics'),
    replace: withoutResources(({ Type, Properties = {} }) => Type === 'AWS::CloudWatch::Alarm' && 'Metrics' in Properties),
  },
  {
    kind: 'dropped',
    feature: 'S3 server access logs',
    reason: 'the emulator does not write them',
    affected: resourceIdsWith('AWS::S3::Bucket', 'LoggingConfiguration'),
  },
  {
    kind: 'dropped',
    feature: 'API access log',
    reason: 'the emulator does not write it; function logs are available',
    affected: resourceIdsWith('AWS::ApiGateway::Stage', 'AccessLogSetting'),
  },
  {
    kind: 'dropped',
    feature: 'gateway response when a function crashes',
    reason: 'the emulator returns the error of the function',
    affected: resourceIdsWith('AWS::ApiGateway::GatewayResponse', 'ResponseType', 'DEFAULT_5XX'),
  },
  {
    kind: 'dropped',
    feature: 'signature verification',
    reason: 'the emulator reads only the access key; with AUTH=true it verifies signatures, except for the key test',
    affected: methodIds(({ AuthorizationType }, { auth }) => !auth && AuthorizationType === 'AWS_IAM'),
  },
  {
    kind: 'dropped',
    feature: 'IAM policies',
    reason: 'evaluated only with AUTH=true',
    affected: (template, { auth }) => (auth ? [] : resourceIds('AWS::IAM::Policy')(template)),
  },
];

/** Returns the differences that apply to the templates, each with the affected resources. */
export function applicableDifferences(
  templates: readonly Template[], run: RunEnvironment, differences = DIFFERENCES,
): { difference: Difference; ids: string[] }[] {
  return differences
    .map((difference) => ({ difference, ids: templates.flatMap((template) => difference.affected(template, run)) }))
    .filter(({ ids }) => ids.length > 0);
}

/** Returns the settings of all differences for the emulator, which starts before the templates are known. */
export function emulatorSettings(run: RunEnvironment, differences = DIFFERENCES): { environment: Record<string, string>; patches: string[] } {
  return {
    environment: Object.assign({}, ...differences.map(({ environment }) => environment?.(run))) as Record<string, string>,
    patches: differences.flatMap(({ patch }) => patch ?? []),
  };
}

/** Returns one line for each difference that applies. */
export function describeDifferences(templates: readonly Template[], run: RunEnvironment, differences = DIFFERENCES): string[] {
  return applicableDifferences(templates, run, differences).map(({ difference: { kind, feature, reason }, ids }) =>
    `    ${kind.padEnd(8)}  ${feature}${ids.length > 1 ? ` (${ids.length})` : ''}: ${reason}`);
}

function resourceIds(type: string): (template: Template) => string[] {
  return (template) => resourcesOfType(template, type).map(([id]) => id);
}

/** Selects the resources of a type that have a property. With `text`, the property must contain it. */
function resourceIdsWith(type: string, property: string, text = ''): (template: Template) => string[] {
  return (template) => resourcesOfType(template, type)
    .filter(([, properties]) => property in properties && contains(properties[property], text))
    .map(([id]) => id);
}

function methodIds(test: (method: Readonly<Record<string, unknown>>, run: RunEnvironment) => boolean): Difference['affected'] {
  return (template, run) => resourcesOfType(template, 'AWS::ApiGateway::Method').filter(([, method]) => test(method, run)).map(([id]) => id);
}

function contains(value: unknown, text: string): boolean {
  return (JSON.stringify(value) ?? '').includes(text);
}
