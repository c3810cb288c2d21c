import { App, Stack } from 'aws-cdk-lib';

/** Adds the resources of one side of the comparison to a stack. */
export type Build = (stack: Stack) => void;

/** The compared stacks. Each module exports `build`; a process loads only one of them. */
export const STACKS = {
  'default props': { construct: 'construct/default-stack', plain: 'plain/default-stack' },
  'many features': { construct: 'construct/features-stack', plain: 'plain/features-stack' },
} as const;

export type StackName = keyof typeof STACKS;

export const SIDES = ['construct', 'plain'] as const;

export type Side = typeof SIDES[number];

/** Creates the app as the CDK CLI does: with metadata in the template. */
export function createApp(outdir?: string): App {
  const context = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:version-reporting': true, '@aws-cdk/aws-apigateway:authorizerChangeDeploymentLogicalId': true };
  return new App({ outdir, context });
}

export function createStack(app: App): Stack {
  return new Stack(app, 'Stack', { env: { account: '111122223333', region: 'us-west-2' } });
}
