import { type Row } from './row';
import { createImage, enqueueImage, type Fixtures, LISTED_IMAGES } from './scenarios';
import { FunctionProcess } from '../functions/function-process';
import { type Tools } from '../functions/measure';

const SMALL_IMAGE_BYTES = 50_000;

/** Fills the table and the bucket of the fakes with the construct's own function, and keeps them as they are then. */
export async function createFixtures({ command, environment }: Pick<Row, 'command' | 'environment'>, keyId: string, { fakes }: Tools): Promise<Fixtures> {
  await fakes.control({ imageBytes: SMALL_IMAGE_BYTES, reset: true });
  const running = await FunctionProcess.start({ command, environment: { ...environment, AWS_ENDPOINT_URL: fakes.url } });
  try {
    let imageId = '';
    // before the images, because the list contains jobs as well
    await running.invoke(enqueueImage({ keyId }).event);
    for (let image = 0; image < LISTED_IMAGES; image++) {
      const { body } = await running.invoke(createImage({ keyId }).event);
      imageId = (JSON.parse((JSON.parse(body) as { body: string }).body) as { id: string }).id;
    }
    const { messages: [message] } = await fakes.control({ freeze: true });
    return { keyId, imageId, message };
  } finally {
    await running.stop();
  }
}
