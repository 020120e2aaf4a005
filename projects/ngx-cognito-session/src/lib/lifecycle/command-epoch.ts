import { Injectable, type OnDestroy } from '@angular/core';

export type SessionCommand = 'signIn' | 'signOut';

/**
 * Commands (`setTokens`, `signOut`) overtake what came before them: a slow restore or an earlier command that comes
 * back afterwards sees that it no longer counts.
 */
@Injectable()
export class CommandEpoch implements OnDestroy {
  private current = 0;
  private signOuts = 0;
  private pendingSignIns = 0;
  private readonly waiting: (() => void)[] = [];
  /** Somebody nobody knew was signed out and may still be stored: until somebody has signed in, nothing that is found counts. */
  isClearing = false;

  /** The app is gone: what it asked for must not befall the page that comes after it. */
  ngOnDestroy(): void {
    this.current++;
  }

  /** Starts a command and returns whether it is still the latest. */
  begin(command: SessionCommand): () => boolean {
    this.current++;
    if (command === 'signOut') this.signOuts++;
    if (command === 'signIn') this.pendingSignIns++;
    return this.watch();
  }

  /** A sign-in has succeeded or failed. */
  end(): void {
    this.pendingSignIns--;
    if (this.pendingSignIns > 0) return;
    for (const proceed of this.waiting.splice(0)) proceed();
  }

  get isSigningIn(): boolean {
    return this.pendingSignIns > 0;
  }

  /** Now, or once the sign-ins that have started are through: if they fail, what was found before still counts. */
  afterSignIns(proceed: () => void): void {
    if (this.pendingSignIns > 0) this.waiting.push(proceed);
    else proceed();
  }

  /** Whether nobody has signed out since. Does not start a command. */
  watchSignOuts(): () => boolean {
    const seen = this.signOuts;
    return () => this.signOuts === seen;
  }

  /** Whether no command has started since. Does not start one. */
  watch(): () => boolean {
    const seen = this.current;
    return () => this.current === seen;
  }
}
