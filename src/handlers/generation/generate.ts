import { ApiError } from '../errors';
import { describeCause } from '../log';
import { takeClaim } from './claim';
import { drawImages, type DrawPorts, type DrawSettings, type Generated } from './draw';
import type { Claim, Claims } from './ports';
import type { Caller, GenerateRequest } from './request';
import { firstSeed } from './seeds';

export interface GenerationPorts extends DrawPorts {
  readonly claims: Claims;
  readonly newId: () => string;
}

/** From a checked request to stored images and their record, once per idempotency key: the same for every route. */
export async function generate(request: GenerateRequest, caller: Caller, ports: GenerationPorts, settings: DrawSettings): Promise<Generated> {
  const id = ports.newId();
  const seed = firstSeed(request.seed, request.maxSeed);
  if (caller.idempotencyKey === undefined) return drawImages(request, caller, { id, seed, resumed: false }, ports, settings);

  const wanted = { owner: caller.owner, key: caller.idempotencyKey, fingerprint: request.fingerprint, id, seed };
  const outcome = await takeClaim(wanted, caller.deadline, ports);
  if ('replay' in outcome) return { record: outcome.replay, images: outcome.replay.images.map((stored) => ({ stored })) };

  const { claim, resumed } = outcome;
  try {
    const generated = await drawImages(request, caller, { id: claim.id, seed: claim.seed, resumed }, ports, settings);
    // with a warning the claim is left to lapse: a later attempt then finds what is in the bucket and completes it
    if (!generated.warning) await attempt(() => ports.claims.settle({ ...claim, state: 'done' }), ports);
    return generated;
  } catch (error) {
    await attempt(() => closeFailed(claim, error, ports.claims), ports);
    throw error;
  }
}

/** A filtered request stays filtered; after any other failure the key may be tried again. */
function closeFailed(claim: Claim, error: unknown, claims: Claims): Promise<void> {
  const filtered = error instanceof ApiError && error.code === 'CONTENT_FILTERED';
  return filtered ? claims.settle({ ...claim, state: 'filtered', detail: error.message }) : claims.release(claim);
}

/** The outcome stands whatever becomes of the claim: one that stays open just runs out. */
async function attempt(action: () => Promise<void>, ports: GenerationPorts): Promise<void> {
  try {
    await action();
  } catch (cause) {
    ports.log.error('claim not closed', describeCause(cause));
  }
}
