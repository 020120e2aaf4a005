import { DestroyRef, DOCUMENT, inject, InjectionToken, Injector, NgZone } from '@angular/core';
import { SESSION_LOGGER, ɵIS_BROWSER } from 'ngx-cognito-session';
import type { ɵopenPanel } from 'ngx-cognito-session/devtools/panel';
import { SessionModel } from './session-model';

/** Loads the code of the panel. */
export type LoadPanel = () => Promise<{ readonly ɵopenPanel: typeof ɵopenPanel }>;

declare const ngDevMode: unknown;

export const LOAD_PANEL = new InjectionToken<LoadPanel>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'LOAD_PANEL' : '',
);

/** Shows the panel from now on until the injector is destroyed, in an injection context. Does nothing on a server. */
export function showPanel(): void {
  if (!inject(ɵIS_BROWSER)) return;
  const [document, destroyRef, logger] = [inject(DOCUMENT), inject(DestroyRef), inject(SESSION_LOGGER)];
  const [zone, injector, load] = [inject(NgZone), inject(Injector), inject(LOAD_PANEL)];
  // It records from the start, before there is anything to see.
  const model = injector.get(SessionModel);
  let isDestroyed = false;
  destroyRef.onDestroy(() => (isDestroyed = true));
  zone.runOutsideAngular(() => {
    load().then(
      ({ ɵopenPanel: open }) => {
        if (isDestroyed) return;
        const panel = open(model, document);
        destroyRef.onDestroy(() => panel.remove());
      },
      () => {
        if (!isDestroyed) logger.warn('The panel of devtools could not be loaded.');
      },
    );
  });
}
