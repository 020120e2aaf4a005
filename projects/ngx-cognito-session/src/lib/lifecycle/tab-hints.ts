import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, EMPTY, filter, Subject, switchMap, type Observable } from 'rxjs';
import { ConfigHolder } from '../config/config-holder';
import { readTabMessage, tabMessage, type TabHint } from '../core/tab-message';
import { PageStop } from '../platform/page-stop';
import { SESSION_LOGGER } from '../platform/session-logger';
import { ATTEMPT_LOCKS, NO_LOCKS } from '../tabs/attempt-locks';
import { OPEN_TAB_CHANNEL, type TabChannel } from '../tabs/tab-channel';
import { RECORD } from './record';

/** Word from and to the other tabs that share the record. */
@Injectable()
export class TabHints {
  private readonly config$ = inject(ConfigHolder).config$;
  private readonly record = inject(RECORD);
  private readonly open = inject(OPEN_TAB_CHANNEL);
  private readonly locks = inject(ATTEMPT_LOCKS);
  private readonly logger = inject(SESSION_LOGGER);
  private readonly page = inject(PageStop);
  private readonly destroyRef = inject(DestroyRef);
  private readonly received = new Subject<TabHint>();
  private readonly complaints = new Set<string>();
  private namespace = '';
  private channel: TabChannel | null = null;

  /** Hot, outside the Angular zone. What is said may be wrong: anybody on the origin can say it. */
  readonly hints$: Observable<TabHint> = this.received.asObservable();

  /** Listens until the injector is destroyed; a page that shares its record with nobody opens nothing. */
  start(): void {
    this.config$
      .pipe(
        switchMap(({ namespace }) => {
          this.namespace = namespace;
          return this.record.isShared();
        }),
        filter((isShared) => isShared),
        switchMap(() => this.listen()),
        // A configuration or a storage that failed is reported by the restore.
        catchError(() => EMPTY),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe((message) => {
        this.take(message);
      });
  }

  /** In the task of the call; best effort. */
  post(hint: TabHint): void {
    this.channel?.post(tabMessage(this.namespace, hint));
  }

  private listen(): Observable<unknown> {
    const channel = this.open(channelName(this.namespace));
    if (this.locks === NO_LOCKS)
      this.logger.warn('There are no Web Locks here: a tab that died during a renewal is noticed late.');
    if (channel === null) {
      this.logger.warn('Tabs cannot talk to each other here: they see what others did when they look.');
      return EMPTY;
    }
    if (channel.isFallback === true)
      this.logger.warn('There is no BroadcastChannel here: tabs talk to each other over localStorage.');
    this.channel = channel;
    this.destroyRef.onDestroy(() => {
      this.channel = null;
      channel.close();
    });
    return channel.messages$;
  }

  private take(message: unknown): void {
    const read = readTabMessage(message, this.namespace);
    if (read.type === 'rejected') this.complain(read.why);
    // A stopped page must not look; it does so by itself when it goes on.
    else if (!this.page.isStopped || read.hint.type === 'signedOut') this.received.next(read.hint);
  }

  /** Once for each reason: a script that floods the channel must not flood the log. */
  private complain(why: string): void {
    if (this.complaints.has(why)) return;
    this.complaints.add(why);
    this.logger.warn('A message from another tab is ignored.', { why });
  }
}

/** One channel per app client; other clients of the origin do not hear it. */
export function channelName(namespace: string): string {
  return `cognito-session:${namespace}`;
}
