import { signal } from '@preact/signals-core';
import { createDraft } from '../../../src/playground/stores/draft';
import { CAPABILITIES, PAGE_MODELS } from '../../fixtures/playground-models';

const [DEFAULT, OTHER] = PAGE_MODELS;
const draftOf = () => createDraft(signal(CAPABILITIES));

describe('the draft', () => {
  it('has one image of the default model, and needs a prompt', () => {
    const draft = draftOf();
    expect([draft.model.value.id, draft.count.value, draft.prompt.value]).toEqual([DEFAULT.id, 1, '']);
    expect(draft.issues.value.map(({ name }) => name)).toEqual(['prompt']);
    draft.set('prompt', 'a fox');
    expect(draft.issues.value).toEqual([]);
  });

  it('is the same after its fields were written to a location and applied', () => {
    const draft = draftOf();
    draft.selectModel(OTHER.id);
    draft.set('prompt', 'a fox');
    draft.set('count', 3);
    const read = draftOf();
    read.applyFields(draft.locationFields());
    expect([read.model.value.id, read.values.value]).toEqual([OTHER.id, draft.values.value]);
  });

  it('has no location fields for the default model without values', () => {
    expect(draftOf().locationFields()).toEqual({});
  });

  it('counts the values under More settings that differ from the default, and removes only these', () => {
    const draft = draftOf();
    draft.set('prompt', 'a fox');
    draft.set('seed', 7);
    draft.set('negativePrompt', 'rain');
    expect(draft.moreChanged.value).toBe(2);
    draft.resetMore();
    expect([draft.moreChanged.value, draft.values.value]).toEqual([0, { prompt: 'a fox' }]);
  });

  it('shows errors of the API until their field changes', () => {
    const draft = draftOf();
    draft.set('prompt', 'a fox');
    draft.reject([{ name: 'prompt', text: 'This value must not contain x.' }]);
    expect(draft.issues.value).toHaveLength(1);
    draft.set('count', 2);
    expect(draft.issues.value).toHaveLength(1);
    draft.set('prompt', 'a bear');
    expect(draft.issues.value).toEqual([]);
  });
});
