import type { Observable, Subscription } from 'rxjs';
import { RANDOM_SOURCE, type RandomSource } from '../../src/lib/platform/random';
import { NO_LOCKS, ATTEMPT_LOCKS, type AttemptLocks } from '../../src/lib/tabs/attempt-locks';
import { OPEN_TAB_CHANNEL, type OpenTabChannel } from '../../src/lib/tabs/tab-channel';
import {
  TOKEN_REFRESHER,
  withStorage,
  type SessionConfig,
  type StorageAdapter,
  type TokenRefresher,
} from '../../src/public-api';
import type { FakeAttemptLocks } from '../fake-attempt-locks';
import type { ManualTime } from '../manual-time';
import type { Login } from '../property/cognito-tables';
import type { CognitoWorld } from '../property/cognito-world';
import type { Caller, HeldCognito } from '../property/held-cognito';
import { MomentAgreement } from '../property/moment-agreement';
import { startTab, type SessionTab } from '../session-app';
import { Gate } from './gate';
import type { JudgedTab, TabAsker, TabsJudge } from './tabs-judge';
import type { WildChannels } from './wild-channels';

export interface TabSurroundings {
  readonly world: CognitoWorld;
  readonly cognito: HeldCognito;
  readonly channels: WildChannels;
  /** `null`: this browser has none. */
  readonly locks: FakeAttemptLocks | null;
  readonly judge: TabsJudge;
  readonly random: RandomSource;
  readonly config: SessionConfig;
  /** Whether a copy can give the first state. */
  readonly hasCopy: boolean;
}

/** One page of the app beside others, from its opening to its end, with the judge looking on. */
export class VirtualTab implements Caller, JudgedTab {
  readonly name: string;
  readonly gate = new Gate();
  shown: Login | null = null;
  /** Torn down; what it had begun still comes to its end. */
  isClosed = false;
  /** The step at which it was opened, or went on after it had been frozen. */
  private awakeSince: number;
  readonly running = new Map<string, Login | null>();
  /** Sign-ins that have not ended yet. A sign-out ends them as well. */
  readonly signingIn = new Set<Login>();
  private readonly app: SessionTab;
  private readonly asking = new Set<Subscription>();
  private readonly agreement: MomentAgreement;
  /** Sessions this tab knows to be over. */
  private readonly left = new Set<Login>();
  private isFirst = true;
  private labels = 0;

  constructor(
    readonly number: number,
    readonly time: ManualTime,
    storage: StorageAdapter,
    private readonly around: TabSurroundings,
  ) {
    this.name = `tab ${number}`;
    this.awakeSince = around.judge.step;
    const { config, random, locks, channels, cognito } = around;
    this.agreement = new MomentAgreement(around.hasCopy);
    const channel = this.gatedChannel(channels.of(this.name));
    this.app = startTab({
      config,
      time,
      features: [withStorage(storage)],
      providers: [
        { provide: RANDOM_SOURCE, useValue: random },
        {
          provide: ATTEMPT_LOCKS,
          useValue: locks === null ? NO_LOCKS : this.gatedLocks(locks.of(this.name)),
        },
        { provide: OPEN_TAB_CHANNEL, useValue: channel },
        { provide: TOKEN_REFRESHER, useValue: this.gatedRefresher(cognito.portFor(this)) },
      ],
    });
    this.watch();
  }

  get session(): SessionTab['session'] {
    return this.app.session;
  }

  /** Crashed. */
  get isDeaf(): boolean {
    return this.gate.isDead;
  }

  get isFrozen(): boolean {
    return this.gate.isShut;
  }

  /** The user may use it. */
  get isOpen(): boolean {
    return !this.isDeaf && !this.isClosed;
  }

  get status(): string {
    return this.session.state().status;
  }

  get isWaitedFor(): boolean {
    return this.running.size + this.asking.size > 0;
  }

  get isRenewing(): boolean {
    return this.around.cognito.refreshes.some(({ caller, isHeard }) => caller === this && isHeard);
  }

