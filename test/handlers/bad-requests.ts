/** Bodies of `POST /images` that must be refused, and the fields that the answer must name: all of them, at once. */
export interface BadRequest {
  readonly why: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly pointers: readonly string[];
  /** A part of the text that helps. */
  readonly says?: RegExp;
}

export const BAD_REQUESTS: readonly BadRequest[] = [
  { why: 'no prompt', body: {}, pointers: ['/prompt'], says: /is required/ },
  { why: 'an empty prompt', body: { prompt: '' }, pointers: ['/prompt'], says: /1 to 10000 characters for stability.stable-image-core-v1:1, got ""/ },
  { why: 'a blank prompt', body: { prompt: ' \n' }, pointers: ['/prompt'] },
  { why: 'a prompt that is no text', body: { prompt: 7 }, pointers: ['/prompt'], says: /must be a text.*got 7/ },
  { why: 'a prompt that is too long', body: { prompt: 'x'.repeat(10_001) }, pointers: ['/prompt'], says: /got a text of 10001 characters/ },
  { why: 'a negative prompt that is too long', body: { prompt: 'x', negativePrompt: 'x'.repeat(10_001) }, pointers: ['/negativePrompt'] },
  { why: 'an unknown model', body: { prompt: 'x', model: 'dall-e-2' }, pointers: ['/model'], says: /stable-image-core/ },
  { why: 'an aspect ratio that is none', body: { prompt: 'x', aspectRatio: 'wide' }, pointers: ['/aspectRatio'] },
  { why: 'an aspect ratio the model lacks', body: { prompt: 'x', aspectRatio: '7:3' }, pointers: ['/aspectRatio'], says: /16:9.*for stability\.stable-image-core-v1:1/ },
  { why: 'a width without height', body: { prompt: 'x', width: 512 }, pointers: ['/height'], says: /together with width/ },
  { why: 'a height without width', body: { prompt: 'x', height: 512 }, pointers: ['/width'] },
  { why: 'a size below the range', body: { prompt: 'x', width: 63, height: 63 }, pointers: ['/width', '/height'] },
  { why: 'a size above the range', body: { prompt: 'x', width: 4097, height: 4097 }, pointers: ['/width', '/height'] },
  { why: 'both a size and an aspect ratio', body: { prompt: 'x', width: 512, height: 512, aspectRatio: '1:1' }, pointers: ['/width', '/height'], says: /one or the other/ },
  { why: 'a count of 0', body: { prompt: 'x', count: 0 }, pointers: ['/count'], says: /whole number from 1 to 4, got 0/ },
  { why: 'a count of 5', body: { prompt: 'x', count: 5 }, pointers: ['/count'] },
  { why: 'a count of 1.5', body: { prompt: 'x', count: 1.5 }, pointers: ['/count'] },
  { why: 'a negative seed', body: { prompt: 'x', seed: -1 }, pointers: ['/seed'] },
  { why: 'a seed above the range', body: { prompt: 'x', seed: 4_294_967_296 }, pointers: ['/seed'], says: /0 to 4294967295/ },
  { why: 'a seed in quotes', body: { prompt: 'x', seed: '7' }, pointers: ['/seed'] },
  { why: 'a style on a model without styles', body: { prompt: 'x', style: 'anime' }, pointers: ['/style'], says: /not supported by stability\.stable-image-core-v1:1/ },
  { why: 'a cfgScale on a model without', body: { prompt: 'x', cfgScale: 7 }, pointers: ['/cfgScale'] },
  { why: 'steps on a model without', body: { prompt: 'x', steps: 30 }, pointers: ['/steps'] },
  { why: 'a format that the model lacks', body: { prompt: 'x', outputFormat: 'webp' }, pointers: ['/outputFormat'], says: /one of png, jpeg/ },
  { why: 'a format that is none', body: { prompt: 'x', outputFormat: 'gif' }, pointers: ['/outputFormat'] },
  { why: 'an unknown way to answer', body: { prompt: 'x', response: 'pdf' }, pointers: ['/response'] },
  { why: 'enhancing without a text model', body: { prompt: 'x', enhancePrompt: true }, pointers: ['/enhancePrompt'], says: /no text model/ },
  { why: 'an unknown field', body: { prompt: 'x', promt: 'y' }, pointers: ['/promt'], says: /it takes prompt, negativePrompt/ },
  { why: 'a field with a slash in its name', body: { 'prompt': 'x', 'a/b~c': 1 }, pointers: ['/a~1b~0c'] },
  { why: 'a field that objects inherit', body: JSON.parse('{"prompt":"x","__proto__":1,"constructor":2}'), pointers: ['/__proto__', '/constructor'] },
  {
    why: 'fifteen faults',
    body: {
      prompt: 1,
      negativePrompt: 2,
      model: 3,
      aspectRatio: 4,
      width: 'a',
      height: 'b',
      count: 9,
      seed: -1,
      style: 5,
      cfgScale: 'c',
      steps: 'd',
      outputFormat: 'gif',
      response: 'pdf',
      enhancePrompt: 'yes',
      bogus: true,
    },
    pointers: [
      '/prompt', '/negativePrompt', '/model', '/aspectRatio', '/width', '/height', '/count', '/seed', '/style', '/cfgScale', '/steps', '/outputFormat',
      '/response', '/enhancePrompt', '/bogus',
    ],
  },
];
