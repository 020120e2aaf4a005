import { replaceProperty } from './replaced-global';

export interface RequestsUnderWay {
  /** Requests of the page whose answer has not been received in full. */
  readonly count: number;
  undo(): void;
}

/**
 * Counts the requests of the page. They go to a real server in real time: a test that lets its own time pass meanwhile makes the library
 * give up on a machine that is busy.
 */
export function requestsUnderWay(): RequestsUnderWay {
  const { fetch } = globalThis;
  let count = 0;
  const undo = replaceProperty(globalThis, 'fetch', {
    writable: true,
    value: async (...request: Parameters<typeof fetch>) => {
      count++;
      try {
        const response = await fetch(...request);
        await response.clone().arrayBuffer();
        return response;
      } finally {
        count--;
      }
    },
  });
  return {
    get count() {
      return count;
    },
    undo,
  };
}
