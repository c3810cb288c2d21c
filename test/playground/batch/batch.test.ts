import { cancellable, repeatable } from '../../../src/playground/batch/actions';
import { countText, lineIssues, MAX_PROMPTS, promptLines } from '../../../src/playground/batch/lines';
import { batchProgress, progressSummary } from '../../../src/playground/batch/progress';
import { batchBody, batchIssues } from '../../../src/playground/batch/requests';
import { type BatchImage } from '../../../src/private/contract/responses';
import { modelForm } from '../../fixtures/playground-models';
import { IMAGE_ID, pageProblem } from '../../fixtures/playground-tiles';

const core = modelForm('stable-image-core');
const item = (status: BatchImage['status'], code?: 'MODEL_ERROR' | 'CONTENT_FILTERED'): BatchImage => ({ id: IMAGE_ID, status, ...(code && { problem: pageProblem(code) as never }) });

describe('the lines of a batch', () => {
  it('are prompts, without blank lines', () => {
    expect(promptLines('a fox\r\n\n  a bear \n\u2028\t\nan owl\ra "cat", asleep')).toEqual([
      { number: 1, prompt: 'a fox' }, { number: 3, prompt: 'a bear' }, { number: 6, prompt: 'an owl' }, { number: 7, prompt: 'a "cat", asleep' },
    ]);
    expect(promptLines(' \n ')).toEqual([]);
  });

  it('are counted', () => {
    expect(countText(promptLines('a\nb'))).toBe('2 of 100 prompts');
    expect(MAX_PROMPTS).toBe(100);
  });

  it('that are too long are marked, with the words of the style', () => {
    const text = `a fox\n${'x'.repeat(9_995)}\n${'🦊'.repeat(10_000)}`;
    expect(lineIssues(promptLines(text), core, {})).toEqual([]);
    expect(lineIssues(promptLines(text), core, { style: 'watercolor' })).toEqual([
      { number: 2, text: '7 characters too long.' }, { number: 3, text: '12 characters too long.' },
    ]);
    expect(lineIssues(promptLines('x'.repeat(10_001)), core, {})).toEqual([{ number: 1, text: '1 character too long.' }]);
  });

  it('above 100 are marked', () => {
    const lines = promptLines(Array.from({ length: 102 }, (_, index) => `fox ${index}`).join('\n\n'));
    expect(lineIssues(lines, core, {})).toEqual([{ number: 201, text: 'A batch has at most 100 prompts.' }, { number: 203, text: 'A batch has at most 100 prompts.' }]);
  });
});

describe('the requests of a batch', () => {
  const lines = promptLines('a fox\n\na bear');

  it('have the settings of the form, and seeds of their own', () => {
    const random = [0, 0.5];
    expect(batchBody(lines, core, { aspectRatio: '16:9', prompt: 'ignored', count: 4 }, () => random.shift() ?? 0)).toEqual({
      requests: [{ prompt: 'a fox', aspectRatio: '16:9', seed: 1 }, { prompt: 'a bear', aspectRatio: '16:9', seed: 2_147_483_649 - 1 }],
    });
  });

  it('have seeds that count up from the fixed one, and none if the model has none', () => {
    expect(batchBody(lines, core, { seed: 7 }, Math.random)).toEqual({ requests: [{ prompt: 'a fox', seed: 7 }, { prompt: 'a bear', seed: 8 }] });
    expect(batchBody(lines, modelForm('nova-2-omni'), { seed: 7 }, Math.random)).toEqual({
      requests: [{ model: 'nova-2-omni', prompt: 'a fox' }, { model: 'nova-2-omni', prompt: 'a bear' }],
    });
    expect(batchBody([], core, {}, Math.random)).toEqual({ requests: [] });
  });

  it('have errors at their lines', () => {
    const errors = [
      { pointer: '/requests/1/prompt', detail: 'must not be blank' },
      { pointer: '/requests/0/aspectRatio', detail: 'must be a ratio' },
      { pointer: '/requests/0', detail: 'must be an object' },
      { pointer: '/requests/7/prompt', detail: 'must not be blank' },
      { pointer: '/requests', detail: 'must have at most 100 items' },
      { pointer: 'Idempotency-Key', detail: 'is too long' },
    ];
    expect(batchIssues(errors, lines)).toEqual({
      lines: [{ number: 3, text: 'must not be blank' }, { number: 1, text: 'aspectRatio must be a ratio' }, { number: 1, text: 'must be an object' }],
      others: errors.slice(3),
    });
  });
});

describe('the progress of a batch', () => {
  const failed = [item('failed', 'MODEL_ERROR'), item('failed', 'CONTENT_FILTERED')];
  const images = [item('succeeded'), item('succeeded'), item('running'), item('queued'), ...failed, item('deleted')];

  it('counts its items by state', () => {
    expect(batchProgress({ images })).toEqual({
      total: 7, counts: { succeeded: 2, running: 1, queued: 1, filtered: 1, failed: 1, deleted: 1 }, open: 2, finished: false,
    });
    expect(batchProgress({ images: [item('succeeded'), item('expired')] })).toMatchObject({ open: 0, finished: true });
  });

  it('has a text alternative', () => {
    expect(progressSummary(batchProgress({ images }))).toBe('2 of 7 ready, 1 generating, 1 queued, 1 filtered, 1 failed, 1 deleted');
    expect(progressSummary(batchProgress({ images: [item('expired')] }))).toBe('0 of 1 ready, 1 expired');
  });

  it('can be cancelled where it is queued, and repeated where it failed, but not where it was filtered', () => {
    expect(cancellable([{ ...item('queued'), id: 'a' }, item('running'), item('succeeded'), { ...item('queued'), id: 'b' }])).toEqual(['a', 'b']);
    expect(repeatable(images)).toEqual([4]);
    expect(repeatable([item('failed')])).toEqual([0]);
  });
});
