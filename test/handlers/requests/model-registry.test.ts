import { ModelRegistry } from '../../../src/handlers/requests/model-registry';
import { FAMILIES } from '../../../src/private/contract/models';

const CORE = { id: 'stability.stable-image-core-v1:1', region: 'us-west-2' };
const NOVA = { id: 'amazon.nova-canvas-v1:0', region: 'us-east-1' };
const PAINTER = { id: 'acme.painter', region: 'us-west-2', family: 'stability-v2' };
const PROVISIONED = 'arn:aws:bedrock:us-west-2:123456789012:provisioned-model/abcdefghijkl';

describe('ModelRegistry', () => {
  it('fails when the family of a model is not known', () => {
    expect(() => new ModelRegistry([{ id: 'acme.painter', region: 'us-west-2', family: 'crayon' }])).toThrow('acme.painter');
    expect(() => new ModelRegistry([{ id: 'acme.painter', region: 'us-west-2' }])).toThrow('acme.painter');
  });

  it('lists and finds models by id and by alias, which only models of the catalog have', () => {
    const registry = new ModelRegistry([PAINTER, CORE]);
    expect(registry.names).toEqual([PAINTER.id, CORE.id, 'stable-image-core']);
    expect(registry.find('stable-image-core')?.model.id).toBe(CORE.id);
    expect(registry.find('acme')).toBeUndefined();
  });

  it('uses the parameters of the configured family, also for a model that the catalog has with another one', () => {
    const [{ parameters, model }] = new ModelRegistry([{ ...CORE, family: 'amazon-image' }]).all;
    expect({ parameters, family: model.family }).toEqual({ parameters: FAMILIES['amazon-image'].parameters, family: 'amazon-image' });
  });

  it('has the lifecycle and the price of on-demand use only, not for provisioned throughput', () => {
    const [core, nova] = new ModelRegistry([CORE, NOVA]).all;
    expect([core.model.priceUsd, nova.lifecycle.endOfLife]).toEqual([0.04, '2026-09-30']);
    const provisioned = new ModelRegistry([{ ...CORE, call: PROVISIONED }, { ...NOVA, call: PROVISIONED }]).all;
    expect(provisioned.map(({ model, lifecycle }) => [model.priceUsd, lifecycle])).toEqual([[undefined, {}], [undefined, {}]]);
  });
});
