import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { TextCache } from './cached-text-model';
import type { Claims } from '../ports';
import type { Claim } from '../storage/records';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Stores the outcome of the text model in the claim of a request. It contains a prompt, which the retention of the prompt policy may forbid to
 * store. It is therefore encrypted with a key that is derived from the idempotency key, of which the table contains only a hash.
 */
export class ClaimTextCache implements TextCache {
  constructor(private current: Claim, private readonly claims: Claims, private readonly deadline: number) {}

  /** The claim, with the outcome that was written. */
  public get claim(): Claim {
    return this.current;
  }

  public async read(): Promise<string | undefined> {
    const { text } = this.current;
    return text === undefined ? undefined : decrypt(text, this.current);
  }

  public async write(outcome: string): Promise<void> {
    // set before the update: if the update fails, the one at the end of the request stores the outcome
    this.current = { ...this.current, text: encrypt(outcome, this.current) };
    await this.claims.update(this.current, this.deadline);
  }
}

function encrypt(text: string, claim: Claim): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, encryptionKey(claim), iv);
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64');
}

function decrypt(text: string, claim: Claim): string {
  const bytes = Buffer.from(text, 'base64');
  const decipher = createDecipheriv(ALGORITHM, encryptionKey(claim), bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

function encryptionKey({ key, id }: Claim): Buffer {
  return Buffer.from(hkdfSync('sha256', key, id, 'text', KEY_BYTES));
}
