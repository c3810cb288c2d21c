import { createPage, type Browser } from '../../../src/playground/stores/page';
import { settingsOf } from '../../../src/playground/stores/settings-of';
import type { PlaygroundAuth } from '../../../src/private/contract/playground';
import { CAPABILITIES } from '../../fixtures/playground-models';
import { IMAGE_ID, pageProblem, pageRecord } from '../../fixtures/playground-tiles';

const NOW = Date.parse('2026-11-27T12:00:00.000Z');
const OTHER_ID = '01KAJ3W0V5E2M8Q9XG7T4R6B1P';

type Handler = (body: Record<string, unknown>, headers: Headers) => { readonly status?: number; readonly json?: object; readonly headers?: Record<string, string> } | 'lost';

interface Options {
  readonly auth?: PlaygroundAuth;
  readonly fragment?: string;
  readonly queued?: boolean;
  readonly routes?: Readonly<Record<string, Handler>>;
}

/** The stores of a page with an API of functions. */
function world({ auth = { type: 'apiKey' }, fragment = '', queued = false, routes = {} }: Options = {}) {
  const calls: { readonly route: string; readonly body: Record<string, unknown>; readonly key: string | null }[] = [];
  const handlers: Record<string, Handler> = { 'GET /models': () => ({ json: CAPABILITIES }), ...routes };
  let url = fragment;
  const history = {
    read: () => url,
    replace: (next: string) => { url = next; },
    push: (next: string) => { url = next; },
    back: () => undefined,
  };
  const browser: Browser = {
    fetch: async (input, init = {}) => {
      const route = `${init.method} ${String(input).replace('/api', '').replace(/\?.*/, '').replace(/[0-9A-Z]{26}/, '{id}')}`;
      const headers = new Headers(init.headers);
      const body = init.body === undefined ? {} : JSON.parse(String(init.body)) as Record<string, unknown>;
      calls.push({ route, body, key: headers.get('x-api-key') });
      const result = (handlers[route] ?? (() => ({ status: 404, json: pageProblem('NOT_FOUND') })))(body, headers);
      if (result === 'lost') throw new TypeError('network');
      const { status = 200, json, headers: responseHeaders } = result;
      return new Response(json ? JSON.stringify(json) : null, { status, ...(responseHeaders && { headers: responseHeaders }) });
    },
    history,
    signIn: { redirectUri: 'https://page/', load: () => Promise.reject(new Error('not used')), keep: () => undefined, discard: () => undefined, leave: () => undefined },
    now: () => Date.now(),
    random: () => 0.5,
    isOnline: () => true,
    isHidden: () => false,
    isNarrow: () => false,
  };
  const page = createPage({ name: 'P', api: '/api', apiUrl: 'https://api/prod', images: '/i', imagesHost: 'b', uploads: '/u', queued, auth }, browser);
  const connect = async () => {
    page.session.open(['key-1']);
    await page.connection.connect();
  };
  return { page, calls, handlers, connect, url: () => url, workspace: () => page.workspace.value! };
}

const settle = () => jest.advanceTimersByTimeAsync(0);

