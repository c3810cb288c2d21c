import { SynthesizedStack } from './app/synthesize';
import { bootstrap, versionParameters } from './deployment/bootstrap';
import { DeployedStack } from './deployment/create-stack';
import { BUCKET_DEPLOYMENT, replaceDeploymentsWithOutputs, uploadDeploymentFiles } from './deployment/repairs/bucket-deployment';
import { enableEncryption, enableTimeToLive } from './deployment/repairs/dynamodb-table';
import { createRequestValidators } from './deployment/repairs/request-validators';
import { putEncryption, putLifecycleRules, putOwnership } from './deployment/repairs/s3-bucket';
import { Clients } from './emulator/clients';
import { bearerKeyPaths } from './template/bearer-key-paths';
import { resourcesOfType, Template } from './template/template';

/** Facts about one run. */
export interface RunEnvironment {
  /** IAM policies are evaluated. */
  readonly auth: boolean;
  /** Address of the stand-in for the models. */
  readonly modelUrl: string;
  /** Folder of the `node` program for the handlers. */
  readonly nodeFolder: string;
}

/**
 * One way in which the local run is not AWS:
 * - `dropped`: the template says it, here it does not happen;
 * - `repaired`: the emulator's CloudFormation forgets it, so it is set through the emulator's own AWS API afterwards;
 * - `supplied`: AWS or its operator provides it, here we do.
 */
export interface Difference {
  readonly kind: 'dropped' | 'repaired' | 'supplied';
  readonly feature: string;
  readonly reason: string;
  /** What in the template it concerns; where there is nothing, it does not apply and is not printed. */
  readonly affected: (template: Template, run: RunEnvironment) => readonly string[];
  /** What is deployed instead. */
  readonly replace?: (template: Template) => Template;
  /** Done before the stacks are created. */
  readonly prepare?: (stacks: readonly SynthesizedStack[], clients: Clients) => Promise<void>;
  /** Done after a stack was created. */
  readonly repair?: (stack: DeployedStack, clients: Clients) => Promise<void>;
  /** Environment variables of the emulator, and through it of the functions. */
  readonly environment?: (run: RunEnvironment) => Record<string, string>;
  /** A patch of `emulator/launch.py`. */
  readonly patch?: string;
}

const IGNORED = 'the emulator\'s CloudFormation forgets it';

