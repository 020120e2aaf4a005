import type { Pause } from './delivery';

/** Waits in real time, and no longer than until the end. */
export function pauseUntil(end: AbortSignal): Pause {
  return (ms) =>
    new Promise((resolve) => {
      const stop = () => {
        clearTimeout(timer);
        end.removeEventListener('abort', stop);
        resolve();
      };
      const timer = setTimeout(stop, ms);
      if (end.aborted) stop();
      else end.addEventListener('abort', stop);
    });
}
