import { endOfLife, onDemandNotSupported, unknownModel } from './errors';
import { MODEL_FACTS, ModelFact, profileSourceRegions } from './facts';

const ARN = /^arn:aws[\w-]*:bedrock:([a-z0-9-]+):\d*:(?:foundation-model|inference-profile)\/(.+)$/;

/** The model that an id, an inference profile's id or the ARN of either names in a region; throws what Bedrock answers if there is none. */
export function resolveModel(idOrArn: string, region: string): ModelFact {
  const id = idInRegion(idOrArn, region);
  const byProfile = MODEL_FACTS.find((model) => model.inferenceProfiles.includes(id));
  const model = byProfile ?? MODEL_FACTS.find((candidate) => candidate.modelId === id);
  if (model === undefined) throw unknownModel();
  // Whoever calls an ended model is told so wherever they call it from
  if (model.status === 'EOL') throw endOfLife();
  if (!model.regions.includes(region)) throw unknownModel();
  if (byProfile !== undefined) {
    if (!profileSourceRegions(model, id).includes(region)) throw unknownModel();
    return model;
  }
  if (!model.invocation.onDemandDirect) throw onDemandNotSupported(id);
  if (model.onDemandRegions !== undefined && !model.onDemandRegions.includes(region)) throw onDemandNotSupported(id);
  return model;
}

function idInRegion(idOrArn: string, region: string): string {
  if (!idOrArn.startsWith('arn:')) return idOrArn;
  const [, arnRegion, id] = ARN.exec(idOrArn) ?? [];
  if (id === undefined || arnRegion !== region) throw unknownModel();
  return id;
}
