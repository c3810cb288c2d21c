import { CONFIGURATION_VARIABLE, type HandlerConfiguration } from '../../src/private/contract/configuration';
import { PLAYGROUND_PATHS, type PlaygroundAuth, type PlaygroundConfiguration } from '../../src/private/contract/playground';
import { type Outputs } from '../app/outputs';
import { LocalRunError } from '../cli/local-run-error';
import { type DeployedStack } from '../deployment/create-stack';
import { resourcesOfType } from '../template/template';

export interface LocalPlayground {
  readonly configuration: PlaygroundConfiguration;
  readonly bucketUrl: string;
}

/**
 * Returns the configuration of the page for the first image API of the stacks, with local URLs. The app needs no `ImagePlayground`.
 *
 * @param deployed configuration of the `ImagePlayground`, if the app has one
 */
export function localPlayground(
  stacks: readonly DeployedStack[], { baseUrl, awsEndpointUrl }: Pick<Outputs, 'baseUrl' | 'awsEndpointUrl'>, deployed?: PlaygroundConfiguration,
): LocalPlayground {
  for (const stack of stacks) {
    const handler = handlerConfiguration(stack);
    if (!handler) continue;
    return {
      bucketUrl: `${awsEndpointUrl}/${handler.bucket}`,
      configuration: {
        name: deployed?.name ?? 'Image playground',
        api: PLAYGROUND_PATHS.api,
        apiUrl: baseUrl,
        images: PLAYGROUND_PATHS.images,
        imagesHost: new URL(awsEndpointUrl).host,
        uploads: PLAYGROUND_PATHS.uploads,
        queued: handler.queue !== undefined,
        retentionDays: handler.expirationDays,
        auth: deployed ? withLocalDomain(deployed.auth, awsEndpointUrl) : localAuth(stack, handler),
      },
    };
  }
  throw new LocalRunError('the app has no image API for the playground', 'add a GenAiImageApi to a stack of the app, or run it without --playground');
}

/** Returns the configuration that the construct rendered for its functions, with the physical ids of the deployed stack. */
function handlerConfiguration(stack: DeployedStack): HandlerConfiguration | undefined {
  for (const [, { Environment }] of resourcesOfType(stack.template, 'AWS::Lambda::Function')) {
    const { Variables = {} } = (Environment ?? {}) as { Variables?: Readonly<Record<string, unknown>> };
    const value = Variables[CONFIGURATION_VARIABLE];
    if (value !== undefined) return JSON.parse(joinedText(value, stack)) as HandlerConfiguration;
  }
  return undefined;
}

/** Resolves text, references and `Fn::Join`. Attributes are replaced by the physical id, which is right for names. */
function joinedText(value: unknown, stack: DeployedStack): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, Ref: reference } = value as { 'Fn::Join'?: [string, unknown[]]; 'Fn::GetAtt'?: [string, string]; 'Ref'?: string };
  if (join) return join[1].map((part) => joinedText(part, stack)).join(join[0]);
  return stack.resources[reference ?? attribute?.[0] ?? ''] ?? '';
}

/** The emulator has the sign-in pages of all user pools at its own URL. */
function withLocalDomain(auth: PlaygroundAuth, awsEndpointUrl: string): PlaygroundAuth {
  return auth.type === 'cognito' ? { ...auth, domain: awsEndpointUrl } : auth;
}

function localAuth({ template }: DeployedStack, { auth: { mode, fields = [], headers = ['Authorization'] } }: HandlerConfiguration): PlaygroundAuth {
  if (mode === 'none' || mode === 'apiKey') return { type: mode };
  if (mode === 'iam') throw new LocalRunError('the playground does not support ApiAuth.iam()', 'run the app without --playground, or use another ApiAuth');
  const usesUserPool = resourcesOfType(template, 'AWS::ApiGateway::Method').some(([, method]) => method.AuthorizationType === 'COGNITO_USER_POOLS');
  return usesUserPool || fields.includes('sub') ? { type: 'bearer' } : { type: 'headers', headers };
}
