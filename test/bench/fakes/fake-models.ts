import { createHash } from 'node:crypto';
import { noiseImage } from './noise-image';

/** The fake of Amazon Bedrock: every call of InvokeModel returns the same image, in the response format of Stability AI. */
export class FakeModels {
  private readonly bodies = new Map<number, Buffer>();
  private readonly digests = new Map<number, string>();

  constructor(public imageBytes = 1_500_000) {}

  /** The SHA-256 of the image that the model returns. */
  public get digest(): string {
    return this.cached(this.digests, () => createHash('sha256').update(noiseImage(this.imageBytes)).digest('hex'));
  }

  /** Returns the response body of an operation in the path `/model/<id>/<operation>` or `/guardrail/<id>/version/<version>/apply`. */
  public respond(path: string): Buffer {
    switch (path.split('/').at(-1)) {
      case 'invoke':
        return this.cached(this.bodies, () => json({ seeds: [7], finish_reasons: [null], images: [noiseImage(this.imageBytes).toString('base64')] }));
      case 'converse':
        return json({
          output: { message: { role: 'assistant', content: [{ text: 'A lighthouse in a storm, painted in oil.' }] } },
          stopReason: 'end_turn',
          usage: { inputTokens: 12, outputTokens: 11, totalTokens: 23 },
          metrics: { latencyMs: 1 },
        });
      default:
        return json({ action: 'NONE', outputs: [], assessments: [], usage: {} });
    }
  }

  private cached<T>(cache: Map<number, T>, create: () => T): T {
    const value = cache.get(this.imageBytes) ?? create();
    cache.set(this.imageBytes, value);
    return value;
  }
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
