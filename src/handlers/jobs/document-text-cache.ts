import type { Documents, ImageStore } from '../generation/ports';
import type { TextCache } from '../generation/text/cached-text-model';

export interface DocumentTextCachePorts {
  readonly store: ImageStore;
  readonly documents: Documents;
}

/** Stores the outcome of the text model with the documents of a job. */
export class DocumentTextCache implements TextCache {
  constructor(private readonly key: string, private readonly ports: DocumentTextCachePorts, private readonly deadline: number) {}

  public async read(): Promise<string | undefined> {
    const document = await this.ports.store.readIfExists(this.key);
    return document && Buffer.from(document).toString('utf8');
  }

  public write(outcome: string): Promise<void> {
    return this.ports.documents.write(this.key, outcome, this.deadline);
  }
}