describe('the stores of the page', () => {
  beforeEach(() => jest.useFakeTimers({ now: NOW }));
  afterEach(() => jest.useRealTimers());

  it('have no form before the API is known, and send the key with each request', async () => {
    const { page, calls, connect } = world();
    expect([page.workspace.value, page.connection.state.value.state]).toEqual([undefined, 'idle']);
    await connect();
    expect(page.connection.state.value.state).toBe('ready');
    expect(calls).toEqual([{ route: 'GET /models', body: {}, key: 'key-1' }]);
    expect(page.workspace.value?.draft.model.value.default).toBe(true);
  });

  it('connect by themselves to an API without credentials, which has no gallery', async () => {
    const { page } = world({ auth: { type: 'none' } });
    await settle();
    expect([page.connection.state.value.state, page.hasGallery]).toEqual(['ready', false]);
  });

  it('try again ten seconds after the API was not reached, and not after it refused the key', async () => {
    const { page, calls, handlers, connect } = world({ routes: { 'GET /models': () => 'lost' } });
    await connect();
    expect(page.connection.state.value).toEqual({ state: 'lost', reason: 'connection', repeatAt: NOW + 10_000 });
    handlers['GET /models'] = () => ({ status: 401, json: pageProblem('UNAUTHENTICATED') });
    await jest.advanceTimersByTimeAsync(10_000);
    expect([page.connection.state.value.state, page.session.state.value]).toEqual(['failed', 'rejected']);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(2);
  });

  it('generate an image: into the library with its prompt, the cost of this tab, and announced', async () => {
    const { page, calls, connect, workspace, url } = world({ routes: { 'POST /images': () => ({ status: 201, json: pageRecord({ prompt: `sha256:${'0'.repeat(64)}`, estimatedCostUsd: 0.04 }) }) } });
    await connect();
    expect(workspace().generate()).toBe(false);
    workspace().draft.set('prompt', 'a fox');
    expect(workspace().generate()).toBe(true);
    await settle();
    const [run] = workspace().runs.runs.value;
    expect(run.tiles[0].value.state).toBe('ready');
    expect(calls[1].body).toMatchObject({ prompt: 'a fox' });
    const record = page.library.records.value.get(IMAGE_ID)!;
    expect(page.library.promptOf(record)).toEqual({ kept: true, text: 'a fox' });
    expect([page.budget.spentUsd.value, page.notices.status.value, url()]).toEqual([0.04, 'Image 1 of 1 is ready', '#/create?prompt=a+fox']);
    expect(settingsOf(record, 0, page.library.promptOf(record), CAPABILITIES)?.values).toMatchObject({ prompt: 'a fox', seed: 1 });
    expect(settingsOf({ ...record, operation: 'inpaint' }, 0, page.library.promptOf(record), CAPABILITIES)).toBeUndefined();
  });

  it('say at the field what the API rejects, and warn about a failure', async () => {
    const problem = pageProblem('INVALID_REQUEST', { errors: [{ pointer: '/width', detail: 'must be a multiple of 64' }] });
    const { page, connect, workspace } = world({ routes: { 'POST /images': () => ({ status: 400, json: problem }) } });
    await connect();
    workspace().draft.set('prompt', 'a fox');
    workspace().generate();
    await settle();
    expect(workspace().draft.issues.value).toEqual([{ name: 'size', text: 'This value must be a multiple of 64.' }]);
    expect(page.notices.alert.value).toBe('Image 1 of 1 failed');
  });

  it('use what the API reports of the budget, until it is read again', async () => {
    const budget = { remainingUsd: 5, limitUsd: 5, resetsAt: '2026-11-28T00:00:00Z' };
    const { page, connect, workspace } = world({
      routes: {
        'GET /models': () => ({ json: { ...CAPABILITIES, budget } }),
        'POST /images': () => ({ status: 201, json: pageRecord(), headers: { 'x-budget-remaining-usd': '4.96' } }),
      },
    });
    await connect();
    workspace().draft.set('prompt', 'a fox');
    workspace().generate();
    await settle();
    expect(page.budget.budget.value).toEqual({ ...budget, remainingUsd: 4.96 });
    await page.connection.connect();
    expect(page.budget.budget.value).toEqual(budget);
    expect(page.budget.spentUsd.value).toBeUndefined();
  });

  it('name each job once in the URL, also one of several images, and show it again', async () => {
    const omni = CAPABILITIES.models.find(({ imagesPerCall }) => imagesPerCall > 1)!;
    const { connect, workspace, url } = world({ queued: true, routes: { 'POST /images': () => ({ status: 202, json: pageRecord({ status: 'queued' }, 0) }) } });
    await connect();
    workspace().draft.selectModel(omni.id);
    workspace().draft.set('prompt', 'a fox');
    workspace().draft.set('count', 3);
    workspace().generate();
    await settle();
    expect(workspace().runs.runs.value[0].tiles).toHaveLength(3);
    expect(new URLSearchParams(url().split('?')[1]).get('run')).toBe(IMAGE_ID);
    const restored = world({ queued: true, fragment: url(), routes: { 'GET /images/{id}': () => ({ json: pageRecord() }) } });
    await restored.connect();
    await settle();
    expect(restored.workspace().runs.runs.value[0].tiles.map(({ value }) => value.state)).toEqual(['ready']);
  });

  it('write the draft to the URL 300 ms after the last change, and read it when the user changes the URL', async () => {
    const { page, connect, workspace, url } = world();
    await connect();
    workspace().draft.set('prompt', 'a fox');
    await jest.advanceTimersByTimeAsync(299);
    expect(url()).toBe('');
    await jest.advanceTimersByTimeAsync(1);
    expect(url()).toBe('#/create?prompt=a+fox');
    page.navigation.go({ view: 'create', fields: { prompt: 'a bear' }, run: [] });
    expect(workspace().draft.prompt.value).toBe('a bear');
  });

  it('suggest a better prompt beside the one of the user, who can take it and undo that', async () => {
    const { connect, workspace, calls, handlers } = world({ routes: { 'POST /text': () => ({ json: { text: ' a red fox, snow ' } }) } });
    await connect();
    const { helper, draft } = workspace();
    await helper.improve();
    expect(calls).toHaveLength(1);
    draft.set('prompt', 'a fox');
    await helper.improve();
    expect([helper.help.value, draft.prompt.value]).toEqual([{ kind: 'suggestion', text: 'a red fox, snow' }, 'a fox']);
    helper.use('a red fox, snow');
    expect(draft.prompt.value).toBe('a red fox, snow');
    helper.undo();
    expect([draft.prompt.value, helper.help.value.kind]).toEqual(['a fox', 'none']);
    handlers['POST /text'] = () => 'lost';
    await helper.improve();
    expect(helper.help.value.kind).toBe('failed');
    helper.close();
    helper.showIdeas();
    const first = helper.help.value;
    helper.showIdeas();
    expect(first.kind === 'ideas' && first.ideas).toHaveLength(3);
    expect(helper.help.value).not.toEqual(first);
  });

  it('show a message for five seconds, the newest one', async () => {
    const { page: { notices } } = world();
    notices.show('Copied');
    await jest.advanceTimersByTimeAsync(3000);
    notices.show('Deleted');
    await jest.advanceTimersByTimeAsync(3000);
    expect(notices.toast.value?.text).toBe('Deleted');
    await jest.advanceTimersByTimeAsync(2000);
    expect(notices.toast.value).toBeUndefined();
  });

  it('list and delete images, and forget what was deleted', async () => {
    const { page, connect, calls } = world({
      routes: {
        'GET /images': () => ({ json: { images: [pageRecord(), pageRecord({ id: OTHER_ID })] } }),
        'DELETE /images/{id}': () => ({ status: 204 }),
      },
    });
    await connect();
    await page.gallery.refresh();
    expect(page.gallery.images.value.map(({ id }) => id)).toEqual([IMAGE_ID, OTHER_ID]);
    expect(await page.gallery.remove([IMAGE_ID])).toEqual({ deleted: [IMAGE_ID], failed: [] });
    expect(calls.map(({ route }) => route)).toEqual(['GET /models', 'GET /images', 'DELETE /images/{id}']);
    expect(page.gallery.images.value.map(({ id }) => id)).toEqual([OTHER_ID]);
  });

  it('send edits, batches and uploads to their routes', async () => {
    const { page, connect, calls } = world();
    await connect();
    await page.api.editImage({ operation: 'erase' }, { key: 'k', enqueue: false });
    await page.api.createBatch({ requests: [] }, 'k');
    await page.api.getBatch(IMAGE_ID);
    await page.api.createUpload('image/png');
    expect(calls.slice(1).map(({ route }) => route)).toEqual(['POST /images/edits', 'POST /images/batches', 'GET /images/batches/{id}', 'POST /images/uploads']);
  });
});
