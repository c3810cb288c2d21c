import { sizeFaults } from './amazon-sizes';
import { Family, Filtered, half, Work } from './family';
import { contentBlocked, malformedInput, validationError } from '../bedrock/bedrock-errors';
import { PictureFormat } from '../drawing/encoding';
import { drawPicture } from '../drawing/render-image';
import { ModelFact, ParameterFact, ParameterFacts } from '../schema/documented-facts';
import { isObject, JsonObject, violations } from '../schema/schema-validation';

const FORMAT: PictureFormat = 'png';
const TASK = 'TEXT_IMAGE';
const OTHER_TASKS = [
  'INPAINTING', 'OUTPAINTING', 'IMAGE_VARIATION', 'COLOR_GUIDED_GENERATION', 'BACKGROUND_REMOVAL', 'VIRTUAL_TRY_ON',
];
const SIDE = 1024;

interface Drawing {
  readonly text: string;
  readonly negativeText?: string;
  readonly style?: string;
  readonly numberOfImages: number;
  readonly width: number;
  readonly height: number;
  readonly quality: string;
  readonly cfgScale: number;
  readonly seed: number;
}

/** Titan Image Generator and Nova Canvas, of which the task of drawing from a text is played. */
export const AMAZON_IMAGE: Family = {
  schema: 'amazon-image',
  operation: 'invoke',
  accept: (model, body) => {
    checkTask(model, body);
    const { text, config } = factsOf(model);
    const textParams = body.textToImageParams;
    const settings = body.imageGenerationConfig ?? {};
    const faults = [
      ...violations(TOP_LEVEL, without(body, ['textToImageParams', 'imageGenerationConfig'])),
      ...objectFaults('textToImageParams', textParams, text),
      ...objectFaults('imageGenerationConfig', settings, config),
    ];
    if (faults.length > 0) throw malformedInput(faults);
    const defaults = { numberOfImages: 1, width: SIDE, height: SIDE, quality: 'standard', cfgScale: config.cfgScale.default, seed: config.seed.default };
    const drawing = { ...defaults, ...(settings as object), ...(textParams as object) } as Drawing;
    const misfits = sizeFaults(model, drawing);
    if (misfits.length > 0) throw malformedInput(misfits.map((fault) => `#/imageGenerationConfig: ${fault}`));
    return work(model.modelId, drawing);
  },
};

const TOP_LEVEL: ParameterFacts = { taskType: { type: 'enum', values: [TASK], required: true } };

function checkTask(model: ModelFact, { taskType }: JsonObject): void {
  const other = OTHER_TASKS.find((task) => task === taskType);
  if (other !== undefined) throw validationError(`The local model service does not play ${other} of ${model.modelId}.`);
}

function without(body: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

function objectFaults(name: string, value: unknown, facts: ParameterFacts): string[] {
  if (value === undefined) return [`#: required key [${name}] not found`];
  return isObject(value) ? violations(facts, value, `#/${name}`) : [`#/${name}: expected type: JSONObject`];
}

/** The facts of both models in one form: each notes its parameters in its own way. */
function factsOf({ request }: ModelFact): { readonly text: ParameterFacts; readonly config: ParameterFacts } {
  const texts = request as Readonly<Record<string, Partial<ParameterFact>>>;
  const { quality, ...numbers } = request.imageGenerationConfig as Readonly<Record<string, Partial<ParameterFact>>> & { quality: readonly string[] };
  const number = (name: string): ParameterFact => ({ type: 'int', ...numbers[name] });
  return {
    text: {
      text: { type: 'string', ...(texts['textToImageParams.text'] ?? texts.text), required: true },
      negativeText: { type: 'string', ...texts.negativeText },
      ...('style' in texts && { style: texts.style as ParameterFact }),
    },
    config: {
      numberOfImages: number('numberOfImages'),
      width: number('width'),
      height: number('height'),
      quality: { type: 'enum', values: quality },
      cfgScale: number('cfgScale'),
      seed: number('seed'),
    },
  };
}

function work(modelId: string, drawing: Drawing): Work {
  const draw = async (count: number) => {
    const images: Buffer[] = [];
    // One after the other: side by side they would only wait for each other
    for (let index = 0; index < count; index++) images.push(await drawOne(modelId, drawing, drawing.seed + index));
    return images;
  };
  return {
    answer: async () => answer(await draw(drawing.numberOfImages)),
    filtered: async (what: Filtered) => {
      if (what === 'prompt') throw contentBlocked('text prompt');
      if (what === 'input') throw contentBlocked('input image');
      const left = what === 'some' ? drawing.numberOfImages - 1 : 0;
      return answer(await draw(left), `${left > 0 ? 'Some' : 'All'} of the generated images have been blocked by our content filters.`);
    },
    truncated: async () => answer((await draw(drawing.numberOfImages)).map(half)),
  };
}

async function drawOne(modelId: string, { text, negativeText, style, width, height, quality, cfgScale }: Drawing, seed: number): Promise<Buffer> {
  return drawPicture({
    prompt: text, negativePrompt: negativeText, modelId, seed, style, size: { width, height }, settings: [quality, cfgScale], format: FORMAT,
  });
}

function answer(images: readonly Buffer[], error: string | null = null): JsonObject {
  return { images: images.map((image) => image.toString('base64')), error };
}
