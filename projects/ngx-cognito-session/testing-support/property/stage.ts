import { CLIENT_ID, USER_POOL_ID } from '../test-tokens';
import { CognitoWorld } from './cognito-world';
import { HeldCognito } from './held-cognito';
import { HeldHttp } from './held-http';
import type { KnownTokens } from './input-shapes';
import { Judge } from './judge';
import { OriginStorage } from './origin-storage';
import { Page, type Surroundings } from './page';
import type { Scenario } from './scenario';
import { seededRandom } from './seeded-random';
import { WorldClock } from './world-clock';

/** The longest a wait of the library may take once everything answers. */
const CALM_MS = 400_000;
const CALM_STEP_MS = 5000;

/** Everything around the library: Cognito, the API, one origin's storage, time, and the page that is open. */
export class Stage {
  readonly clock: WorldClock;
  readonly world: CognitoWorld;
  readonly cognito: HeldCognito;
  readonly http = new HeldHttp();
  readonly storage: OriginStorage;
  readonly judge: Judge;
  /** Tokens the app has seen, the latest last. */
  readonly known: KnownTokens[] = [];
  private readonly around: Surroundings;
  private current: Page;
  private pages = 0;
  private isCalm = false;

  constructor(scenario: Scenario) {
    localStorage.clear();
    this.clock = new WorldClock(scenario.deviceOffsetMs);
    this.world = new CognitoWorld(scenario.cognito, this.clock);
    this.judge = new Judge(this.world, this.clock);
    this.cognito = new HeldCognito(this.world, this.clock, this.judge);
    this.storage = new OriginStorage(scenario.storage, this.clock, this.judge);
    this.judge.onArrival = (set, refreshToken) => {
      this.known.push({ set, refreshToken: set.refresh?.value ?? refreshToken });
    };
    this.around = {
      clock: this.clock,
      world: this.world,
      cognito: this.cognito,
      http: this.http,
      judge: this.judge,
      random: seededRandom(scenario.seed),
      config: { region: 'eu-west-1', clientId: CLIENT_ID, userPoolId: USER_POOL_ID, ...scenario.config },
      hasCopy: scenario.storage === 'recordAndValues',
      reads: () => this.storage.reads,
    };
    this.current = this.open();
  }

  get page(): Page {
    return this.current;
  }

  /** Whether anything is on its way that a page's end cuts off. */
  get isInTheMiddle(): boolean {
    return this.page.running.size > 0 || this.storage.isWaiting || this.isRenewing;
  }

  get isRenewing(): boolean {
    return this.cognito.refreshes.some(({ caller, isHeard }) => caller === this.page && isHeard);
  }

  restart(how: 'destroyed' | 'crashed'): void {
    const { model } = this.judge;
    if (this.isInTheMiddle) {
      model.leaveInTheMiddle();
      for (const login of this.page.running.values()) if (login !== null) model.setAfloat(login);
      for (const login of this.world.logins) this.judge.excuses.add(login, 'leftInTheMiddle');
    }
    model.leavePage();
    this.page.end(how);
    this.current = this.open();
  }

  /** Time passes, timer by timer; between them everything that can happen does. */
  async pass(ms: number): Promise<void> {
    const { device } = this.clock;
    const target = device.monotonic() + ms;
    for (let next = device.nextTimerMs; next !== null && next <= target; next = device.nextTimerMs) {
      device.advance(Math.max(0, next - device.monotonic()));
      await this.settle();
    }
    device.advance(target - device.monotonic());
    await this.settle();
  }

  /** Lets everything happen that needs no further command. */
  async settle(): Promise<void> {
    await this.storage.settle();
    while (this.isCalm && this.answerAll()) await this.storage.settle();
  }

  /** Storage and network work, and everything is answered until no caller waits any more. */
  async calmDown(): Promise<void> {
    this.isCalm = true;
    this.page.resume();
    this.storage.setFault('none');
    await this.settle();
    await this.waitFor(CALM_MS);
    this.isCalm = false;
  }

  /** The same, and time for every back-off and grace to end. */
  async calmDownFully(): Promise<void> {
    this.isCalm = true;
    this.page.resume();
    this.storage.setFault('none');
    await this.settle();
    await this.pass(CALM_MS);
    // What began late in it gets its time as well.
    await this.waitFor(CALM_MS);
    this.isCalm = false;
  }

  private async waitFor(limitMs: number): Promise<void> {
    for (let passed = 0; passed < limitMs && this.isWaited; passed += CALM_STEP_MS)
      await this.pass(CALM_STEP_MS);
  }

  end(): void {
    this.page.end('destroyed');
    this.storage.close();
  }

  private get isWaited(): boolean {
    return this.page.running.size > 0 || this.page.askingNow.length > 0 || this.page.status === 'stale';
  }

  private open(): Page {
    const { model } = this.judge;
    return new Page(
      ++this.pages,
      this.storage.open(),
      this.around,
      model.mustBeRestored ? model.current : null,
    );
  }

  private answerAll(): boolean {
    const [refresh] = this.cognito.refreshes;
    const [revocation] = this.cognito.revocations;
    const [http] = this.http.calls;
    if (refresh !== undefined) this.cognito.settle(refresh, 'answered');
    if (revocation !== undefined) this.cognito.settleRevocation(revocation, 'answered');
    if (http !== undefined) this.http.settle(http, 'ok');
    return refresh !== undefined || revocation !== undefined || http !== undefined;
  }
}
