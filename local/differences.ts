import { SynthesizedStack } from './app/synthesize';
import { bootstrap, versionParameter } from './deployment/bootstrap';
import { DeployedStack } from './deployment/create-stack';
import { BUCKET_DEPLOYMENT, deploymentsAsOutputs, uploadWebsites } from './deployment/repairs/bucket-deployment';
import { enableEncryption, enableTimeToLive } from './deployment/repairs/dynamodb-table';
import { createRequestValidators } from './deployment/repairs/request-validators';
import { putEncryption, putLifecycleRules, putOwnership } from './deployment/repairs/s3-bucket';
import { Clients } from './emulator/clients';
import { bearerKeyPaths } from './template/bearer-key-paths';
import { resourcesOf, Template } from './template/template';

/** Facts about one run. */
export interface Run {
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
  readonly what: string;
  readonly why: string;
  /** What in the template it concerns; where there is nothing, it does not apply and is not printed. */
  readonly concerns: (template: Template, run: Run) => readonly string[];
  /** What is deployed instead. */
  readonly replace?: (template: Template) => Template;
  /** Done before the stacks are created. */
  readonly prepare?: (stacks: readonly SynthesizedStack[], clients: Clients) => Promise<void>;
  /** Done after a stack was created. */
  readonly repair?: (stack: DeployedStack, clients: Clients) => Promise<void>;
  /** Environment variables of the emulator, and through it of the functions. */
  readonly environment?: (run: Run) => Record<string, string>;
  /** A patch of `emulator/launch.py`. */
  readonly patch?: string;
}

const FORGOTTEN = 'the emulator\'s CloudFormation forgets it';

/** Everything that differs. But for what is replaced, the template is deployed as it was synthesized. */
export const DIFFERENCES: readonly Difference[] = [
  {
    kind: 'supplied',
    what: 'models of Amazon Bedrock and Amazon SageMaker',
    why: 'a strict stand-in on this machine, named in the environment of the functions',
    concerns: ofType('AWS::Lambda::Function'),
    environment: ({ modelUrl }) => ({ AWS_ENDPOINT_URL_BEDROCK_RUNTIME: modelUrl, AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: modelUrl }),
  },
  {
    kind: 'supplied',
    what: 'Node.js 24',
    why: 'the emulator takes the first node on its PATH, whatever runtime, architecture and memory the template names',
    concerns: ofType('AWS::Lambda::Function'),
    environment: ({ nodeFolder }) => ({ PATH: `${nodeFolder}:/usr/bin:/bin` }),
  },
  {
    kind: 'supplied',
    what: 'bucket and version parameter of cdk bootstrap',
    why: 'the template refers to them',
    concerns: (template) => versionParameter({ template }),
    prepare: bootstrap,
  },
  {
    kind: 'supplied',
    what: 'invoke URL',
    why: 'a proxy on a local port stands for https://<api>.execute-api.<region>.amazonaws.com',
    concerns: ofType('AWS::ApiGateway::RestApi'),
  },
  {
    kind: 'supplied',
    what: 'requestContext.identity.apiKey and apiKeyId',
    why: 'AWS tells the function which API key was used, the emulator does not',
    concerns: methodsWith(({ ApiKeyRequired }) => ApiKeyRequired === true),
    patch: 'api-key-identity',
  },
  {
    kind: 'supplied',
    what: 'API keys in Authorization: Bearer',
    why: 'the emulator takes no key from an authorizer (usageIdentifierKey): the proxy puts it into x-api-key as well',
    concerns: bearerKeyPaths,
  },
  {
    kind: 'supplied',
    what: 'requestContext.domainName',
    why: 'AWS tells the function by which name it was called, the emulator does not; here it is that of the proxy, without TLS',
    concerns: ofType('AWS::ApiGateway::RestApi'),
    patch: 'domain-name',
  },
  {
    kind: 'supplied',
    what: 'host that callers signed for',
    why: 'it is that of the proxy, the emulator would check against its own name for the API',
    concerns: methodsWith(({ AuthorizationType }, { auth }) => auth && AuthorizationType === 'AWS_IAM'),
    patch: 'forwarded-host',
  },
  {
    kind: 'supplied',
    what: 'aws:SecureTransport = true',
    why: 'a policy demands TLS, which AWS speaks; on this machine all is plain HTTP',
    concerns: (template, { auth }) => (auth ? having('AWS::S3::BucketPolicy', 'PolicyDocument', 'aws:SecureTransport')(template) : []),
    patch: 'secure-transport',
  },
  {
    kind: 'supplied',
    what: 'events:source and events:detail-type in policies',
    why: 'the emulator does not know these conditions of PutEvents',
    concerns: (template, { auth }) => (auth ? having('AWS::IAM::Policy', 'PolicyDocument', 'events:source')(template) : []),
    patch: 'event-conditions',
  },
  {
    kind: 'repaired',
    what: 'lifecycle rules of buckets',
    why: `${FORGOTTEN}; kept now, but nothing ever expires here`,
    concerns: having('AWS::S3::Bucket', 'LifecycleConfiguration'),
    repair: putLifecycleRules,
  },
  {
    kind: 'repaired',
    what: 'encryption of buckets',
    why: FORGOTTEN,
    concerns: having('AWS::S3::Bucket', 'BucketEncryption'),
    repair: putEncryption,
  },
  {
    kind: 'repaired',
    what: 'object ownership of buckets',
    why: FORGOTTEN,
    concerns: having('AWS::S3::Bucket', 'OwnershipControls'),
    repair: putOwnership,
  },
  {
    kind: 'repaired',
    what: 'time to live of tables',
    why: FORGOTTEN,
    concerns: having('AWS::DynamoDB::Table', 'TimeToLiveSpecification'),
    repair: enableTimeToLive,
  },
  {
    kind: 'repaired',
    what: 'encryption of tables with a key',
    why: FORGOTTEN,
    concerns: having('AWS::DynamoDB::Table', 'SSESpecification'),
    repair: enableEncryption,
  },
  {
    kind: 'repaired',
    what: 'request validation in the gateway',
    why: FORGOTTEN,
    concerns: ofType('AWS::ApiGateway::RequestValidator'),
    repair: createRequestValidators,
  },
  {
    kind: 'repaired',
    what: 'files of websites (BucketDeployment)',
    why: 'its function needs the AWS CLI; they are uploaded after the stack was created',
    concerns: ofType(BUCKET_DEPLOYMENT),
    replace: deploymentsAsOutputs,
    repair: uploadWebsites,
  },
  {
    kind: 'repaired',
    what: 'length of preflight answers',
    why: 'the emulator says 2 for a body that is not there, which strict clients refuse; the proxy takes it away',
    concerns: methodsWith(({ HttpMethod }) => HttpMethod === 'OPTIONS'),
  },
  {
    kind: 'dropped',
    what: 'choice among several CORS origins in preflight answers',
    why: 'it is a response template, which the emulator does not run: the first origin is always the answer',
    concerns: methodsWith(({ HttpMethod, Integration }) => HttpMethod === 'OPTIONS' && mentions(Integration, 'responseOverride')),
  },
  {
    kind: 'dropped',
    what: 'CloudFront',
    why: 'its name leads nowhere here; what it would serve is in its bucket',
    concerns: ofType('AWS::CloudFront::Distribution'),
  },
  {
    kind: 'dropped',
    what: 'access log of the API',
    why: 'the emulator keeps none; the logs of the functions are there',
    concerns: having('AWS::ApiGateway::Stage', 'AccessLogSetting'),
  },
  {
    kind: 'dropped',
    what: 'answer of the gateway when a function crashes',
    why: 'the emulator passes on the error of the function',
    concerns: having('AWS::ApiGateway::GatewayResponse', 'ResponseType', 'DEFAULT_5XX'),
  },
  {
    kind: 'dropped',
    what: 'signatures of callers',
    why: 'only the access key is looked at; with AUTH=true they are checked, except for the key test',
    concerns: methodsWith(({ AuthorizationType }, { auth }) => !auth && AuthorizationType === 'AWS_IAM'),
  },
  {
    kind: 'dropped',
    what: 'IAM policies',
    why: 'evaluated with AUTH=true only',
    concerns: (template, { auth }) => (auth ? [] : ofType('AWS::IAM::Policy')(template)),
  },
];

