import { startable } from '../../runs/plan';

/** A request that waits for its turn. */
export interface QueuedRequest {
  /** Number of images. */
  readonly count: number;
  /** Returns whether the request is still to be sent. The user can cancel it before. */
  readonly isOpen: () => boolean;
  readonly send: () => Promise<void>;
}

/** Sends requests in their order, with a limit of images at the same time. */
export interface RequestQueue {
  add(...requests: readonly QueuedRequest[]): void;
}

export function createRequestQueue(): RequestQueue {
  let waiting: readonly QueuedRequest[] = [];
  let imagesInFlight = 0;

  async function run({ count, send }: QueuedRequest): Promise<void> {
    imagesInFlight += count;
    try {
      await send();
    } finally {
      imagesInFlight -= count;
      startNext();
    }
  }

  function startNext(): void {
    const open = waiting.filter(({ isOpen }) => isOpen());
    const number = startable(open, imagesInFlight);
    waiting = open.slice(number);
    open.slice(0, number).forEach((request) => void run(request));
  }

  return {
    add(...requests) {
      waiting = [...waiting, ...requests];
      startNext();
    },
  };
}
