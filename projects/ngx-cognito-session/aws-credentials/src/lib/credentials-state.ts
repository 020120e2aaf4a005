import { DestroyRef, inject, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { SessionError, SessionService, type SessionState } from 'ngx-cognito-session';
import { BehaviorSubject, Subject, type Observable } from 'rxjs';
import type { AwsCredentials } from './aws-credentials';
import { remainingOf, type Failure, type HeldCredentials } from './held-credentials';
import { ownerOf, type Owner } from './owner';
import { RESOLVED_OPTIONS } from './resolved-options';

/** What is known of an owner's credentials. */
export interface Known {
  readonly owner: Owner;
  /** `null`: there are none. `undefined`: not known yet. */
  readonly credentials: AwsCredentials | null | undefined;
  readonly failure: Failure | null;
}

/** Holds the credentials of one sign-in, or of one guest, and drops them when the session is another one. The one writer. */
export class CredentialsState {
  readonly #session = inject(SessionService);
  readonly #guests = inject(RESOLVED_OPTIONS).guests === true;
  readonly #known = new BehaviorSubject<Known>({ owner: undefined, credentials: undefined, failure: null });
  #owner: Owner = undefined;
  #held: HeldCredentials | null = null;
  #failure: Failure | null = null;
  #dropped = new Subject<never>();

  /** Hot; replays the current knowledge, completes when the injector is destroyed. Never the credentials of a former owner: see `current`. */
  readonly known$: Observable<Known> = this.#known.asObservable();

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.#known.complete();
    });
    this.#session.state$.pipe(takeUntilDestroyed()).subscribe(() => this.follow());
  }

  /** The owner now. Drops everything of another one, also before the session's subscribers learn of the change. */
  follow(): Owner {
    const owner = ownerOf(untracked(this.#session.state), this.#guests);
    if (owner !== this.#owner) {
      const dropped = this.#dropped;
      this.#dropped = new Subject();
      this.#owner = owner;
      this.#held = this.#failure = null;
      this.#publish();
      dropped.error(new SessionError('superseded', 'Another session has begun, or the session has ended.'));
    }
    return owner;
  }

  /** Whether credentials of this owner belong to a session in this state. */
  isOwner(state: SessionState, owner: Owner): boolean {
    return ownerOf(state, this.#guests) === owner;
  }

  /** Errors with `superseded` when what is held now is dropped. */
  get dropped$(): Observable<never> {
    return this.#dropped;
  }

  /** What this owner holds, unless it has expired. */
  heldBy(owner: Owner): HeldCredentials | null {
    const held = this.follow() === owner ? this.#held : null;
    return held !== null && remainingOf(held).untilDeadMs > 0 ? held : null;
  }

  /** Expired or not. */
  get held(): HeldCredentials | null {
    return this.#held;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** What is known now. */
  get current(): Known {
    const owner = this.follow();
    const held = this.heldBy(owner);
    const isNone = owner === null || this.#failure !== null;
    return { owner, credentials: held?.credentials ?? (isNone ? null : undefined), failure: this.#failure };
  }

  hold(held: HeldCredentials): void {
    this.#held = held;
    this.#failure = null;
    this.#publish();
  }

  fail(failure: Failure): void {
    this.#failure = failure;
    this.#publish();
  }

  /** Credentials that have expired are held no longer. */
  dropExpired(): void {
    if (this.#held === null || this.heldBy(this.#owner) !== null) return;
    this.#held = null;
    this.#publish();
  }

  #publish(): void {
    this.#known.next(this.current);
  }
}
