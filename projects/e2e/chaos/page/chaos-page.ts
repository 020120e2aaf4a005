import { provideZonelessChangeDetection } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import {
  provideSession,
  SESSION_CLOCK,
  withCookieStorage,
  withIndexedDb,
  withLocalStorage,
  withLogger,
  withSharedMemory,
  type SessionFeature,
} from 'ngx-cognito-session';
import { ChaosLab } from './chaos-lab';
import { DeviceClock } from './device-clock';
import { installRefusals, storage } from './refusals';
import type { ChaosSetup, StorageName } from './setup';

const storages: Record<StorageName, () => SessionFeature> = {
  cookies: withCookieStorage,
  indexedDb: withIndexedDb,
  localStorage: withLocalStorage,
  sharedMemory: withSharedMemory,
};

declare global {
  /** Resolves once the app runs. */
  var starting: Promise<void> | undefined;
  var chaosLab: ChaosLab | undefined;
}

async function start(setup: ChaosSetup): Promise<void> {
  storage.refusal = setup.refusal;
  installRefusals();
  const clock = new DeviceClock();
  // The harness keeps it in the journal. The library logs no token.
  const log = (message: string, details?: object) =>
    console.log(message, details === undefined ? '' : JSON.stringify(details));
  const app = await createApplication({
    providers: [
      provideZonelessChangeDetection(),
      { provide: SESSION_CLOCK, useValue: clock },
      provideSession(
        { ...setup.config, clientMetadata: () => ({ page: setup.name }) },
        storages[setup.storage](),
        withLogger({ debug: log, warn: log, error: log }),
      ),
    ],
  });
  globalThis.chaosLab = new ChaosLab({ app, clock, name: setup.name, apiUrl: setup.apiUrl });
}

const setup = document.currentScript?.dataset['setup'] ?? '';
globalThis.starting = start(JSON.parse(setup) as ChaosSetup);
