import { inject, Injector } from '@angular/core';
import { ɵRESOLVED_CONFIG, ɵSessionStart, ɵSignOut } from 'ngx-cognito-session';
import { defer, type Observable } from 'rxjs';
import { END, IdleSignOut } from './idle-sign-out';

/** Ends the stored session unseen if the user has been inactive for too long: the browser may have been closed for hours. */
export class JudgedStart extends ɵSessionStart {
  readonly #injector = inject(Injector);
  readonly #clientId = inject(ɵRESOLVED_CONFIG).clientId;
  readonly #signOut = inject(ɵSignOut);

  override restore(): Observable<void> {
    return defer(() => {
      // It needs the session, which needs this class. Not a command: a sign-in that waits for the configuration goes on.
      if (this.#injector.get(IdleSignOut).isOver(this.#clientId)) this.#signOut.run(END).subscribe();
      return super.restore();
    });
  }
}
