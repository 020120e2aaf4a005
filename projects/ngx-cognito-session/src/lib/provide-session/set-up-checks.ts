import { DestroyRef, DOCUMENT, inject, InjectionToken, Injector } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, combineLatest, EMPTY, filter, pairwise, switchMap, take, type Observable } from 'rxjs';
import { CheckedConfig, namespaceOf } from '../config/checked-config';
import type { InternalState } from '../core/session-state';
import { diagnoseEmptyRules } from '../http/empty-rules';
import { TOKEN_INJECTION } from '../http/token-injection-port';
import { Diagnostics } from '../platform/diagnostics';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_LOGGER } from '../platform/session-logger';
import { ConfiguredSession } from '../lifecycle/session-lifecycle';
import { SessionStore } from '../state/session-store';
import { hasIndexedDb } from '../storage/database-place';
import { SESSION_STORAGE } from '../storage/session-storage-token';
import { configMistakes, type Mistake } from './config-mistakes';
import { contradictions, repetitions } from './contradictions';
import type { SessionFeature } from './session-feature';

/** One entry for each `provideSession` of an injector. */
export const SET_UPS = new InjectionToken<readonly (readonly SessionFeature[])[]>('SET_UPS');

type Say = (...mistake: Mistake) => void;

/** Checks the set-up for mistakes, in an injection context. For development only. */
export function checkSetUp(): void {
  const logger = inject(SESSION_LOGGER);
  const diagnostics = inject(Diagnostics);
  const say: Say = (...mistake) => {
    diagnostics.say(logger, ...mistake);
  };
  const setUps = inject(SET_UPS, { self: true });
  if (setUps.length > 1)
    say('NCS103', 'provideSession is called twice in one injector: the last configuration counts.');
  else checkParents(say);
  checkConfiguration(say);
  checkRules();
  for (const name of setUps.flatMap(repetitions))
    say('NCS116', `${name} twice: only the last of them counts. Keep one of them.`);
  const names = contradictions(setUps.flat());
  if (names.length > 0)
    say('NCS104', `${names.join(' and ')} contradict each other: only the last of them counts.`);
  if (!inject(IS_BROWSER)) return;
  if (inject(DOCUMENT).defaultView?.isSecureContext === false)
    say(
      'NCS105',
      'This page is not a secure context (https or localhost): browsers offer it neither locks nor Secure cookies.',
    );
  checkTabSync(say);
  watchRotation(say);
}

function checkConfiguration(say: Say): void {
  quietly(inject(CheckedConfig).config$, (config) => {
    for (const mistake of configMistakes(config)) say(...mistake);
  });
}

/** Rules of a function are checked once it has been called. */
function checkRules(): void {
  const source = inject(TOKEN_INJECTION, { self: true, optional: true })?.source ?? null;
  if (source !== null && typeof source !== 'function') diagnoseEmptyRules(source);
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

/** A storage that throws when it is made is reported by the restore. */
function isAlone(injector: Injector): boolean {
  try {
    return injector.get(SESSION_STORAGE).shared === false;
  } catch {
    return true;
  }
}

/** Earlier versions shared tokens of the memory of each tab with `enableTabSync: true`. */
function checkTabSync(say: Say): void {
  if (!isAlone(inject(Injector)) || isSharedMemory()) return;
  quietly(inject(CheckedConfig).config$.pipe(filter(({ enableTabSync }) => enableTabSync === true)), () => {
    say(
      'NCS108',
      'enableTabSync: true does not make tabs share a session that is kept in memory or sessionStorage. Use withSharedMemory().',
    );
  });
}

function isSharedMemory(): boolean {
  return inject(SET_UPS, { self: true })
    .flat()
    .some(({ ɵkind }) => ɵkind === 'sharedMemory');
}

/** Cognito rotates, and tabs that share a storage have no coherent record. */
function watchRotation(say: Say): void {
  if (isAlone(inject(Injector))) return;
  const { lifecycle$ } = inject(ConfiguredSession);
  const config$ = inject(CheckedConfig).config$;
  quietly(
    inject(SessionStore).state$.pipe(
      pairwise(),
      filter(([before, after]) => isRotated(before, after)),
      take(1),
      switchMap(() => combineLatest([config$, lifecycle$])),
      filter(
        ([config, { record }]) =>
          record.mode === 'detached' && !hasIndexedDb() && config.enableTabSync !== false,
      ),
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

/** Failures are reported elsewhere. */
function quietly<T>(source: Observable<T>, next: (value: T) => void): void {
  source
    .pipe(
      take(1),
      catchError(() => EMPTY),
      takeUntilDestroyed(inject(DestroyRef)),
    )
    .subscribe(next);
}
