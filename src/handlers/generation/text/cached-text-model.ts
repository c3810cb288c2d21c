import { describeCause, type Logger } from '../../shared/log';
import type { TextInput, TextModels, TextOutput } from '../ports';
import { afterModelCall, errorFromStored } from '../spend/charges';
import { microUsd, type Spending } from '../spend/spending';
import type { FailedImage } from '../storage/records';

/** Stores the outcome of a text model call for the next runs of a request. */
export interface TextCache {
  read(): Promise<string | undefined>;
  write(outcome: string): Promise<void>;
}

export interface CachedTextPorts {
  readonly log: Logger;
  readonly spending: Spending;
}

interface TextFailure extends Pick<FailedImage, 'code' | 'detail'> {
  /** What the call may have cost, in millionths of a US dollar. Absent if the price is not known. */
  readonly microUsd?: number;
}

type Outcome = { readonly output: TextOutput } | { readonly failure: TextFailure };

/**
 * Stores the outcome of the text model, so that all runs of a request use the same prompt and the model is charged once. A failure that
 * may have been charged is stored as well.
 */
export class CachedTextModel implements TextModels {
  constructor(private readonly textModel: TextModels, private readonly cache: TextCache, private readonly ports: CachedTextPorts) {}

  public async generate(input: TextInput, deadline: number): Promise<TextOutput> {
    const cached = await this.cache.read();
    if (cached !== undefined) return this.recalled(JSON.parse(cached) as Outcome);
    const { spending } = this.ports;
    const before = spending.chargedMicroUsd;
    try {
      const output = await this.textModel.generate(input, deadline);
      await this.store({ output });
      return output;
    } catch (cause) {
      const { code, message: detail, mayBeCharged } = afterModelCall(cause);
      const spent = spending.chargedUsd === undefined ? undefined : spending.chargedMicroUsd - before;
      if (mayBeCharged) await this.store({ failure: { code, detail, microUsd: spent } });
      throw cause;
    }
  }

  private async store(outcome: Outcome): Promise<void> {
    await this.cache.write(JSON.stringify(outcome)).catch((cause) => this.ports.log.error('text not cached', describeCause(cause)));
  }

  private recalled(outcome: Outcome): TextOutput {
    if (!('output' in outcome)) {
      this.ports.spending.recall(outcome.failure.microUsd, 'maybe');
      throw errorFromStored(outcome.failure);
    }
    const { estimatedCostUsd } = outcome.output;
    this.ports.spending.recall(estimatedCostUsd === undefined ? undefined : microUsd(estimatedCostUsd));
    return outcome.output;
  }
}
