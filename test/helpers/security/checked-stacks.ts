import { CfnResource, Stack } from 'aws-cdk-lib';
import { ApiAuth, ImagePlayground } from '../../../src';
import { HOME, imageApi, testApp, testStack } from '../stack';

/** Folder names of the checked stacks, in the order of the columns of the page. */
export const CHECKED_STACKS = ['default', 'hardened', 'playground'] as const;
export type CheckedStack = typeof CHECKED_STACKS[number];

jest.mock('cdk-genai-image-api', () => jest.requireActual<object>('../../../src'), { virtual: true });

/** Returns the stack with an API without options, the stack of `examples/hardened`, or a stack with nothing but a playground. */
export function checkedStack(name: CheckedStack): Stack {
  if (name === 'hardened') return hardenedStack();
  if (name === 'playground') return playgroundStack();
  const stack = testStack(HOME);
  imageApi({}, stack);
  return stack;
}

/** The API is in another stack, because its findings are those of the default stack. */
function playgroundStack(): Stack {
  const app = testApp();
  const api = imageApi({ auth: ApiAuth.apiKey({ clients: ['web'] }) }, testStack(HOME, app));
  const stack = new Stack(app, 'Page', { env: HOME });
  new ImagePlayground(stack, 'Playground', { api });
  return stack;
}

let hardened: Stack | undefined;

/** Runs the app as the CDK CLI does, with the context of its `cdk.json`, and returns its stack. */
function hardenedStack(): Stack {
  if (hardened) return hardened;
  const { context } = jest.requireActual<{ readonly context: object }>('../../../examples/hardened/cdk.json');
  jest.doMock('aws-cdk-lib', () => ({
    ...jest.requireActual<object>('aws-cdk-lib'),
    Stack: class extends Stack {
      constructor(...args: ConstructorParameters<typeof Stack>) {
        super(...args);
        hardened = this;
      }
    },
  }));
  const before = process.env.CDK_CONTEXT_JSON;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({ ...context, 'aws:cdk:disable-asset-staging': true });
  jest.requireActual('../../../examples/hardened/app');
  jest.dontMock('aws-cdk-lib');
  if (before === undefined) delete process.env.CDK_CONTEXT_JSON;
  else process.env.CDK_CONTEXT_JSON = before;
  return hardened!;
}

/** Returns the path of a construct below its stack, without the name of the CloudFormation resource. */
export function constructName(path: string): string {
  return path.split('/').slice(1).join('/').replace(/\/Resource$/, '');
}

/** Returns the names of constructs by the logical ids of their resources. */
export function namesByLogicalId(stack: Stack): ReadonlyMap<string, string> {
  const resources = stack.node.findAll().filter((each): each is CfnResource => CfnResource.isCfnResource(each));
  return new Map(resources.map((each) => [stack.resolve(each.logicalId) as string, constructName(each.node.path)]));
}
