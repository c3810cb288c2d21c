import type { Documents, ImageStore, TextInput, TextModels, TextOutput } from '../generation/ports';
import { fromJson } from '../shared/json';
import { describeCause, type Logger } from '../shared/log';

export interface CachedTextModelPorts {
  readonly store: ImageStore;
  readonly documents: Documents;
  readonly log: Logger;
}

/** A text model whose answer is kept with a job: all attempts at the job draw from one prompt, which is paid for once. */
export class CachedTextModel implements TextModels {
  constructor(private readonly texts: TextModels, private readonly key: string, private readonly ports: CachedTextModelPorts) {}

  public async generate(input: TextInput, deadline: number): Promise<TextOutput> {
    const { store, documents, log } = this.ports;
    const kept = await store.readIfExists(this.key);
    if (kept) return fromJson<TextOutput>(kept);
    const output = await this.texts.generate(input, deadline);
    await documents.write(this.key, JSON.stringify(output), deadline).catch((cause) => log.error('text not kept', describeCause(cause, [output.text])));
    return output;
  }
}