/** Those that a run with these templates meets, with what each concerns. */
export function applying(templates: readonly Template[], run: Run, differences = DIFFERENCES): { difference: Difference; concerned: string[] }[] {
  return differences
    .map((difference) => ({ difference, concerned: templates.flatMap((template) => difference.concerns(template, run)) }))
    .filter(({ concerned }) => concerned.length > 0);
}

/** For the emulator, which starts before anything is known of the template: harmless where it does not apply. */
export function emulatorSettings(run: Run, differences = DIFFERENCES): { environment: Record<string, string>; patches: string[] } {
  return {
    environment: Object.assign({}, ...differences.map(({ environment }) => environment?.(run))) as Record<string, string>,
    patches: differences.flatMap(({ patch }) => patch ?? []),
  };
}

export function describeDifferences(templates: readonly Template[], run: Run, differences = DIFFERENCES): string[] {
  return applying(templates, run, differences).map(({ difference: { kind, what, why }, concerned }) =>
    `    ${kind.padEnd(8)}  ${what}${concerned.length > 1 ? ` (${concerned.length})` : ''}: ${why}`);
}

function ofType(type: string): (template: Template) => string[] {
  return (template) => resourcesOf(template, type).map(([id]) => id);
}

/** Resources of a type with a property, and where asked only if the property contains some text. */
function having(type: string, property: string, text = ''): (template: Template) => string[] {
  return (template) => resourcesOf(template, type)
    .filter(([, properties]) => property in properties && mentions(properties[property], text))
    .map(([id]) => id);
}

function methodsWith(test: (method: Readonly<Record<string, unknown>>, run: Run) => boolean): (template: Template, run: Run) => string[] {
  return (template, run) => resourcesOf(template, 'AWS::ApiGateway::Method').filter(([, method]) => test(method, run)).map(([id]) => id);
}

function mentions(value: unknown, text: string): boolean {
  return (JSON.stringify(value) ?? '').includes(text);
}
