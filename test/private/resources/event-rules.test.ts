import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Delivery, GenAiImageApi, GenAiImageApiProps } from '../../../src';
import { CONFIGURATION_VARIABLE } from '../../../src/private/contract/configuration';
import { HOME, imageApi, ofType, roleStatements, testStack, textOf } from '../../helpers/stack';

function told(use: (images: GenAiImageApi, stack: Stack) => void, props: GenAiImageApiProps = {}, stack = testStack(HOME)): Template {
  use(imageApi(props, stack), stack);
  return Template.fromStack(stack);
}

const statementsOf = (template: Template) => roleStatements(template).filter(({ Action }) => Action === 'events:PutEvents');

/** What each function is told. */
const configurations = (template: Template) => ofType(template, 'AWS::Lambda::Function').map(({ Properties }) => {
  const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
  return JSON.parse(textOf(Variables[CONFIGURATION_VARIABLE])) as Record<string, unknown>;
});

it('nothing is sent, nor may be, until somebody wants to know', () => {
  const template = told(() => undefined);
  template.resourceCountIs('AWS::Events::Rule', 0);
  expect(statementsOf(template)).toEqual([]);
  expect(configurations(template)).toEqual([expect.not.objectContaining({ events: expect.anything() })]);
});

it.each([
  ['onImageSucceeded', 'Image Succeeded'], ['onImageFailed', 'Image Failed'], ['onImageDeleted', 'Image Deleted'],
] as const)('%s makes a rule for these events of this API', (method, detailType) => {
  const template = told((images, stack) => images[method]('Told', { description: 'why', target: new targets.SqsQueue(new sqs.Queue(stack, 'Inbox')) }));
  template.hasResourceProperties('AWS::Events::Rule', {
    Description: 'why',
    State: 'ENABLED',
    EventPattern: { 'source': ['cdk-genai-image-api'], 'detail-type': [detailType], 'detail': { api: [{ Ref: Match.stringLikeRegexp('^ImagesApi') }] } },
    Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Inbox'), 'Arn'] } })],
  });
  template.resourceCountIs('AWS::Events::Rule', 1);
});

it('a rule can ask for less, and get its target later', () => {
  const template = told((images, stack) => {
    const rule = images.onImageFailed('Told', { eventPattern: { detail: { failures: { code: ['MODEL_UNAVAILABLE'] } } } });
    rule.addTarget(new targets.SqsQueue(new sqs.Queue(stack, 'Inbox')));
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { detail: { api: [Match.anyValue()], failures: { code: ['MODEL_UNAVAILABLE'] } } }, Targets: [Match.anyValue()],
  });
});

describe('the functions', () => {
  const both = (images: GenAiImageApi) => {
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

  it('may send these events to the bus of the account, and no others', () => {
    expect(statementsOf(told(both))).toEqual([statement]);
  });

  it('may so both where there is a worker', () => {
    expect(statementsOf(told(both, { delivery: Delivery.queued() }))).toEqual([statement, statement]);
  });

  it('may so by a role that was brought along', () => {
    const stack = testStack(HOME);
    const role = iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${HOME.account}:role/mine`);
    const template = told((images) => images.onImageSucceeded('One'), { compute: { role } }, stack);
    expect(statementsOf(template)).toHaveLength(1);
  });

  it.each<[string, (images: GenAiImageApi) => unknown, boolean | undefined]>([
    ['without prompts unless asked', (images) => images.onImageSucceeded('One'), undefined],
    ['with prompts once somebody asked', both, true],
  ])('are told, %s', (_, use, prompts) => {
    const events = { api: expect.stringMatching(/^<ImagesApi/), ...(prompts && { prompts }) };
    const each = expect.objectContaining({ events });
    expect(configurations(told(use, { delivery: Delivery.queued() }))).toEqual([each, each]);
  });
});
