import { DestroyRef, DOCUMENT, inject, signal, type Signal } from '@angular/core';

const TICK_MS = 1000;

/**
 * The time of this device, every second, as long as the caller lives and the page is visible. Only views that read the
 * signal are checked again.
 */
export function injectNow(): Signal<number> {
  const document = inject(DOCUMENT);
  const now = signal(Date.now());
  let timer: ReturnType<typeof setInterval> | undefined;

  const tick = () => now.set(Date.now());
  const follow = () => {
    clearInterval(timer);
    if (document.visibilityState === 'hidden') return;
    tick();
    timer = setInterval(tick, TICK_MS);
  };

  follow();
  document.addEventListener('visibilitychange', follow);
  inject(DestroyRef).onDestroy(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', follow);
  });
  return now.asReadonly();
}
