import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { GenAiImageApi, ImageModel, ModelLifecycle } from '../../../src';
import { TODAY_CONTEXT } from '../../../src/private/models/today';
import { HOME, imageApi, testApp, testStack } from '../../helpers/stack';

const NOVA_CANVAS = ImageModel.of('amazon.nova-canvas-v1:0');

const stackOn = (day?: unknown): Stack => testStack(HOME, testApp(day === undefined ? {} : { [TODAY_CONTEXT]: day }));

/** Synthesizes an API with a model that has an end of life. Returns the template and all annotations. */
function synthesized(day: string | undefined, model = NOVA_CANVAS): { template: unknown; messages: unknown[] } {
  const stack = stackOn(day);
  imageApi({ model }, stack);
  const found = Annotations.fromStack(stack);
  const messages = [found.findError('*', Match.anyValue()), found.findWarning('*', Match.anyValue()), found.findInfo('*', Match.anyValue())];
  return { template: Template.fromStack(stack).toJSON(), messages: messages.flat().map(({ level, entry }) => [level, entry.data]) };
}

function setSystemDate(day: string): void {
  jest.useFakeTimers({ now: Date.parse(day), doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
}

afterEach(() => jest.useRealTimers());

describe('the context cdk-genai-image-api:today', () => {
  it.each([
    ['2026-03-29', ModelLifecycle.ACTIVE],
    ['2026-03-30', ModelLifecycle.LEGACY],
    ['2026-09-29', ModelLifecycle.LEGACY],
    ['2026-09-30', ModelLifecycle.ENDED],
  ])('of %s makes Nova Canvas %s, whatever the system date', (day, lifecycle) => {
    for (const date of ['2020-01-01', '2030-01-01']) {
      setSystemDate(date);
      expect(NOVA_CANVAS.lifecycleIn(stackOn(day))).toBe(lifecycle);
    }
  });

  it.each([['2026-09-29', 'warning'], ['2026-09-30', 'error']])('of %s adds a %s to an API with Nova Canvas', (day, level) => {
    setSystemDate('2020-01-01');
    const { messages } = synthesized(day);
    expect(messages).toContainEqual([level, expect.stringContaining('amazon.nova-canvas-v1:0')]);
  });

  it('makes synthesis on different dates equal', () => {
    const results = ['2025-01-01', '2026-06-01', '2030-01-01'].map((date) => {
      setSystemDate(date);
      return synthesized('2026-09-29');
    });
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it('can be set for a part of the app', () => {
    setSystemDate('2020-01-01');
    const app = new App();
    const later = new Stack(app, 'Later');
    later.node.setContext(TODAY_CONTEXT, '2026-09-30');
    expect(NOVA_CANVAS.lifecycleIn(app)).toBe(ModelLifecycle.ACTIVE);
    expect(NOVA_CANVAS.lifecycleIn(later)).toBe(ModelLifecycle.ENDED);
  });

  it('does not change a life cycle that the options set', () => {
    const active = ImageModel.of('amazon.nova-canvas-v1:0', { lifecycle: ModelLifecycle.ACTIVE });
    expect(active.lifecycleIn(stackOn('2030-01-01'))).toBe(ModelLifecycle.ACTIVE);
  });

  it.each(['tomorrow', '2026-13-01', '2026-02-30', '2026-11-26T00:00:00Z', '26.11.2026', '', 20261126, true])('fails for %p, which is no date', (day) => {
    const problem = `context 'cdk-genai-image-api:today' must be a date such as '2026-11-26', got '${day}'`;
    expect(() => NOVA_CANVAS.lifecycleIn(stackOn(day))).toThrow(problem);
    expect(() => new GenAiImageApi(stackOn(day), 'Images')).toThrow(problem);
  });
});

describe('the system date', () => {
  it.each([['2026-09-29', ModelLifecycle.LEGACY], ['2026-09-30', ModelLifecycle.ENDED]])('of %s makes Nova Canvas %s without the context', (date, lifecycle) => {
    setSystemDate(date);
    expect(NOVA_CANVAS.lifecycleIn(stackOn())).toBe(lifecycle);
  });
});
