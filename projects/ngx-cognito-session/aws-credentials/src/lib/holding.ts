import { DestroyRef, inject, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { SessionService, type SessionError } from 'ngx-cognito-session';
import { BehaviorSubject, Subject, type Observable } from 'rxjs';
import type { AwsCredentials } from './aws-credentials';
import type { AwsCredentialsError } from './aws-credentials-error';
import { ownerOf, superseded, type Owner } from './owner';

/** Credentials, tied to the clocks. */
export interface HeldCredentials {
  readonly credentials: AwsCredentials;
  /** The time at AWS, ms, whenever it is asked. */
  readonly serverNowMs: () => number;
  /** When a refresh is due, server time. */
  readonly dueAtMs: number;
  /** From here on they are not handed out any more; server time. */
  readonly diesAtMs: number;
}

/** The last failure in a row. */
export interface Failure {
  readonly error: AwsCredentialsError | SessionError;
  readonly count: number;
  /** The identity pool is not called before; by the monotonic clock. */
  untilMs: number;
}

/** Everything of one owner: it is dropped as a whole, and what comes late to a former one changes nothing. */
export interface Holding {
  readonly owner: Owner;
  held: HeldCredentials | null;
  failure: Failure | null;
  /** The run in flight. */
  run$: Observable<unknown> | null;
  /** Errors with `superseded` when another owner follows. */
  readonly dropped: Subject<never>;
}

/** The holding of the session's owner. */
export interface Holdings {
  /** The one of now. Drops that of a former owner, also before the session's subscribers learn of the change. */
  readonly current: () => Holding;
  /** Hot; replays, and emits after each change. Completes when the injector is destroyed. */
  readonly changed$: Observable<Holding>;
  readonly change: () => void;
}

/** Follows the session, whether or not there are subscribers. Needs an injection context. */
export function followSession(guests: boolean | undefined): Holdings {
  const session = inject(SessionService);
  let holding = holdingOf(undefined);
  const changes = new BehaviorSubject(holding);
  const change = () => {
    changes.next(holding);
  };
  const current = () => {
    const owner = ownerOf(untracked(session.state), guests);
    if (owner !== holding.owner) {
      const { dropped } = holding;
      holding = holdingOf(owner);
      change();
      dropped.error(superseded());
    }
    return holding;
  };
  inject(DestroyRef).onDestroy(() => {
    changes.complete();
  });
  session.state$.pipe(takeUntilDestroyed()).subscribe(current);
  return { current, changed$: changes, change };
}

function holdingOf(owner: Owner): Holding {
  return { owner, held: null, failure: null, run$: null, dropped: new Subject() };
}

/** How long the credentials can be handed out, ms; 0 or less: not any more. */
export function untilDeadMs({ held }: Holding): number {
  return held === null ? 0 : held.diesAtMs - held.serverNowMs();
}

/** How long no refresh is due, ms. */
export function untilDueMs({ held }: Holding): number {
  return held === null ? 0 : held.dueAtMs - held.serverNowMs();
}

/** What is known now. `null`: there are none. `undefined`: not known yet. */
export function knownOf(holding: Holding): AwsCredentials | null | undefined {
  if (untilDeadMs(holding) > 0) return holding.held?.credentials;
  return holding.owner === null || holding.failure !== null ? null : undefined;
}

/** A holding as it was at one moment. */
export interface Seen {
  readonly owner: Owner;
  readonly credentials: AwsCredentials | null | undefined;
  readonly error: Failure['error'] | null;
}

export function see(holding: Holding): Seen {
  const { owner, failure } = holding;
  return { owner, credentials: knownOf(holding), error: failure?.error ?? null };
}
