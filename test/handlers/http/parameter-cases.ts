/** What a model takes, written down by hand from AWS's pages: the tests do not ask the catalog what the catalog should say. */
export interface Facts {
  /** Lowest and highest. */
  readonly wholes?: Readonly<Record<string, readonly [number, number]>>;
  readonly numbers?: Readonly<Record<string, readonly [number, number]>>;
  /** Longest. */
  readonly texts?: Readonly<Record<string, number>>;
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** Parameters with tests of their own: sizes and files. */
  readonly others?: readonly string[];
}

export interface Accepted {
  readonly why: string;
  readonly field: string;
  readonly value: unknown;
}

export interface Refused extends Accepted {
  /** All that the text must hold, besides the id of the model. */
  readonly says: readonly string[];
}

export function parametersOf({ wholes = {}, numbers = {}, texts = {}, choices = {}, others = [] }: Facts): string[] {
  return [...Object.keys({ ...wholes, ...numbers, ...texts, ...choices }), ...others].sort();
}

export function acceptedBy({ wholes = {}, numbers = {}, texts = {}, choices = {} }: Facts): Accepted[] {
  return [
    ...Object.entries({ ...wholes, ...numbers }).flatMap(([field, [lowest, highest]]) => [
      { why: `lowest ${field}`, field, value: lowest },
      { why: `highest ${field}`, field, value: highest },
    ]),
    ...Object.entries(texts).flatMap(([field, longest]) => [
      { why: `shortest ${field}`, field, value: 'x' },
      { why: `longest ${field}`, field, value: 'x'.repeat(longest) },
      { why: `longest ${field} of emoji`, field, value: '🦊'.repeat(longest) },
    ]),
    ...Object.entries(choices).flatMap(([field, values]) => values.map((value) => ({ why: `${field} ${value}`, field, value }))),
  ];
}

export function refusedBy({ wholes = {}, numbers = {}, texts = {}, choices = {} }: Facts): Refused[] {
  const ranges = [
    ...Object.entries(wholes).map((range) => ({ range, step: 1, wrong: [range[1][0] + 0.5] })),
    ...Object.entries(numbers).map((range) => ({ range, step: 0.01, wrong: [] })),
  ];
  return [
    ...ranges.flatMap(({ range: [field, [lowest, highest]], step, wrong }) => {
      const says = [String(lowest), String(highest)];
      return [
        { why: `${field} just below`, field, value: lowest - step, says },
        { why: `${field} just above`, field, value: highest + step, says },
        ...[...wrong, String(lowest), null, true, [lowest]].map((value) => ({ why: `${field} ${JSON.stringify(value)}`, field, value, says })),
      ];
    }),
    ...Object.entries(texts).flatMap(([field, longest]) => [
      { why: `${field} just above`, field, value: 'x'.repeat(longest + 1), says: [String(longest), String(longest + 1)] },
      ...[7, ['x'], { text: 'x' }].map((value) => ({ why: `${field} ${JSON.stringify(value)}`, field, value, says: ['a text', String(longest)] })),
    ]),
    ...Object.entries(choices).flatMap(([field, values]) =>
      ['bogus', values[0].toUpperCase() === values[0] ? values[0].toLowerCase() : values[0].toUpperCase(), 7].filter((value) => !values.includes(String(value)))
        .map((value) => ({ why: `${field} ${value}`, field, value, says: values }))),
  ];
}

/** A value that some model takes, for each parameter of the contract. */
export const SOME: Readonly<Record<string, unknown>> = {
  prompt: 'x',
  negativePrompt: 'x',
  searchPrompt: 'x',
  selectPrompt: 'x',
  aspectRatio: '1:1',
  seed: 7,
  style: 'anime',
  cfgScale: 7,
  steps: 30,
  quality: 'standard',
  strength: 0.5,
  growMask: 5,
  left: 10,
  right: 10,
  up: 10,
  down: 10,
  creativity: 0.3,
  controlStrength: 0.7,
  fidelity: 0.5,
  compositionFidelity: 0.9,
  styleStrength: 1,
  changeStrength: 0.9,
  outputFormat: 'png',
};

export const RATIOS = ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'];
export const STYLES = [
  '3d-model', 'analog-film', 'anime', 'cinematic', 'comic-book', 'digital-art', 'enhance', 'fantasy-art', 'isometric', 'line-art', 'low-poly',
  'modeling-compound', 'neon-punk', 'origami', 'photographic', 'pixel-art', 'tile-texture',
];
