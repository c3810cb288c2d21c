import { setTimeout as sleep } from 'node:timers/promises';
import { type Route } from 'playwright-core';
import { callCognito, LOCAL_USER, userPoolIdOf } from '../../../local/playground/sign-in';
import { type PlaygroundConfiguration, type PlaygroundSignIn } from '../../../src/private/contract/playground';
import { type PageOptions, type PlaygroundPage } from '../../helpers/e2e/playground-page';
import { usePlayground } from '../../helpers/e2e/use-playground';

/** The page of examples/cognito, and the sign-in pages of the emulator, in a real browser. */
describe('the playground with a user pool', () => {
  const playground = usePlayground({ app: 'examples/cognito' });
  let url: string;
  let auth: PlaygroundSignIn;
  beforeAll(async () => {
    url = playground.client.app.outputs.playgroundUrl!;
    auth = (await (await fetch(`${url}/config.json`)).json() as PlaygroundConfiguration).auth as PlaygroundSignIn;
  });

  // tiles can have another one
  const signInButton = () => playground.opened.page.locator('.card').getByRole('button', { name: 'Sign in' });

  /** Presses the button of the page, and fills in the page of the user pool. */
  async function submitPassword(): Promise<void> {
    const { page } = playground.opened;
    await signInButton().click();
    await page.getByLabel('Username').fill(LOCAL_USER.name);
    await page.getByLabel('Password').fill(LOCAL_USER.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  async function signIn(): Promise<void> {
    await submitPassword();
    await playground.opened.page.getByRole('navigation', { name: 'Main' }).waitFor();
  }
  async function signedIn(options: Omit<PageOptions, 'url'> = {}): Promise<PlaygroundPage> {
    await playground.open(options);
    await signIn();
    return playground.opened;
  }

  /** Makes the API reject the tokens of a number of requests, as it rejects expired ones. */
  async function rejectTokens(times: number): Promise<void> {
    const change = (route: Route) => route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer expired' } });
    await playground.opened.page.route(/\/api\/images/, change, { times });
  }
  const tokenRequests = () => {
    const grants: (string | null)[] = [];
    playground.opened.page.on('request', (request) => {
      if (request.url().endsWith('/oauth2/token')) grants.push(new URLSearchParams(request.postData() ?? '').get('grant_type'));
    });
    return grants;
  };

  it('signs in, restores the draft and generates an image', async () => {
    const { page } = await signedIn({ fragment: '#/create?prompt=a+red+fox&ratio=16:9' });
    expect(page.url()).toBe(`${url}/#/create?prompt=a+red+fox&ratio=16%3A9`);
    expect(await playground.opened.prompt.inputValue()).toBe('a red fox');
    await playground.opened.generate('a red fox in snow');
    await playground.opened.waitForImages(1);
    await page.getByRole('button', { name: 'Account and settings' }).click();
    await page.getByText(`Signed in as ${LOCAL_USER.name}`).waitFor();
  });

  it('leaves no token, code or verifier in storage, the URL, the history or the console', async () => {
    const secrets: string[] = [];
    const seen: Promise<void>[] = [];
    await playground.open();
    playground.opened.page.on('response', (response) => {
      if (!response.url().endsWith('/oauth2/token')) return;
      const form = new URLSearchParams(response.request().postData() ?? '');
      secrets.push(form.get('code')!, form.get('code_verifier')!);
      seen.push(response.json().then((tokens: Record<string, unknown>) => { secrets.push(...['id_token', 'access_token', 'refresh_token'].map((name) => String(tokens[name]))); }));
    });
    await signIn();
    await Promise.all(seen);
    await playground.opened.generate('a fox');
    await playground.opened.waitForImages(1);
    const traces = await playground.opened.traces();
    expect(secrets).toHaveLength(5);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(20);
      expect(traces).not.toContain(secret);
    }
    expect(traces.split('\n')[0]).toBe('[{},{}]');
    expect(traces).not.toContain('Content Security Policy');
  });

  it('asks again after a reload', async () => {
    const { page } = await signedIn();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to Image playground' }).waitFor();
    expect(await page.getByRole('navigation', { name: 'Main' }).count()).toBe(0);
  });

  it('refreshes rejected tokens once, and sends the request again', async () => {
    await signedIn();
    const grants = tokenRequests();
    await rejectTokens(1);
    await playground.opened.generate('a kite');
    await playground.opened.page.locator('.tile img').waitFor();
    expect(grants).toEqual(['refresh_token']);
    expect(await playground.client.modelCallCount()).toBe(1);
  });

  describe('whose user was signed out elsewhere', () => {
    async function endSession(): Promise<(string | null)[]> {
      await signedIn();
      await playground.opened.generate('an owl');
      await playground.opened.waitForImages(1);
      const grants = tokenRequests();
      // the emulator compares seconds: tokens of the same second stay valid
      await sleep(1100);
      await callCognito(playground.client.app.outputs.awsEndpointUrl, 'AdminUserGlobalSignOut', { UserPoolId: userPoolIdOf(auth), Username: LOCAL_USER.name });
      await rejectTokens(1);
      return grants;
    }
    const dialog = () => playground.opened.page.getByRole('dialog', { name: 'Sign in' });

    it('says that the session has ended, and keeps the draft and the images', async () => {
      const grants = await endSession();
      await playground.opened.generate('a second owl');
      await dialog().getByRole('heading', { name: 'Your session has ended' }).waitFor();
      expect(grants).toEqual(['refresh_token']);
      expect(await playground.opened.prompt.inputValue()).toBe('a second owl');
      expect(await playground.opened.page.locator('.tile img').count()).toBe(1);
      expect(await playground.opened.violations()).toEqual([]);
      await signIn();
      expect(await dialog().count()).toBe(0);
      expect(await playground.opened.prompt.inputValue()).toBe('a second owl');
    });

    it('shows the images of the newest run again after the next sign-in', async () => {
      await endSession();
      await playground.opened.page.getByRole('link', { name: 'Gallery' }).click();
      await dialog().waitFor();
      await playground.opened.page.goBack();
      await signIn();
      await playground.opened.page.locator('.tile img').waitFor();
      expect(await playground.opened.page.locator('.run').count()).toBe(1);
    });
  });

  it('signs out at the user pool and returns to the first screen', async () => {
    const { page } = await signedIn();
    const visited: string[] = [];
    page.on('request', (request) => { if (request.isNavigationRequest()) visited.push(request.url()); });
    await page.getByRole('button', { name: 'Account and settings' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Image playground' }).waitFor();
    expect(visited).toEqual([`${auth.domain}/logout?client_id=${auth.clientId}&logout_uri=${encodeURIComponent(`${url}/`)}`, `${url}/`]);
  });

  it('refuses a changed state, and sends no code', async () => {
    const { page } = await playground.open();
    const grants = tokenRequests();
    await page.route('**/oauth2/authorize*', (route) => {
      const changed = new URL(route.request().url());
      changed.searchParams.set('state', 'tampered');
      return route.continue({ url: changed.href });
    });
    await submitPassword();
    await page.getByText('This sign-in does not belong to this tab').waitFor();
    expect(grants).toEqual([]);
    expect((await playground.opened.traces()).split('\n')[0]).toBe('[{},{}]');
  });

  it.each([
    ['code=c&state=s', 'This sign-in was not started in this tab'],
    ['error=access_denied&error_description=Call+555&state=s', 'This sign-in was not started in this tab'],
  ])('does not trust a link with %s', async (query, text) => {
    const { page } = await playground.open();
    await page.goto(`${url}/?${query}#/gallery`);
    await page.getByText(text).waitFor();
    expect(page.url()).toBe(`${url}/#/gallery`);
    expect(await page.getByText('555').count()).toBe(0);
  });

  it('says that the user cancelled', async () => {
    const { page } = await playground.open();
    await page.route('**/oauth2/authorize*', (route) => route.fulfill({
      status: 302, headers: { location: `${url}/?error=access_denied&state=${new URL(route.request().url()).searchParams.get('state')}` },
    }));
    await signInButton().click();
    await page.getByText('The sign-in was cancelled, or your account has no access.').waitFor();
  });

  it.each([['desktop', {}], ['desktop, dark', { dark: true }], ['phone', { phone: true }], ['phone, dark', { phone: true, dark: true }]])(
    'has no violation of axe on a %s', async (_, look) => {
      await playground.open(look);
      await signInButton().waitFor();
      expect([await playground.opened.violations(), await playground.opened.scrollsSideways()]).toEqual([[], false]);
      await playground.opened.page.goto(`${url}/?error=x&state=s`);
      await playground.opened.page.getByRole('alert').waitFor();
      expect([await playground.opened.violations(), await playground.opened.scrollsSideways()]).toEqual([[], false]);
    },
  );
});
