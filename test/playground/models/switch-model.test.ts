import { formOf } from '../../../src/playground/models/form';
import { resetText, switchForm } from '../../../src/playground/models/switch-model';
import { modelForm, PAGE_MODELS } from '../../fixtures/playground-models';

const core = modelForm('stable-image-core');
const ultra = modelForm('stable-image-ultra');
const nova = modelForm('nova-canvas');
const xl = modelForm('stable-diffusion-xl');

it('keeps the values that fit', () => {
  const values = { prompt: 'a fox', aspectRatio: '21:9', seed: 8, negativePrompt: 'snow', count: 2 };
  expect(switchForm(core, ultra, values)).toEqual({ values, resets: [] });
});

it('sets what does not fit to the default of the new model, and names it', () => {
  const narrow = formOf({ ...PAGE_MODELS[1], parameters: { ...ultra.target.parameters, aspectRatio: { type: 'choice', values: ['16:9', '1:1'], default: '16:9' } } });
  const { values, resets } = switchForm(core, narrow, { prompt: 'a fox', aspectRatio: '21:9' });
  expect(values).toEqual({ prompt: 'a fox' });
  expect(resets.map(resetText)).toEqual(['21:9 is not available here, using 16:9']);
});

it('names a field that the new model does not have, and keeps its value for the way back', () => {
  const values = { prompt: 'a fox', style: 'pixel-art', steps: 40, size: '1536x640' };
  const there = switchForm(xl, core, values);
  // Pixel art adds words here
  expect(there.resets.map(resetText)).toEqual(['Steps 40 is not available here', '1536 × 640 is not available here']);
  expect(switchForm(core, xl, there.values)).toEqual({ values, resets: [] });
});

it('names numbers, files, switches and texts as their controls do', () => {
  const values = { prompt: 'x', seed: 4_000_000_000, outputFormat: 'jpeg', image: 'AAAA', strength: 0.5, style: 'watercolor' };
  expect(switchForm(ultra, nova, values).resets.map(resetText)).toEqual([
    'Seed 4000000000 is not available here', 'JPEG is not available here', 'An input image is not available here', 'How much may change 0.5 is not available here', 'Watercolor is not available here',
  ]);
  const omni = modelForm('nova-2-omni');
  expect(switchForm(core, omni, { negativePrompt: 'snow', enhancePrompt: true }).resets.map(resetText)).toEqual(['What to leave out is not available here']);
});

it('does not name a prompt, values without a field, or values that are not set', () => {
  expect(switchForm(core, nova, { prompt: 'x'.repeat(2000), other: 'x', aspectRatio: undefined }).resets).toEqual([]);
});
