import { DestroyRef, DOCUMENT, inject, InjectionToken, Injector } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, combineLatest, EMPTY, filter, pairwise, switchMap, take, type Observable } from 'rxjs';
import { CheckedConfig, namespaceOf } from '../config/checked-config';
import type { InternalState } from '../core/session-state';
import { Diagnostics, type DiagnosticCode } from '../platform/diagnostics';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_LOGGER } from '../platform/session-logger';
import { EngineLoader } from '../session-service/engine-loader';
import { SessionStore } from '../state/session-store';
import { SESSION_STORAGE } from '../storage/session-storage-token';
import { contradictions } from './contradictions';
import type { SessionFeature } from './session-feature';

/** One entry for each `provideSession` of an injector. */
export const SET_UPS = new InjectionToken<readonly (readonly SessionFeature[])[]>('SET_UPS');

type Say = (code: DiagnosticCode, text: string) => void;

/** Looks for mistakes of the set-up, in an injection context. For development only. */
export function checkSetUp(): void {
  const logger = inject(SESSION_LOGGER);
  const diagnostics = inject(Diagnostics);
  const say: Say = (code, text) => {
    diagnostics.say(logger, code, text);
  };
  const setUps = inject(SET_UPS, { self: true });
  if (setUps.length > 1)
    say('NCS103', 'provideSession is called twice in one injector: the last configuration counts.');
  else checkParents(say);
  for (const names of contradictions(setUps.flat()))
    say('NCS104', `${names.join(' and ')} contradict each other: only the last of them counts.`);
  if (!inject(IS_BROWSER)) return;
  if (inject(DOCUMENT).defaultView?.isSecureContext === false)
    say(
      'NCS105',
      'This page is no secure context (https or localhost): browsers give it neither locks nor Secure cookies.',
    );
  watchRotation(say);
}

/** Two user pools in one app are two injectors with two app clients; the same app client twice is a mistake. */
function checkParents(say: Say): void {
  const parent = inject(CheckedConfig, { skipSelf: true, optional: true });
  if (parent === null) return;
  quietly(
    combineLatest([inject(CheckedConfig).config$, parent.config$]).pipe(
      filter(([own, others]) => namespaceOf(own) === namespaceOf(others)),
    ),
    () => {
      say('NCS103', 'provideSession is called again, for the same app client, in an injector further down.');
    },
  );
}

/** Of a storage that throws while it is made the engine will tell. */
function isAlone(injector: Injector): boolean {
  try {
    return injector.get(SESSION_STORAGE).shared === false;
  } catch {
    return true;
  }
}

/** Cognito rotates, and tabs that share a storage have no record by which they could agree. */
function watchRotation(say: Say): void {
  if (isAlone(inject(Injector))) return;
  const { engine$ } = inject(EngineLoader);
  const config$ = inject(CheckedConfig).config$;
  quietly(
    inject(SessionStore).state$.pipe(
      pairwise(),
      filter(([before, after]) => isRotated(before, after)),
      take(1),
      switchMap(() => combineLatest([config$, engine$.pipe(switchMap((engine) => engine.isShared()))])),
      filter(([config, isShared]) => !isShared && config.enableTabSync !== false),
    ),
    () => {
      say(
        'NCS106',
        'Cognito rotates refresh tokens, and there is no IndexedDB here: tabs of this origin can sign each other out.',
      );
    },
  );
}

function isRotated({ active: before }: InternalState, { active: after }: InternalState): boolean {
  return (
    before !== null &&
    after !== null &&
    before.sid === after.sid &&
    before.gen < after.gen &&
    before.tokens.refreshToken !== after.tokens.refreshToken
  );
}

/** What fails is told elsewhere. */
function quietly<T>(source: Observable<T>, next: () => void): void {
  source
    .pipe(
      take(1),
      catchError(() => EMPTY),
      takeUntilDestroyed(inject(DestroyRef)),
    )
    .subscribe(next);
}
