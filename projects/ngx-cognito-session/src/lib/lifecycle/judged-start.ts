import { inject, Injector, type Provider } from '@angular/core';
import { defer, type Observable } from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { LIFECYCLE_PROVIDERS } from './session-lifecycle';
import { SessionStart } from './session-start';
import { SignOut, type EndOptions } from './sign-out';

/** How the stored session ends, or `null` if it goes on. Called when it is about to be read. */
export type JudgeStored = (injector: Injector, clientId: string) => EndOptions | null;

/** A part of the configured session: the start ends the stored session unseen if `judge` says so. */
export function judgedStart(judge: JudgeStored): Provider {
  return {
    provide: LIFECYCLE_PROVIDERS,
    useValue: { provide: SessionStart, useFactory: () => new JudgedStart(judge) },
    multi: true,
  };
}

class JudgedStart extends SessionStart {
  readonly #injector = inject(Injector);
  readonly #clientId = inject(RESOLVED_CONFIG).clientId;
  readonly #signOut = inject(SignOut);

  constructor(private readonly judge: JudgeStored) {
    super();
  }

  override restore(): Observable<void> {
    return defer(() => {
      const end = this.judge(this.#injector, this.#clientId);
      // Not a command: a sign-in that waits for the configuration goes on.
      if (end !== null) this.#signOut.run(end).subscribe();
      return super.restore();
    });
  }
}
