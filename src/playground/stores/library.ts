/** The images that the page knows, by id, and the one place for their URLs. */
import { signal, type ReadonlySignal } from '@preact/signals-core';
import { type ImageResponse, type ImageView } from '../../private/contract/responses';
import { type Api } from '../api/api';
import { type ApiResult } from '../api-result';
import { promptOfImage, type ShownPrompt } from '../library/prompts';
import { keepView } from '../library/urls';

export interface Library {
  readonly records: ReadonlySignal<ReadonlyMap<string, ImageResponse>>;
  /** Adds or replaces records. URLs that work are kept: a new URL of the same bytes would be downloaded again. */
  put(...records: readonly ImageResponse[]): void;
  remove(id: string): void;
  /** Keeps the prompt of an image of this tab. An API can store its hash only, or nothing. */
  keepPrompt(id: string, prompt: string): void;
  promptOf(record: ImageResponse): ShownPrompt;
  /** Requests an image. */
  load(id: string): Promise<ApiResult<ImageResponse>>;
  /** Requests new URLs of an image whose URLs do not work. Requests of one image at the same time are one. */
  renew(id: string): Promise<boolean>;
}

export function createLibrary(api: Pick<Api, 'getImage'>, now: () => number): Library {
  const records = signal<ReadonlyMap<string, ImageResponse>>(new Map());
  const prompts = signal<ReadonlyMap<string, string>>(new Map());

  const replace = (added: readonly ImageResponse[]) => {
    records.value = new Map([...records.peek(), ...added.map((record) => [record.id, record] as const)]);
  };
  const withKeptViews = (record: ImageResponse): ImageResponse => {
    const views = records.peek().get(record.id)?.images ?? [];
    return { ...record, images: record.images.map((view, index): ImageView => keepView(views[index], view, now())) };
  };
  const load = async (id: string) => {
    const result = await api.getImage(id);
    if (result.ok) replace([withKeptViews(result.value)]);
    return result;
  };
  const requestNewUrls = async (id: string) => {
    const result = await api.getImage(id);
    if (result.ok) replace([result.value]);
    return result.ok && result.value.images.some(({ url }) => url !== undefined);
  };
  return {
    records,
    put: (...added) => replace(added.map(withKeptViews)),
    remove(id) {
      records.value = new Map([...records.peek()].filter(([other]) => other !== id));
    },
    keepPrompt(id, prompt) {
      prompts.value = new Map([...prompts.peek(), [id, prompt]]);
    },
    promptOf: (record) => promptOfImage(record, prompts.value),
    load,
    renew: oneAtATime(requestNewUrls),
  };
}

/** Returns a function that joins calls with the same id: while one runs, the others return its result. */
function oneAtATime<Result>(call: (id: string) => Promise<Result>): (id: string) => Promise<Result> {
  const running = new Map<string, Promise<Result>>();
  return (id) => {
    const result = running.get(id) ?? call(id).finally(() => running.delete(id));
    running.set(id, result);
    return result;
  };
}
