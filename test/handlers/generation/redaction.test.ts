import { promptTexts } from '../../../src/handlers/generation/redaction';
import { describeCause } from '../../../src/handlers/shared/log';

it('a text is redacted before shorter texts that it contains', () => {
  const secrets = promptTexts({ searchPrompt: 'a fox', prompt: 'a fox in the snow' }, { prompt: 'a fox in the snow, oil on canvas' });
  expect([...secrets].sort()).toEqual(['a fox', 'a fox in the snow', 'a fox in the snow, oil on canvas']);
  expect(describeCause(new Error('bad: a fox in the snow, oil on canvas; a fox'), secrets).causeDetail).toBe('bad: [redacted]; [redacted]');
});