  ask(use: 'access' | 'id'): void {
    const { judge } = this.around;
    const asker: TabAsker = { use, askedAs: this.status === 'restoring' ? null : this.shown };
    const token$ = use === 'access' ? this.session.getAccessToken() : this.session.getIdToken();
    const end = () => {
      this.asking.delete(subscription);
    };
    const subscription: Subscription = token$.subscribe({
      next: (token) => {
        if (this.agreement.isUnconfirmed)
          judge.object(`${this.name} handed out a token of the copy before the record confirmed it`);
        if (!this.isOpen) judge.object(`${this.name} handed out a token after its end`);
        judge.handedOut(this, this.awakeSince, asker, token);
      },
      error: (error: unknown) => {
        judge.judgeError(error, 'a getter');
        queueMicrotask(end);
      },
      complete: () => {
        queueMicrotask(end);
      },
    });
    if (!subscription.closed) this.asking.add(subscription);
  }

  run(name: string, command: Observable<unknown>, done: (error?: unknown) => void = () => undefined): void {
    const label = `${name} ${++this.labels}`;
    this.running.set(label, this.shown);
    const end = (error?: unknown) => {
      this.running.delete(label);
      done(error);
    };
    command.subscribe({
      error: (error: unknown) => {
        this.around.judge.judgeError(error, name);
        end(error);
      },
      complete: () => {
        end();
      },
    });
  }

  freeze(): void {
    this.app.sleep.next('freeze');
    this.gate.shut();
  }

  /** The order of its own awakening and of what has been waiting for it is the browser's. */
  thaw(wakesFirst: boolean, step: number): void {
    this.awakeSince = step;
    if (wakesFirst) this.app.wake.next('resume');
    this.gate.open();
    if (!wakesFirst) this.app.wake.next('resume');
  }

  hide(): void {
    this.app.sleep.next('hidden');
  }

  wake(signal: 'visible' | 'online' | 'pageshow'): void {
    this.app.wake.next(signal);
  }

  crash(): void {
    this.gate.kill();
    this.around.locks?.kill(this.name);
    this.around.channels.leave(this.name);
    this.stopAsking();
  }

  close(): void {
    this.isClosed = true;
    this.stopAsking();
    this.app.destroy();
  }

  /** The scenario is over. */
  end(): void {
    this.gate.kill();
    this.stopAsking();
    this.app.destroy();
  }

  judgeMoments(): void {
    if (this.isOpen && !this.isFrozen) this.objectIf(this.agreement.missing());
  }

  private stopAsking(): void {
    for (const subscription of this.asking) subscription.unsubscribe();
    this.asking.clear();
    this.running.clear();
  }

  private watch(): void {
    const { judge, world } = this.around;
    this.session.state$.subscribe((state) => {
      if (!this.isOpen) judge.object(`${this.name} has a new state after its end`);
      const { isUnconfirmed } = this.agreement;
      this.objectIf(this.agreement.onState(state));
      const before = this.shown;
      if ('session' in state) {
        const login = world.loginOfSession(state.session);
        this.shown = login ?? null;
        judge.shows(this, login, before, this.isFirst);
        if (login !== undefined && this.left.has(login) && !judge.hasStorageFailed)
          judge.object(`${this.name} takes up a session again that it knows to be over`);
        if (state.status === 'stale') judge.see('stale states');
      } else if (state.status === 'signedOut') {
        this.shown = null;
        // A copy that lags may show a session that has ended.
        judge.showsNobody(this, state.reason, isUnconfirmed && state.reason === 'noSession' ? null : before);
      }
      if (before !== null && before !== this.shown) this.left.add(before);
      if (state.status !== 'restoring') this.isFirst = false;
    });
    this.session.events$.subscribe((event) => {
      if (!this.isOpen) judge.object(`${this.name} tells of something after its end`);
      if (event.type === 'tokenRefreshed' && event.origin === 'otherTab')
        judge.see('renewals taken over from another tab');
      this.objectIf(this.agreement.onEvent(event));
    });
  }

  private objectIf(objection: string | null): void {
    if (objection !== null) this.around.judge.object(`${this.name}: ${objection}`);
  }

  private gatedChannel(open: OpenTabChannel): OpenTabChannel {
    return (name) => {
      const channel = open(name);
      return channel === null ? null : { ...channel, messages$: this.gate.through(channel.messages$) };
    };
  }

  private gatedLocks(locks: AttemptLocks): AttemptLocks {
    return {
      hold: (name) => this.gate.through(locks.hold(name)),
      held: () => this.gate.through(locks.held()),
      whenFree: (name) => this.gate.through(locks.whenFree(name)),
    };
  }

  private gatedRefresher(refresher: TokenRefresher): TokenRefresher {
    return {
      refresh: (request) => this.gate.through(refresher.refresh(request)),
      revoke: (refreshToken) => this.gate.through(refresher.revoke(refreshToken)),
    };
  }
}
