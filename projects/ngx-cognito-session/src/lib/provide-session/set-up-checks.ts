import { DestroyRef, DOCUMENT, inject, InjectionToken, Injector } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, combineLatest, EMPTY, filter, pairwise, switchMap, take, type Observable } from 'rxjs';
import { CheckedConfig, namespaceOf } from '../config/checked-config';
import { parseUrl } from '../core/parse-url';
import type { InternalState } from '../core/session-state';
import { Diagnostics, type DiagnosticCode } from '../platform/diagnostics';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_LOGGER } from '../platform/session-logger';
import { ConfiguredSession } from '../lifecycle/session-lifecycle';
import { SessionStore } from '../state/session-store';
import { hasIndexedDb } from '../storage/database-place';
import { SESSION_STORAGE } from '../storage/session-storage-token';
import { contradictions } from './contradictions';
import type { SessionFeature } from './session-feature';

/** One entry for each `provideSession` of an injector. */
export const SET_UPS = new InjectionToken<readonly (readonly SessionFeature[])[]>('SET_UPS');

type Say = (code: DiagnosticCode, text: string) => void;

/** Checks the set-up for mistakes, in an injection context. For development only. */
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
  checkUserPool(say);
  for (const names of contradictions(setUps.flat()))
    say('NCS104', `${names.join(' and ')} contradict each other: only the last of them counts.`);
  if (!inject(IS_BROWSER)) return;
  if (inject(DOCUMENT).defaultView?.isSecureContext === false)
    say(
      'NCS105',
      'This page is no secure context (https or localhost): browsers give it neither locks nor Secure cookies.',
    );
  checkTabSync(say);
  watchRotation(say);
}

/** Both would be accepted, and fail at the first refresh. */
function checkUserPool(say: Say): void {
  quietly(inject(CheckedConfig).config$, ({ region, userPoolId, endpoint }) => {
    if (userPoolId !== undefined && !userPoolId.startsWith(`${region}_`))
      say('NCS109', `provideSession: userPoolId ${userPoolId} is not a user pool of region ${region}.`);
    const url = endpoint === undefined ? null : parseUrl(endpoint);
    if (url !== null && isOtherCognitoUrl(url))
      say(
        'NCS109',
        'provideSession: endpoint is a managed-login domain or an issuer, not a user-pool endpoint.',
      );
  });
}

/** An endpoint is called at its root. A path is an issuer, or a token endpoint of managed login. */
function isOtherCognitoUrl({ hostname, pathname }: URL): boolean {
  return (
    hostname.endsWith('.amazoncognito.com') ||
    /^\/(?:oauth2|[a-z]+(?:-[a-z]+)+-\d_[0-9a-zA-Z]+)(?:\/|$)/.test(pathname)
  );
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
