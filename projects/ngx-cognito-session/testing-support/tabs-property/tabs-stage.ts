import { TestBed } from '@angular/core/testing';
import { IndexedDbStorage } from '../../src/public-api';
import type { KnownAdapter } from '../../src/lib/storage/known-adapter';
import { channelName } from '../../src/lib/lifecycle/hints';
import type { RandomSource } from '../../src/lib/platform/random';
import { FakeAttemptLocks } from '../fake-attempt-locks';
import { LaggingStorage } from '../lagging-storage';
import { ManualTime } from '../manual-time';
import { CognitoWorld } from '../property/cognito-world';
import type { StorageFault } from '../property/faulty-storage';
import { HeldCognito } from '../property/held-cognito';
import { HeldDatabase, inDatabase } from '../property/held-database';
import { seededRandom } from '../property/seeded-random';
import { WorldClock } from '../property/world-clock';
import { CLIENT_ID, USER_POOL_ID } from '../test-tokens';
import type { MadeUp } from './tab-commands';
import { TabsJudge } from './tabs-judge';
import type { TabsScenario } from './tabs-scenario';
import { VirtualTab, type TabSurroundings } from './virtual-tab';
import { WildChannels } from './wild-channels';

/** Longer than every wait of the library. */
const CALM_MS = 200_000;
const LAG_MS = 200;
const PATIENCE_MS = 9000;
const REGION = 'eu-west-1';
const NAMESPACE = CLIENT_ID;
const MOST_TABS = 6;
const MADE_UP: Readonly<Record<MadeUp, unknown>> = {
  changed: { v: 1, type: 'changed' },
  stranger: { v: 1, type: 'signedOut', sid: 'made-up', gen: 1 },
  nonsense: ['nonsense'],
};
/** Far more than there is reason for at one moment, and in the longest stretch of time. */
const MOST_ANSWERS = 200;
const MOST_TIMERS = 50_000;

/** One browser with several tabs of one app, Cognito, and everything between them. */
export class TabsStage {
  readonly clock = new WorldClock(0);
  readonly world: CognitoWorld;
  readonly judge: TabsJudge;
  readonly cognito: HeldCognito;
  readonly channels: WildChannels;
  readonly values: LaggingStorage;
  /** In the order they were opened, dead ones included. */
  readonly tabs: VirtualTab[] = [];
  private readonly database: HeldDatabase;
  private readonly random: RandomSource;
  private readonly around: TabSurroundings;
  private fault: StorageFault = 'none';
  private isCalm = false;

  constructor(readonly scenario: TabsScenario) {
    const { seed, cognito, config, hasLocks, weather, storage } = scenario;
    this.world = new CognitoWorld(cognito, this.clock);
    this.judge = new TabsJudge(this.world, this.clock, {
      hasLocks,
      isPeaceful: weather === 'peaceful',
      hasLag: storage === 'laggingValues',
    });
    this.cognito = new HeldCognito(this.world, this.clock, this.judge);
    this.random = seededRandom(seed ^ 0x5eed);
    this.channels = new WildChannels(() => this.random.number());
    this.values = new LaggingStorage(
      { now: () => this.clock.serverMs(), monotonic: () => this.clock.device.monotonic() },
      LAG_MS,
    );
    this.database = new HeldDatabase(this.clock, this.judge);
    TestBed.resetTestingModule();
    localStorage.clear();
    this.around = {
      world: this.world,
      cognito: this.cognito,
      channels: this.channels,
      locks: hasLocks ? new FakeAttemptLocks() : null,
      judge: this.judge,
      random: seededRandom(seed),
      hasCopy: storage === 'laggingValues',
      config: { region: REGION, clientId: CLIENT_ID, userPoolId: USER_POOL_ID, ...config },
    };
  }

  /** Tabs that the user may use now. */
  get awake(): readonly VirtualTab[] {
    return this.tabs.filter((tab) => tab.isOpen && !tab.isFrozen);
  }

  get isStorageBusy(): boolean {
    return this.database.isBusy;
  }

  /** In peaceful scenarios every answer comes before a time limit: how much longer the next one may take. */
  get patienceMs(): number {
    if (this.scenario.weather !== 'peaceful') return Infinity;
    const waiting = this.cognito.refreshes.map((call) => this.clock.serverMs() - this.judge.askedAt(call));
    return Math.max(0, PATIENCE_MS - Math.max(-Infinity, ...waiting));
  }

  open(): void {
    if (this.tabs.filter(({ isOpen }) => isOpen).length >= MOST_TABS) return;
    const number = this.tabs.length + 1;
    const time = new ManualTime(this.clock.serverMs() + this.scenario.deviceOffsetMs);
    this.tabs.push(new VirtualTab(number, time, this.storageOf(number), this.around));
  }

  setFault(fault: StorageFault): void {
    this.fault = fault;
    this.database.setFault(fault);
  }

