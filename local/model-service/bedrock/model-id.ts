import { endOfLife, onDemandNotSupported, unknownModel } from './bedrock-errors';
import { provisionedModel } from './provisioned-models';
import { MODEL_FACTS, type ModelFact, profileSourceRegions } from '../schema/documented-facts';

const ARN = /^arn:aws[\w-]*:bedrock:([a-z0-9-]+):\d*:(?:foundation-model|inference-profile)\/(.+)$/;

/** Resolves a model id, an inference profile id or an ARN in a Region. Throws the error of Bedrock for an unknown model. */
export function resolveModel(idOrArn: string, region: string): ModelFact {
  const provisioned = provisionedModel(idOrArn, region);
  if (provisioned !== undefined) return provisioned;
  const id = idInRegion(idOrArn, region);
  const byProfile = MODEL_FACTS.find((model) => model.inferenceProfiles.includes(id));
  const model = byProfile ?? MODEL_FACTS.find((candidate) => candidate.modelId === id);
  if (model === undefined) throw unknownModel();
  // an ended model returns the same error in all regions
  if (model.status === 'EOL') throw endOfLife();
  if (byProfile !== undefined) {
    if (!isProfileSource(model, id, region)) throw unknownModel();
    return model;
  }
  if (model.regions.length > 0 && !model.regions.includes(region)) throw unknownModel();
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

const NOT_COMMERCIAL = /^(?:cn|us-gov|us-iso\w*|eu-isoe|eusc)-/;

/** Whether an inference profile can be called from a Region. */
function isProfileSource(model: ModelFact, profileId: string, region: string): boolean {
  if (model.regions.length > 0) return profileSourceRegions(model, profileId).includes(region);
  // the Regions of a preview model are not published, so the prefix of its profile decides
  if (NOT_COMMERCIAL.test(region)) return false;
  return profileId.startsWith('global.') || region.startsWith(profileId.split('.')[0] + '-');
}
