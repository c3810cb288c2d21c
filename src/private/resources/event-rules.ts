import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ImageEventOptions } from '../../image-event-options';
import { HandlerConfiguration } from '../contract/configuration';
import { DETAIL_TYPES, EVENT_SOURCE, ImageOutcome } from '../contract/events';

/** What became of images, on the default event bus of the account: nothing is sent until somebody wants to know. */
export class ImageEvents {
  private isOn = false;
  private prompts = false;

  /** `policies`: of the functions that send. */
  constructor(private readonly scope: Construct, private readonly restApi: apigateway.IRestApi, private readonly policies: readonly iam.Policy[]) {}

  public rule(id: string, outcome: ImageOutcome, { includePrompt = false, ...options }: ImageEventOptions): events.Rule {
    if (!this.isOn) this.policies.forEach((policy) => policy.addStatements(this.statement()));
    this.isOn = true;
    this.prompts ||= includePrompt;
    const { target, eventPattern, ...ruleOptions } = options;
    const rule = new events.Rule(this.scope, id, {
      ...ruleOptions,
      eventPattern: { source: [EVENT_SOURCE], detailType: [DETAIL_TYPES[outcome]], detail: { api: [this.restApi.restApiId] } },
    });
    rule.addEventPattern(eventPattern);
    rule.addTarget(target);
    return rule;
  }

  public get configuration(): Pick<HandlerConfiguration, 'events'> {
    return this.isOn ? { events: { api: this.restApi.restApiId, ...(this.prompts && { prompts: true }) } } : {};
  }

  /** The bus is everybody's: these events and no others. */
  private statement(): iam.PolicyStatement {
    return new iam.PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [Stack.of(this.scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' })],
      conditions: {
        // a list to AWS, of one for each event; without the second line a request without any would do
        'ForAllValues:StringEquals': { 'events:source': EVENT_SOURCE },
        'Null': { 'events:source': 'false' },
        'StringEquals': { 'events:detail-type': Object.values(DETAIL_TYPES) },
      },
    });
  }
}
