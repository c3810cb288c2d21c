import type { Documents, ImageStore, TextInput, TextModels, TextOutput } from '../generation/ports';
import { fromJson } from '../shared/json';
import { describeCause, type Logger } from '../shared/log';

export interface CachedTextModelPorts {
  readonly store: ImageStore;
  readonly documents: Documents;
  readonly log: Logger;
}

/** Stores the output of the text model with a job, so that all attempts use the same prompt and the model is charged once. */
export class CachedTextModel implements TextModels {
  constructor(private readonly textModel: TextModels, private readonly key: string, private readonly ports: CachedTextModelPorts) {}

  public async generate(input: TextInput, deadline: number): Promise<TextOutput> {
    const { store, documents, log } = this.ports;
    const cached = await store.readIfExists(this.key);
    if (cached) return fromJson<TextOutput>(cached);
    const output = await this.textModel.generate(input, deadline);
    await documents.write(this.key, JSON.stringify(output), deadline).catch((cause) => log.error('text not cached', describeCause(cause)));
    return output;
  }
}
