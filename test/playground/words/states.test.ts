import { isFinished, progressText, runSummary, STATUS_LABELS, TILE_LABELS, tileAnnouncement } from '../../../src/playground/words/states';
import { FORMATS } from '../../fixtures/playground-formats';

const OPTIONS = { number: 4, elapsedSeconds: 5.9, expectedSeconds: 6 };
const tiles = (...states: (keyof typeof TILE_LABELS)[]) => states.map((state) => ({ state }));

it('a tile that is generated says which image it is, and how long it takes', () => {
  expect(progressText('generating', OPTIONS, FORMATS)).toEqual({ title: 'Generating image 4', time: '5 s of about 6 s' });
  expect(progressText('generating', { ...OPTIONS, number: undefined, elapsedSeconds: 61, expectedSeconds: 60 }, FORMATS)).toEqual({ title: 'Generating', time: '1 min 1 s of about 1 min' });
  expect(progressText('sending', OPTIONS, FORMATS)).toEqual({ title: 'Sending image 4', time: '' });
});

it('a tile that takes longer than usual says so', () => {
  expect(progressText('generating', { ...OPTIONS, elapsedSeconds: 12.5 }, FORMATS)).toEqual({ title: 'Taking longer than usual', time: '12 s' });
});

it('a queued tile says what is left of the estimate', () => {
  const queued = (members: object) => progressText('queued', { ...OPTIONS, ...members }, FORMATS);
  expect(queued({ elapsedSeconds: 2, estimatedSeconds: 42 })).toEqual({ title: 'Queued', time: 'about 40 s' });
  expect(queued({ elapsedSeconds: 50, estimatedSeconds: 42 })).toEqual({ title: 'Queued', time: '' });
  expect(queued({})).toEqual({ title: 'Queued', time: '' });
});

it('the end of a tile is announced', () => {
  expect([tileAnnouncement('ready', 2, 4), tileAnnouncement('filtered', 1, 4), tileAnnouncement('failed', 1, 1), tileAnnouncement('generating', 1, 4)])
    .toEqual(['Image 2 of 4 is ready', 'Image 1 of 4 was filtered', 'Image 1 of 1 failed', undefined]);
});

it('a run says how many of its images are ready, and what became of the others', () => {
  expect(runSummary(tiles('ready', 'ready', 'generating'))).toBe('2 of 3 ready');
  expect(runSummary(tiles('ready', 'filtered', 'unsure', 'failed', 'failed', 'cancelled'))).toBe('1 of 6 ready, 1 filtered, 2 failed, 1 cancelled, 1 not known');
});

it('a run is finished when no tile is on its way', () => {
  expect([isFinished(tiles('ready', 'failed', 'unsure')), isFinished(tiles('ready', 'waiting')), isFinished(tiles('queued')), isFinished([])]).toEqual([true, false, false, true]);
});

it('each state has a label', () => {
  expect(Object.values({ ...TILE_LABELS, ...STATUS_LABELS }).filter((label) => !/^[A-Z][a-z ]+$/.test(label))).toEqual([]);
});
