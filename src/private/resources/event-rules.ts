import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { type ImageEventOptions } from '../../image-event-options';
import { type ConfiguredEvents } from '../contract/configuration';
import { DETAIL_TYPES, EVENT_SOURCE, type ImageOutcome } from '../contract/events';
import { flag, listOf, optionsOf, resource, text } from '../validation/value-types';

/** An event of one API. */
export interface ImageEvent {
  readonly restApiId: string;
  readonly outcome: ImageOutcome;
}

const TEXTS = listOf(text, 'strings');
const EVENT_OPTIONS = optionsOf({
  target: resource('a rule target', 'bind', 'for example new targets.LambdaFunction(handler)'),
  includePrompt: flag,
  description: text,
  ruleName: text,
  eventPattern: optionsOf({
    account: TEXTS,
    detail: optionsOf({}),
    detailType: TEXTS,
    id: TEXTS,
    region: TEXTS,
    resources: TEXTS,
    source: TEXTS,
    time: TEXTS,
    version: TEXTS,
  }),
  crossStackScope: resource('a construct', 'node', 'for example the stack of the target'),
});

/** Returns the options of `onImage...()` that have wrong types. */
export function eventOptionProblems(options: ImageEventOptions): string[] {
  return EVENT_OPTIONS('', options);
}

/** Creates a rule for events of one API on the default event bus of the account. */
export function createEventRule(scope: Construct, id: string, { restApiId, outcome }: ImageEvent, options: ImageEventOptions): events.Rule {
  const { target, eventPattern, includePrompt, ...ruleOptions } = options;
  const rule = new events.Rule(scope, id, {
    ...ruleOptions,
    eventPattern: { source: [EVENT_SOURCE], detailType: [DETAIL_TYPES[outcome]], detail: { api: [restApiId] } },
  });
  rule.addEventPattern(eventPattern);
  rule.addTarget(target);
  return rule;
}

/** Turns on events of an API. Handlers publish no events until a rule needs them. */
export class EventPublishing {
  private enabled = false;
  private prompts = false;

  /** @param policies policies of the functions that publish */
  constructor(private readonly scope: Construct, private readonly policies: readonly iam.Policy[]) {}

  public enable(includePrompt: boolean): void {
    if (!this.enabled) this.policies.forEach((policy) => policy.addStatements(this.statement()));
    this.enabled = true;
    this.prompts ||= includePrompt;
  }

  /** Configuration of the handlers. Undefined while events are off. */
  public get configuration(): ConfiguredEvents | undefined {
    return this.enabled ? { ...(this.prompts && { prompts: true }) } : undefined;
  }

  /** The default event bus is shared, so the statement allows these events only. */
  private statement(): iam.PolicyStatement {
    return new iam.PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [Stack.of(this.scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' })],
      conditions: {
        // the key is multivalued, one value per event; without the Null condition a request without a value would match
        'ForAllValues:StringEquals': { 'events:source': EVENT_SOURCE },
        'Null': { 'events:source': 'false' },
        'StringEquals': { 'events:detail-type': Object.values(DETAIL_TYPES) },
      },
    });
  }
}
