import { describeFailure } from '../../../local/cli/local-run-error';
import { startLocalApp, type LocalApp, type LocalAppOptions } from '../../../local/run-app';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown> & {
    readonly id: string;
    readonly code: string;
    readonly images: { readonly url: string; readonly id: string; readonly expiresAt: string; readonly width: number; readonly height: number }[];
    readonly errors: { readonly pointer: string }[];
  };
}

export interface Request {
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A running example app as its clients see it. */
export class Client {
  public static async start(options: LocalAppOptions): Promise<Client> {
    // Jest shows the message alone, and that of a step does not say why it failed
    const app = await startLocalApp(options).catch((error: unknown) => { throw new Error(describeFailure(error)); });
    return new Client(app);
  }

  constructor(public readonly app: LocalApp) {}

  public get alice(): string {
    return this.app.outputs.apiKeys.alice;
  }

  public get bob(): string {
    return this.app.outputs.apiKeys.bob;
  }

  /** A request to the API; `key` is the API key. */
  public async call(route: string, { key, body, headers }: Request = {}): Promise<Answer> {
    const [method, path] = route.split(' ');
    const response = await fetch(`${this.app.outputs.baseUrl}${path}`, {
      method,
      headers: { ...(key && { 'x-api-key': key }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: text.startsWith('{') ? JSON.parse(text) : {} };
  }

  public draw(key = this.alice, body: object = { prompt: 'a lighthouse' }, headers?: Record<string, string>): Promise<Answer> {
    return this.call('POST /images', { key, body, headers });
  }

  /** How the stand-in for the model behaves from now on; also forgets its calls. */
  public async model(mode: string, options: object = {}): Promise<void> {
    await this.mode(mode, options);
    await fetch(`${this.app.outputs.controlUrl}/calls`, { method: 'DELETE' });
  }

  /** As `model`, but goes on counting. */
  public async mode(mode: string, options: object = {}): Promise<void> {
    const { controlUrl } = this.app.outputs;
    const response = await fetch(`${controlUrl}/mode`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ mode, ...options }) });
    if (!response.ok) throw new Error(await response.text());
  }

  public async modelCalls(): Promise<number> {
    return (await this.modelLedger()).total;
  }

  public async modelLedger(): Promise<{ readonly total: number; readonly mostAtOnce: number }> {
    return await (await fetch(`${this.app.outputs.controlUrl}/calls`)).json() as { total: number; mostAtOnce: number };
  }
}
