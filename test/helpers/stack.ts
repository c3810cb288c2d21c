import { App, type Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { HANDLER_CONFIGURATION_SCHEMA, parseConfiguration } from './configuration-schemas';
import { type Template as SynthesizedTemplate } from '../../local/template/template';
import { resourcePath } from '../../local/template/template-routes';
import { GenAiImageApi, type GenAiImageApiProps } from '../../src';
import { CONFIGURATION_VARIABLE, type HandlerConfiguration } from '../../src/private/contract/configuration';

/** The parts of a synthesized resource that tests read. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
  readonly Principal?: unknown;
}

/** The region of the default model, so that synthesis adds no cross-region warning. */
export const HOME: Required<Environment> = { account: '111122223333', region: 'us-west-2' };

export function testApp(context?: Record<string, unknown>): App {
  return new App({ context: { 'aws:cdk:disable-asset-staging': true, ...context } });
}

export function testStack(env?: Environment, app = testApp()): Stack {
  return new Stack(app, 'Stack', { env });
}

/** Creates a stack with one API, whose id is `Images`. */
export function imageApi(props?: GenAiImageApiProps, stack = testStack(HOME)): GenAiImageApi {
  return new GenAiImageApi(stack, 'Images', props);
}

export function synth(props?: GenAiImageApiProps, stack = testStack(HOME)): Template {
  imageApi(props, stack);
  return Template.fromStack(stack);
}

export function resources(template: Template): Record<string, Resource> {
  return (template.toJSON() as { Resources: Record<string, Resource> }).Resources;
}

export function ofType(template: Template, type: string): Resource[] {
  return Object.values(resources(template)).filter((resource) => resource.Type === type);
}

/** Returns the properties of the only resource of a type. */
export function only<T = Record<string, unknown>>(template: Template, type: string): T {
  const found = ofType(template, type);
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0].Properties as T;
}

/** Returns the statements of all IAM policies. */
export function roleStatements(template: Template): Statement[] {
  return ofType(template, 'AWS::IAM::Policy').flatMap((policy) => (policy.Properties.PolicyDocument as { Statement: Statement[] }).Statement);
}

/** Returns the configurations of the API function and, if it exists, the worker, compared with their schema. References are written as `<LogicalId>`. */
export function handlerConfigurations(template: Template): HandlerConfiguration[] {
  return ofType(template, 'AWS::Lambda::Function').flatMap(({ Properties: { Environment } }) => {
    const { Variables = {} } = (Environment ?? {}) as { Variables?: Record<string, unknown> };
    const { [CONFIGURATION_VARIABLE]: json } = Variables;
    return json === undefined ? [] : parseConfiguration<HandlerConfiguration>(textOf(json), HANDLER_CONFIGURATION_SCHEMA);
  });
}

/** Returns the configuration of the API function. */
export function handlerConfiguration(template: Template): HandlerConfiguration {
  return handlerConfigurations(template)[0];
}

export function asList<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}

/** Returns the methods of the API, preflights included, with names like `GET /images/{id}`, sorted by name. */
export function builtMethods(template: Template): { readonly name: string; readonly properties: Resource['Properties'] }[] {
  const synthesized = template.toJSON() as SynthesizedTemplate;
  return ofType(template, 'AWS::ApiGateway::Method')
    .map(({ Properties: properties }) => ({ name: `${String(properties.HttpMethod)} ${resourcePath(properties.ResourceId, synthesized)}`, properties }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function builtRoutes(template: Template): string[] {
  return builtMethods(template).map(({ name }) => name);
}

/** Returns the text of an intrinsic function, with each reference written as `<LogicalId>`. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join('');
  const [[name, argument]] = Object.entries(value as Record<string, unknown>);
  if (name === 'Ref') return `<${argument}>`;
  if (name === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
  if (name === 'Fn::Join') return textOf((argument as [string, unknown[]])[1]);
  throw new Error(`cannot read ${name}`);
}
