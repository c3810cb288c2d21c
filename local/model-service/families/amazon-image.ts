import { sizeViolations } from './amazon-sizes';
import { type Family, type FilteredContent, firstHalf, type Outcomes } from './family';
import { contentBlocked, malformedInput, validationError } from '../bedrock/bedrock-errors';
import { type ImageFormat } from '../drawing/encoding';
import { renderImage } from '../drawing/render-image';
import { type ModelFact, type ParameterFact, type ParameterFacts } from '../schema/documented-facts';
import { isObject, type JsonObject, schemaViolations } from '../schema/schema-validation';

const FORMAT: ImageFormat = 'png';
const TASK = 'TEXT_IMAGE';
const OTHER_TASKS = [
  'INPAINTING', 'OUTPAINTING', 'IMAGE_VARIATION', 'COLOR_GUIDED_GENERATION', 'BACKGROUND_REMOVAL', 'VIRTUAL_TRY_ON',
];
const SIDE = 1024;

interface ImageRequest {
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

/** Titan Image Generator and Nova Canvas. Only the task TEXT_IMAGE is supported. */
export const AMAZON_IMAGE: Family = {
  schema: 'amazon-image',
  operation: 'invoke',
  accept: (model, body) => {
    checkTask(model, body);
    const { text, config } = factsOf(model);
    const textParams = body.textToImageParams;
    const settings = body.imageGenerationConfig ?? {};
    const violations = [
      ...schemaViolations(TOP_LEVEL, without(body, ['textToImageParams', 'imageGenerationConfig'])),
      ...objectViolations('textToImageParams', textParams, text),
      ...objectViolations('imageGenerationConfig', settings, config),
    ];
    if (violations.length > 0) throw malformedInput(violations);
    const defaults = { numberOfImages: 1, width: SIDE, height: SIDE, quality: 'standard', cfgScale: config.cfgScale.default, seed: config.seed.default };
    const request = { ...defaults, ...(settings as object), ...(textParams as object) } as ImageRequest;
    const invalidSize = sizeViolations(model, request);
    if (invalidSize.length > 0) throw malformedInput(invalidSize.map((violation) => `#/imageGenerationConfig: ${violation}`));
    return outcomes(model.modelId, request);
  },
};

const TOP_LEVEL: ParameterFacts = { taskType: { type: 'enum', values: [TASK], required: true } };

function checkTask(model: ModelFact, { taskType }: JsonObject): void {
  const other = OTHER_TASKS.find((task) => task === taskType);
  if (other !== undefined) throw validationError(`The local model service does not support ${other} of ${model.modelId}.`);
}

function without(body: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

function objectViolations(name: string, value: unknown, facts: ParameterFacts): string[] {
  if (value === undefined) return [`#: required key [${name}] not found`];
  return isObject(value) ? schemaViolations(facts, value, `#/${name}`) : [`#/${name}: expected type: JSONObject`];
}

/** Returns the parameter facts of a model. Their structure in `models.json` differs between Titan and Nova Canvas. */
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

function outcomes(modelId: string, request: ImageRequest): Outcomes {
  const render = async (count: number) => {
    const images: Buffer[] = [];
    // sequentially, because parallel rendering is not faster
    for (let index = 0; index < count; index++) images.push(await renderOne(modelId, request, request.seed + index));
    return images;
  };
  return {
    success: async () => response(await render(request.numberOfImages)),
    filtered: async (content: FilteredContent) => {
      if (content === 'prompt') throw contentBlocked('text prompt');
      if (content === 'input') throw contentBlocked('input image');
      const count = content === 'some' ? request.numberOfImages - 1 : 0;
      return response(await render(count), `${count > 0 ? 'Some' : 'All'} of the generated images have been blocked by our content filters.`);
    },
    truncated: async () => response((await render(request.numberOfImages)).map(firstHalf)),
  };
}

async function renderOne(modelId: string, request: ImageRequest, seed: number): Promise<Buffer> {
  const { text, negativeText, style, width, height, quality, cfgScale } = request;
  return renderImage({
    prompt: text, negativePrompt: negativeText, modelId, seed, style, size: { width, height }, settings: [quality, cfgScale], format: FORMAT,
  });
}

function response(images: readonly Buffer[], error: string | null = null): JsonObject {
  return { images: images.map((image) => image.toString('base64')), error };
}
