import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Delivery, type GenAiImageApi, type GenAiImageApiProps } from '../../../src';
import { handlerConfigurations, HOME, imageApi, roleStatements, testStack } from '../../helpers/stack';

/** Synthesizes an API after its methods were called. */
function synthesized(use: (images: GenAiImageApi) => unknown, props: GenAiImageApiProps = {}, stack = testStack(HOME)): Template {
  use(imageApi(props, stack));
  return Template.fromStack(stack);
}

const publishStatements = (template: Template) => roleStatements(template).filter(({ Action }) => Action === 'events:PutEvents');

describe('events', () => {
  it('are off by default: no rule, no permission, no configuration', () => {
    const template = synthesized(() => undefined);
    template.resourceCountIs('AWS::Events::Rule', 0);
    expect(publishStatements(template)).toEqual([]);
    expect(handlerConfigurations(template)).toEqual([expect.not.objectContaining({ events: expect.anything() })]);
  });
});

describe('an event rule', () => {
  it.each([
    ['onImageSucceeded', 'Image Succeeded'], ['onImageFailed', 'Image Failed'], ['onImageDeleted', 'Image Deleted'],
  ] as const)('of %s matches %s events of this API', (method, detailType) => {
    const template = synthesized((images) => images[method]('Rule', {
      description: 'why', target: new targets.SqsQueue(new sqs.Queue(Stack.of(images), 'Inbox')),
    }));
    template.hasResourceProperties('AWS::Events::Rule', {
      Description: 'why',
      State: 'ENABLED',
      EventPattern: { 'source': ['cdk-genai-image-api'], 'detail-type': [detailType], 'detail': { api: [{ Ref: Match.stringLikeRegexp('^ImagesApi') }] } },
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Inbox'), 'Arn'] } })],
    });
    template.resourceCountIs('AWS::Events::Rule', 1);
  });

  it('can match fewer events, and get its target later', () => {
    const template = synthesized((images) => images.onImageFailed('Rule', { eventPattern: { detail: { failures: { code: ['MODEL_UNAVAILABLE'] } } } })
      .addTarget(new targets.SqsQueue(new sqs.Queue(Stack.of(images), 'Inbox'))));
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { api: [Match.anyValue()], failures: { code: ['MODEL_UNAVAILABLE'] } } }, Targets: [Match.anyValue()],
    });
  });
});

describe('with event rules, the functions', () => {
  const severalRules = (images: GenAiImageApi) => {
    images.onImageSucceeded('One');
    images.onImageFailed('Two', { includePrompt: true });
    images.onImageSucceeded('Three');
  };
  const statement = {
    Action: 'events:PutEvents',
    Effect: 'Allow',
    Resource: { 'Fn::Join': ['', expect.arrayContaining([expect.stringContaining(':event-bus/default')])] },
    Condition: {
      'ForAllValues:StringEquals': { 'events:source': 'cdk-genai-image-api' },
      'Null': { 'events:source': 'false' },
      'StringEquals': { 'events:detail-type': ['Image Succeeded', 'Image Failed', 'Image Deleted'] },
    },
  };

  it('can publish these events to the default event bus, and no others', () => {
    expect(publishStatements(synthesized(severalRules))).toEqual([statement]);
  });

  it('can both publish them if there is a worker', () => {
    expect(publishStatements(synthesized(severalRules, { delivery: Delivery.queued() }))).toEqual([statement, statement]);
  });

  it('can publish them with an existing role', () => {
    const stack = testStack(HOME);
    const role = iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${HOME.account}:role/mine`);
    expect(publishStatements(synthesized(severalRules, { compute: { role } }, stack))).toEqual([statement]);
  });

  it.each<[string, (images: GenAiImageApi) => unknown, boolean | undefined]>([
    ['without prompts by default', (images) => images.onImageSucceeded('One'), undefined],
    ['with prompts if one rule includes them', severalRules, true],
  ])('publish events %s', (_case, use, prompts) => {
    const events = { ...(prompts && { prompts }) };
    const configuration = expect.objectContaining({ events });
    expect(handlerConfigurations(synthesized(use, { delivery: Delivery.queued() }))).toEqual([configuration, configuration]);
  });
});