  /** Everything of the origin is gone; browsers do so only where it is not in use at the moment. */
  async clearStorage(): Promise<void> {
    this.setFault('none');
    await this.settle();
    this.judge.storageFailed();
    this.judge.wasCleared = true;
    this.judge.hasLostWrites = true;
    const cleared = inDatabase((store) => store.clear());
    await this.settle();
    await cleared;
  }

  /** A script of the origin sends a message. */
  say(what: MadeUp): void {
    this.channels.inject(channelName(NAMESPACE), MADE_UP[what]);
  }

  /** Time passes, timer by timer, in a random order among tabs. */
  async pass(ms: number): Promise<void> {
    // A database that works is never slower than a timer.
    await this.settle();
    let left = ms;
    for (let steps = 0; ; steps++) {
      if (steps > MOST_TIMERS) throw new Error('The code arms timers without end.');
      const timers = this.running.map(({ time }) => untilNextTimer(time));
      const next = Math.min(...timers, this.patienceMs);
      if (next > left) break;
      this.advance(next);
      left -= next;
      await this.settle();
      if (this.patienceMs === 0) {
        this.answerOne();
        await this.settle();
      }
    }
    this.advance(left);
    await this.settle();
  }

  /** No two commands come at the same millisecond. */
  tick(): void {
    this.advance(1);
  }

  /** The device sleeps: the world goes on, and no timer does. */
  async sleep(ms: number): Promise<void> {
    await this.settle();
    while (this.patienceMs < ms) {
      this.answerOne();
      await this.settle();
    }
    this.clock.sleep(ms);
    for (const { time } of this.tabs) time.sleep(ms);
  }

  /** Lets everything happen that needs no further command. */
  async settle(): Promise<void> {
    await this.step(Infinity);
    for (let answers = 0; this.isCalm && this.answerOne(); answers++) {
      if (answers > MOST_ANSWERS)
        throw new Error('The code calls Cognito again and again while no time passes.');
      await this.step(Infinity);
    }
  }

  /** Lets the database get so far. */
  async step(count: number): Promise<void> {
    await allMicrotasks();
    for (let taken = 0; taken < count && this.database.step(); taken++) await allMicrotasks();
  }

  /** Everything works and all tabs are awake, for as long as anything may take. */
  async calmDown(): Promise<void> {
    this.isCalm = true;
    this.setFault('none');
    this.channels.mode = 'prompt';
    while (this.channels.letters.length > 0) this.channels.deliver(0, false);
    for (const tab of this.tabs) if (tab.isFrozen && !tab.isDeaf) tab.thaw(true, this.judge.step);
    await this.settle();
    await this.pass(CALM_MS);
    // A tab that has missed a message learns of it at its next look.
    for (const tab of this.awake) {
      tab.hide();
      tab.wake('visible');
    }
    await this.settle();
    await this.pass(1000);
    this.isCalm = false;
  }

  /** All that is stored, as one text. */
  async content(): Promise<string> {
    const all = inDatabase((store) => store.getAll());
    await this.settle();
    return this.values.content + JSON.stringify(await all);
  }

  end(): void {
    for (const tab of this.tabs) tab.end();
    this.database.close();
    TestBed.resetTestingModule();
  }

  /** Tabs whose timers go. */
  private get running(): readonly VirtualTab[] {
    return this.tabs.filter((tab) => !tab.isDeaf && !tab.isFrozen);
  }

  private advance(ms: number): void {
    this.clock.device.advance(ms);
    const running = this.running;
    for (const { time } of this.tabs.filter((tab) => !running.includes(tab))) time.sleep(ms);
    const first = Math.floor(this.random.number() * running.length);
    for (const { time } of [...running.slice(first), ...running.slice(0, first)]) time.advance(ms);
  }

  private storageOf(number: number): KnownAdapter {
    if (this.scenario.storage === 'record') return new IndexedDbStorage();
    const values = this.values.of(`tab ${number}`);
    const guarded = (fault: StorageFault): void => {
      if (this.fault !== fault && this.fault !== 'refusesAll') return;
      this.judge.storageFailed();
      throw new DOMException('There is no room.', 'QuotaExceededError');
    };
    return {
      shared: true,
      ɵisLocalStorage: true,
      getItem: (key) => {
        guarded('refusesReads');
        return values.getItem(key);
      },
      setItem: (key, value) => {
        guarded('refusesWrites');
        return values.setItem(key, value);
      },
      removeItem: (key) => {
        guarded('refusesWrites');
        return values.removeItem(key);
      },
    };
  }

  private answerOne(): boolean {
    const [refresh] = this.cognito.refreshes;
    const [revocation] = this.cognito.revocations;
    if (refresh !== undefined) this.cognito.settle(refresh, 'answered');
    if (revocation !== undefined) this.cognito.settleRevocation(revocation, 'answered');
    return refresh !== undefined || revocation !== undefined;
  }
}

function untilNextTimer(time: ManualTime): number {
  return time.nextTimerMs === null ? Infinity : Math.max(0, time.nextTimerMs - time.monotonic());
}

/** Until every microtask that is queued, and those that it queues, is through. */
function allMicrotasks(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
