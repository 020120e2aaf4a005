import {
  HttpBackend,
  HttpClient,
  HttpErrorResponse,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import type { Observable, Subscription } from 'rxjs';
import { RANDOM_SOURCE, type RandomSource } from '../../src/lib/platform/random';
import {
  SESSION_CLOCK,
  sessionInterceptor,
  TOKEN_REFRESHER,
  withStorage,
  withTokenInjection,
  type SessionConfig,
  type SessionErrorCode,
  type StorageAdapter,
} from '../../src/public-api';
import { startApp, type SessionApp } from '../session-app';
import type { CognitoWorld } from './cognito-world';
import type { Login } from './cognito-tables';
import type { HeldCognito } from './held-cognito';
import type { HeldHttp } from './held-http';
import type { Asker, Judge } from './judge';
import { MomentAgreement } from './moment-agreement';
import { ASKER_HEADER, TOKEN_SOURCES } from './token-sources';
import type { WorldClock } from './world-clock';

export interface Surroundings {
  readonly clock: WorldClock;
  readonly world: CognitoWorld;
  readonly cognito: HeldCognito;
  readonly http: HeldHttp;
  readonly judge: Judge;
  readonly random: RandomSource;
  readonly config: SessionConfig;
  /** Whether a copy can give the first state. */
  readonly hasCopy: boolean;
  /** How many reads of the record have been answered or begun. */
  readonly reads: () => number;
}

interface Asking {
  readonly asker: Asker;
  readonly subscription: Subscription;
}

/** One page of the app, from its start to its end, with the judge looking on. */
export class Page {
  isDeaf = false;
  private isFrozen = false;
  /** Who the state shows. */
  shown: Login | null = null;
  /** Commands that have not ended yet, and whose tokens they hand over. */
  readonly running = new Map<string, Login | null>();
  private readonly app: SessionApp;
  private readonly http: HttpClient;
  private readonly asking = new Map<number, Asking>();
  private readonly agreement: MomentAgreement;
  private isFirstState = true;
  private isOver = false;
  /** Reads counted when the page was hidden; `null`: the page has not been hidden, or a read has followed. */
  private hiddenAtRead: number | null = null;
  private askers = 0;

  constructor(
    readonly number: number,
    storage: StorageAdapter,
    private readonly around: Surroundings,
    /** Whose session must be found; `null`: not known. */
    private readonly expected: Login | null,
  ) {
    const { clock, cognito, http, random, config } = around;
    this.agreement = new MomentAgreement(around.hasCopy);
    this.app = startApp({
      config,
      time: clock.device,
      features: [
        withStorage(storage),
        withTokenInjection({ attachTo: ['/api', { url: '/id-api', tokenUse: 'id' }] }),
      ],
      providers: [
        { provide: SESSION_CLOCK, useValue: clock.forPage() },
        { provide: RANDOM_SOURCE, useValue: random },
        { provide: TOKEN_REFRESHER, useValue: cognito.portFor(this) },
        provideHttpClient(withInterceptors([sessionInterceptor])),
        {
          provide: HttpBackend,
          useValue: http.backendFor((request) => {
            this.sent(Number(request.headers.get(ASKER_HEADER)), request.headers.get('Authorization'));
          }),
        },
      ],
    });
    this.http = TestBed.inject(HttpClient);
    this.watch();
  }

  get session(): SessionApp['session'] {
    return this.app.session;
  }

  get status(): string {
    return this.app.session.state().status;
  }

  get askingNow(): readonly string[] {
    return [...this.asking.values()].map(({ asker }) => asker.source);
  }

  get staleBecause(): SessionErrorCode | null {
    const state = this.session.state();
    return state.status === 'stale' ? state.error.code : null;
  }

  ask(sourceIndex: number): void {
    const source = TOKEN_SOURCES[sourceIndex % TOKEN_SOURCES.length];
    if (source === undefined) return;
    const number = ++this.askers;
    const asker: Asker = {
      page: this.number,
      source: source.name,
      use: source.use,
      askedAs: this.status === 'restoring' ? null : this.shown,
    };
    const done = (error?: unknown) => {
      this.asking.delete(number);
      if (error !== undefined && !(error instanceof HttpErrorResponse)) this.judgeError(error, source.name);
    };
    const handedOut = (token: string) => {
      this.handedOut(asker, token);
    };
    // The backend of a synchronous answer asks who it is for.
    this.asked.set(number, asker);
    const subscription = source
      .ask({ session: this.session, http: this.http, asker: number, handedOut })
      .subscribe({
        error: done,
        complete: () => {
          done();
        },
      });
    if (!subscription.closed) this.asking.set(number, { asker, subscription });
  }

  stopAsking(which: number): void {
    const [number, asking] = [...this.asking][which % Math.max(1, this.asking.size)] ?? [];
    asking?.subscription.unsubscribe();
    if (number !== undefined) this.asking.delete(number);
  }

  /** A command of the library; it is subscribed to here, and must end. */
  run(name: string, command: Observable<unknown>, login: Login | null = null): void {
    const label = `${name} ${++this.askers}`;
    this.running.set(label, login);
    const end = () => this.running.delete(label);
    command.subscribe({
      error: (error: unknown) => {
        end();
        this.judgeError(error, name);
      },
      complete: end,
    });
  }

  fallAsleep(signal: 'hidden' | 'freeze' | 'pagehide'): void {
    if (this.shown !== null) this.hiddenAtRead = this.around.reads();
    this.isFrozen ||= signal !== 'hidden';
    this.app.sleep.next(signal);
  }

  wakeUp(signal: 'visible' | 'online' | 'pageshow' | 'resume'): void {
    if (signal !== 'online') this.isFrozen = false;
    this.app.wake.next(signal);
  }

  /** Before anything else runs in a frozen page it is told that it goes on. */
  resume(): void {
    if (this.isFrozen) this.wakeUp('resume');
  }

  /** What was to be told has been told. */
  judgeMoments(): void {
    this.objectIf(this.agreement.missing());
  }

  end(how: 'destroyed' | 'crashed'): void {
    this.isDeaf = how === 'crashed';
    for (const { subscription } of this.asking.values()) subscription.unsubscribe();
    this.asking.clear();
    this.isOver = true;
    TestBed.resetTestingModule();
  }

  private readonly asked = new Map<number, Asker>();

  private sent(number: number, header: string | null): void {
    const asker = this.asked.get(number);
    if (asker !== undefined && header !== null) this.handedOut(asker, header.replace('Bearer ', ''));
  }

  private handedOut(asker: Asker, token: string): void {
    const { judge } = this.around;
    if (this.isOver) judge.object(`${asker.source} handed out a token after its page was over`);
    if (this.agreement.isUnconfirmed)
      judge.object(`${asker.source} handed out a token of the copy before the record confirmed it`);
    if (this.hiddenAtRead !== null) {
      const isUnsaved = this.shown !== null && judge.model.unsaved.has(this.shown);
      // A session that could never be stored is this page's alone, so no other page can have ended it, and a storage that
      // always refuses must not make it useless as soon as the page was hidden once.
      const isUnstored = judge.count('storage failures') > 0;
      if (isUnsaved || isUnstored || this.around.reads() > this.hiddenAtRead) this.hiddenAtRead = null;
      else judge.object(`${asker.source} handed out a token of a hidden page before the record was read`);
    }
    judge.handedOut(asker, token, this.shown);
  }

  private watch(): void {
    const { session } = this.app;
    session.state$.subscribe((state) => {
      if (this.isOver) this.around.judge.object('a page that is over has a new state');
      this.objectIf(this.agreement.onState(state));
      const before = this.shown ?? (this.isFirstState ? this.expected : null);
      if ('session' in state) {
        const row = this.around.world.loginOfSession(state.session);
        // Tokens that the app has just handed over are its own.
        if (row !== before) this.hiddenAtRead = null;
        this.shown = row ?? null;
        this.around.judge.showsSession(row, this.isFirstState);
        if (this.isFirstState) this.around.judge.see('sessions restored');
        if (state.status === 'stale') this.around.judge.see('stale states');
      } else if (state.status === 'signedOut') {
        this.shown = null;
        this.around.judge.showsNobody(state.reason, before);
      }
      if (state.status !== 'restoring') this.isFirstState = false;
    });
    session.events$.subscribe((event) => {
      if (this.isOver) this.around.judge.object('a page that is over tells of something');
      this.objectIf(this.agreement.onEvent(event));
      // A page that has lost its database reports that it cannot store what it holds.
      const { judge } = this.around;
      if (
        event.type === 'error' &&
        event.error.code === 'storageError' &&
        judge.sightings.has('storage failures')
      )
        judge.storageFailed();
    });
  }

  private judgeError(error: unknown, what: string): void {
    this.around.judge.judgeError(error, what);
  }

  private objectIf(objection: string | null): void {
    if (objection !== null) this.around.judge.object(objection);
  }
}
