import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { IDEAS } from '../../../src/playground/words/ideas';
import { operationGroups, operationWords } from '../../../src/playground/words/operations';
import { choiceLabel, WORD_STYLES, wordsHint, wordStyle } from '../../../src/playground/words/styles';
import { MODELS } from '../../../src/private/contract/models';
import { STYLE } from '../../../src/private/contract/models/stability';
import { PAGE_EDITS } from '../../fixtures/playground-models';

const ROOT = join(__dirname, '../../../src/playground');
const FOLDERS = ['words', 'models', 'library', 'batch', 'runs'];

/** Returns the texts of a file: strings and templates, without comments, imports and code in templates. */
function textsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(?<=^|\s)\/\/.*$/gm, '').replaceAll(/^(import|export) .* from .*$/gm, '');
  return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map(([, single, double, template]) => single ?? double ?? template.replaceAll(/\$\{[^}]*\}/g, ''));
}

const files = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.ts')).map((name) => join(ROOT, folder, name)));
const texts = files.flatMap(textsOf);

it('the test finds the texts of the page', () => {
  expect(texts).toEqual(expect.arrayContaining(['The connection broke', "Today's budget is used up", 'The safety filter stopped this image. Change the words and try again: the same words are filtered again.']));
});

it.each([/\boops\b/i, /\bplease\b/i, /\bsorry\b/i, /[a-z.]!/, /\bunfortunately\b/i, /\bsuccessfully\b/i, /—/])('no text has %p', (pattern) => {
  expect(texts.filter((text) => pattern.test(text))).toEqual([]);
});

it('there are ten styles that add words, each with a hint', () => {
  expect(WORD_STYLES.map(({ value }) => value)).toEqual([
    'photograph', 'watercolor', 'pixel-art', 'line-art', 'film-still', '3d-render', 'isometric', 'paper-cut', 'oil-painting', 'pencil-sketch',
  ]);
  expect(WORD_STYLES.map(({ words }) => words)).toEqual([
    'photograph', 'watercolor', 'pixel art', 'line art', 'film still', '3D render', 'isometric', 'paper cut', 'oil painting', 'pencil sketch',
  ]);
  expect(wordsHint(wordStyle('watercolor')!)).toBe('Adds "watercolor" to the prompt');
  expect(wordStyle('none')).toBeUndefined();
});

it('there are twelve ideas, all different', () => {
  expect(IDEAS).toHaveLength(12);
  expect(new Set(IDEAS).size).toBe(12);
});

it('choices have labels from their values', () => {
  expect(['pixel-art', '3d-model', '3d-animated-family-film', 'standard', 'neon_punk', '16:9', ''].map(choiceLabel))
    .toEqual(['Pixel art', '3D model', '3D animated family film', 'Standard', 'Neon punk', '16:9', '']);
  for (const value of [...STYLE.values, ...MODELS.flatMap(({ parameters }) => parameters.style?.values ?? [])]) expect(choiceLabel(value)).toMatch(/^(3D|[A-Z])[a-z -]*$/);
});

describe('edit operations', () => {
  it('of the catalog have words', () => {
    for (const edit of PAGE_EDITS) {
      const { label, hint, prompt } = operationWords(edit);
      expect([edit.operation, label]).not.toEqual([edit.operation, edit.name]);
      expect(hint).not.toBe('');
      expect([edit.operation, prompt !== undefined]).toEqual([edit.operation, 'prompt' in edit.parameters]);
    }
  });

  it('are shown in groups', () => {
    expect(operationGroups(PAGE_EDITS).map(({ group, edits }) => [group, edits.map((edit) => operationWords(edit).label)])).toEqual([
      ['Paint over a part', ['Replace', 'Erase']],
      ['Change the frame', ['Extend', 'Fast', 'Conservative', 'Creative']],
      ['Change by words', ['Find and replace', 'Find and recolor']],
      ['Whole image', ['Remove background', 'From a sketch', 'Keep structure', 'Style of an image', 'Transfer style']],
    ]);
  });

  it('that the page does not know come last in the last group, with the name of their service', () => {
    const unknown = { operation: 'relight', name: 'Stable Image Relight' };
    expect(operationGroups([unknown, { operation: 'erase' }]).map(({ group, edits }) => [group, edits.map(({ operation }) => operation)])).toEqual([
      ['Paint over a part', ['erase']], ['Whole image', ['relight']],
    ]);
    expect(operationWords(unknown)).toMatchObject({ label: 'Stable Image Relight', title: 'Stable Image Relight' });
    expect(operationWords({ operation: 'change-light' }).label).toBe('Change light');
  });
});
