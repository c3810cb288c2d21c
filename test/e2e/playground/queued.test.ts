import { usePlayground } from '../../helpers/e2e/use-playground';

const JOB_IN_URL = /run=[0-9A-Z]{26}/;

/** The page with an API that has a queue. */
describe('the playground of an API with a queue', () => {
  const playground = usePlayground({ app: 'examples/queued' });
  beforeEach(async () => void await playground.connected());

  it('enqueues an image and shows it when its job is ready', async () => {
    await playground.opened.generate('a lighthouse');
    await playground.opened.page.getByText('Queued').first().waitFor();
    await playground.opened.waitForImages(1);
    expect(playground.opened.page.url()).toMatch(JOB_IN_URL);
    expect(await playground.client.modelCallCount()).toBe(1);
  });

  it('finds the image again after a reload in the middle', async () => {
    await playground.client.setModelMode('slow', { delayMs: 4000 });
    await playground.opened.generate('a night train');
    await playground.opened.page.waitForURL(JOB_IN_URL);
    await playground.opened.page.reload();
    await playground.opened.connect(playground.client.alice);
    expect(await playground.opened.prompt.inputValue()).toBe('a night train');
    await playground.opened.waitForImages(1);
    expect(await playground.client.modelCallCount()).toBe(1);
  });
});
