import {
  createPlatformFactory,
  DOCUMENT,
  PLATFORM_ID,
  platformCore,
  provideZonelessChangeDetection,
  type ApplicationRef,
} from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { firstValueFrom, map } from 'rxjs';
import {
  provideSession,
  SessionService,
  withLogger,
  type SessionConfig,
  type TokenInput,
} from '../../src/public-api';

/** What the program is asked for, in the variable `SERVER_JOB`. */
export interface ServerJob {
  readonly config: SessionConfig;
  readonly tokens: TokenInput | null;
  readonly steps: readonly ServerStep[];
}

export type ServerStep = 'getAccessToken' | 'forceRefresh' | 'signOut' | 'destroy';

/** What it says before it has nothing more to do. */
export interface ServerReport {
  /** What each step gave, the hand-over of tokens first; errors by their code. */
  readonly outcomes: readonly unknown[];
  /** How many timers keep the process alive at this moment. */
  readonly timers: number;
}

/** An application without pages, on a server. */
function start({ config }: ServerJob): Promise<ApplicationRef> {
  const platformRef = createPlatformFactory(platformCore, 'server', [
    { provide: PLATFORM_ID, useValue: 'server' },
    { provide: DOCUMENT, useValue: {} },
  ])();
  const logger = { debug: ignore, warn: ignore, error: ignore };
  return createApplication(
    { providers: [provideZonelessChangeDetection(), provideSession(config, withLogger(logger))] },
    { platformRef },
  );
}

async function run(job: ServerJob): Promise<void> {
  const app = await start(job);
  const session = app.injector.get(SessionService);
  const todo: Record<ServerStep, () => Promise<unknown>> = {
    getAccessToken: () => firstValueFrom(session.getAccessToken()),
    forceRefresh: () => firstValueFrom(session.forceRefresh().pipe(map((held) => held.isValid()))),
    signOut: () => firstValueFrom(session.signOut().pipe(map(() => 'signed out'))),
    destroy: () => {
      app.destroy();
      return Promise.resolve('destroyed');
    },
  };
  const outcomes: unknown[] = [];
  const note = async (step: () => Promise<unknown>) => {
    outcomes.push(
      await step().catch((error: unknown) => (error as { code?: unknown }).code ?? String(error)),
    );
  };
  const { tokens } = job;
  if (tokens !== null)
    await note(() => firstValueFrom(session.setTokens(tokens).pipe(map((held) => held.isValid()))));
  for (const step of job.steps) await note(todo[step]);
  const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const report: ServerReport = { outcomes, timers };
  process.stdout.write(JSON.stringify(report));
}

function ignore(): void {
  // The report is all that the program says.
}

void run(JSON.parse(process.env['SERVER_JOB'] ?? '') as ServerJob);