/** Everything that differs. But for what is replaced, the template is deployed as it was synthesized. */
export const DIFFERENCES: readonly Difference[] = [
  {
    kind: 'supplied',
    feature: 'models of Amazon Bedrock and Amazon SageMaker',
    reason: 'a strict stand-in on this machine, named in the environment of the functions',
    affected: resourceIds('AWS::Lambda::Function'),
    environment: ({ modelUrl }) => ({ AWS_ENDPOINT_URL_BEDROCK_RUNTIME: modelUrl, AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: modelUrl }),
  },
  {
    kind: 'supplied',
    feature: 'Node.js 24',
    reason: 'the emulator takes the first node on its PATH, whatever runtime, architecture and memory the template names',
    affected: resourceIds('AWS::Lambda::Function'),
    environment: ({ nodeFolder }) => ({ PATH: `${nodeFolder}:/usr/bin:/bin` }),
  },
  {
    kind: 'supplied',
    feature: 'bucket and version parameter of cdk bootstrap',
    reason: 'the template refers to them',
    affected: (template) => versionParameters({ template }),
    prepare: bootstrap,
  },
  {
    kind: 'supplied',
    feature: 'invoke URL',
    reason: 'a proxy on a local port stands for https://<api>.execute-api.<region>.amazonaws.com',
    affected: resourceIds('AWS::ApiGateway::RestApi'),
  },
  {
    kind: 'supplied',
    feature: 'requestContext.identity.apiKey and apiKeyId',
    reason: 'AWS tells the function which API key was used, the emulator does not',
    affected: methodsWith(({ ApiKeyRequired }) => ApiKeyRequired === true),
    patch: 'api-key-identity',
  },
  {
    kind: 'supplied',
    feature: 'API keys in Authorization: Bearer',
    reason: 'the emulator takes no key from an authorizer (usageIdentifierKey): the proxy puts it into x-api-key as well',
    affected: bearerKeyPaths,
  },
  {
    kind: 'supplied',
    feature: 'requestContext.domainName',
    reason: 'AWS tells the function by which name it was called, the emulator does not; here it is that of the proxy, without TLS',
    affected: resourceIds('AWS::ApiGateway::RestApi'),
    patch: 'domain-name',
  },
  {
    kind: 'supplied',
    feature: 'host that callers signed for',
    reason: 'it is that of the proxy, the emulator would check against its own name for the API',
    affected: methodsWith(({ AuthorizationType }, { auth }) => auth && AuthorizationType === 'AWS_IAM'),
    patch: 'forwarded-host',
  },
  {
    kind: 'supplied',
    feature: 'aws:SecureTransport = true',
    reason: 'a policy demands TLS, which AWS speaks; on this machine all is plain HTTP',
    affected: (template, { auth }) => (auth ? resourcesWith('AWS::S3::BucketPolicy', 'PolicyDocument', 'aws:SecureTransport')(template) : []),
    patch: 'secure-transport',
  },
  {
    kind: 'supplied',
    feature: 'events:source and events:detail-type in policies',
    reason: 'the emulator does not know these conditions of PutEvents',
    affected: (template, { auth }) => (auth ? resourcesWith('AWS::IAM::Policy', 'PolicyDocument', 'events:source')(template) : []),
    patch: 'event-conditions',
  },
  {
    kind: 'repaired',
    feature: 'lifecycle rules of buckets',
    reason: `${IGNORED}; kept now, but nothing ever expires here`,
    affected: resourcesWith('AWS::S3::Bucket', 'LifecycleConfiguration'),
    repair: putLifecycleRules,
  },
  {
    kind: 'repaired',
    feature: 'encryption of buckets',
    reason: IGNORED,
    affected: resourcesWith('AWS::S3::Bucket', 'BucketEncryption'),
    repair: putEncryption,
  },
  {
    kind: 'repaired',
    feature: 'object ownership of buckets',
    reason: IGNORED,
    affected: resourcesWith('AWS::S3::Bucket', 'OwnershipControls'),
    repair: putOwnership,
  },
  {
    kind: 'repaired',
    feature: 'time to live of tables',
    reason: IGNORED,
    affected: resourcesWith('AWS::DynamoDB::Table', 'TimeToLiveSpecification'),
    repair: enableTimeToLive,
  },
  {
    kind: 'repaired',
    feature: 'encryption of tables with a key',
    reason: IGNORED,
    affected: resourcesWith('AWS::DynamoDB::Table', 'SSESpecification'),
    repair: enableEncryption,
  },
  {
    kind: 'repaired',
    feature: 'request validation in the gateway',
    reason: IGNORED,
    affected: resourceIds('AWS::ApiGateway::RequestValidator'),
    repair: createRequestValidators,
  },
  {
    kind: 'repaired',
    feature: 'files of websites (BucketDeployment)',
    reason: 'its function needs the AWS CLI; they are uploaded after the stack was created',
    affected: resourceIds(BUCKET_DEPLOYMENT),
    replace: replaceDeploymentsWithOutputs,
    repair: uploadDeploymentFiles,
  },
  {
    kind: 'repaired',
    feature: 'length of preflight answers',
    reason: 'the emulator says 2 for a body that is not there, which strict clients refuse; the proxy takes it away',
    affected: methodsWith(({ HttpMethod }) => HttpMethod === 'OPTIONS'),
  },
  {
    kind: 'dropped',
    feature: 'choice among several CORS origins in preflight answers',
    reason: 'it is a response template, which the emulator does not run: the first origin is always the answer',
    affected: methodsWith(({ HttpMethod, Integration }) => HttpMethod === 'OPTIONS' && contains(Integration, 'responseOverride')),
  },
  {
    kind: 'dropped',
    feature: 'CloudFront',
    reason: 'its name leads nowhere here; what it would serve is in its bucket',
    affected: resourceIds('AWS::CloudFront::Distribution'),
  },
  {
    kind: 'dropped',
    feature: 'access log of the API',
    reason: 'the emulator keeps none; the logs of the functions are there',
    affected: resourcesWith('AWS::ApiGateway::Stage', 'AccessLogSetting'),
  },
  {
    kind: 'dropped',
    feature: 'answer of the gateway when a function crashes',
    reason: 'the emulator passes on the error of the function',
    affected: resourcesWith('AWS::ApiGateway::GatewayResponse', 'ResponseType', 'DEFAULT_5XX'),
  },
  {
    kind: 'dropped',
    feature: 'signatures of callers',
    reason: 'only the access key is looked at; with AUTH=true they are checked, except for the key test',
    affected: methodsWith(({ AuthorizationType }, { auth }) => !auth && AuthorizationType === 'AWS_IAM'),
  },
  {
    kind: 'dropped',
    feature: 'IAM policies',
    reason: 'evaluated with AUTH=true only',
    affected: (template, { auth }) => (auth ? [] : resourceIds('AWS::IAM::Policy')(template)),
  },
];

/** Those that a run with these templates meets, with what each concerns. */
export function applicableDifferences(templates: readonly Template[], run: RunEnvironment, differences = DIFFERENCES): { difference: Difference; concerned: string[] }[] {
  return differences
    .map((difference) => ({ difference, concerned: templates.flatMap((template) => difference.affected(template, run)) }))
    .filter(({ concerned }) => concerned.length > 0);
}

/** For the emulator, which starts before anything is known of the template: harmless where it does not apply. */
export function emulatorSettings(run: RunEnvironment, differences = DIFFERENCES): { environment: Record<string, string>; patches: string[] } {
  return {
    environment: Object.assign({}, ...differences.map(({ environment }) => environment?.(run))) as Record<string, string>,
    patches: differences.flatMap(({ patch }) => patch ?? []),
  };
}

export function describeDifferences(templates: readonly Template[], run: RunEnvironment, differences = DIFFERENCES): string[] {
  return applicableDifferences(templates, run, differences).map(({ difference: { kind, feature: what, reason: why }, concerned }) =>
    `    ${kind.padEnd(8)}  ${what}${concerned.length > 1 ? ` (${concerned.length})` : ''}: ${why}`);
}

function resourceIds(type: string): (template: Template) => string[] {
  return (template) => resourcesOfType(template, type).map(([id]) => id);
}

/** Resources of a type with a property, and where asked only if the property contains some text. */
function resourcesWith(type: string, property: string, text = ''): (template: Template) => string[] {
  return (template) => resourcesOfType(template, type)
    .filter(([, properties]) => property in properties && contains(properties[property], text))
    .map(([id]) => id);
}

function methodsWith(test: (method: Readonly<Record<string, unknown>>, run: RunEnvironment) => boolean): (template: Template, run: RunEnvironment) => string[] {
  return (template, run) => resourcesOfType(template, 'AWS::ApiGateway::Method').filter(([, method]) => test(method, run)).map(([id]) => id);
}

function contains(value: unknown, text: string): boolean {
  return (JSON.stringify(value) ?? '').includes(text);
}
