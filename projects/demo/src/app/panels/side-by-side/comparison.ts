import { inject, Injectable, signal } from '@angular/core';
import { catchError, firstValueFrom, forkJoin, map, of, timer } from 'rxjs';
import { injectDemoConfig } from '../../config/inject-demo-config';
import { LocalCognito } from '../../emulator/local-cognito';
import { CALLS_PER_TAB, type Scenario } from './scenarios';
import type { Side, SideResult } from './side';
import { Sides } from './sides';

export interface Comparison {
  readonly number: number;
  readonly scenario: Scenario;
  readonly grace: Grace;
  readonly library: SideResult;
  readonly naive: SideResult;
}

export type Grace = 'off' | 'none' | 'seconds';

const REFRESH = 'GetTokensFromRefreshToken';
const SHORT_SECONDS = 3;
/** Until the calls of an outage are repeated: the back-off of the library is over by then. */
const OUTAGE_MS = 6000;
const RETRY_MS = 8000;
const SETTINGS: Readonly<Record<Grace, Readonly<Record<string, unknown>>>> = {
  off: { rotation: false },
  none: { rotation: true, graceSeconds: 0 },
  seconds: { rotation: true, graceSeconds: 30 },
};

/** Runs a scenario on both sides at the same time, and counts. The oracle for the calls is the log of the local Cognito. */
@Injectable()
export class ComparisonRun {
  private readonly sides = inject(Sides);
  private readonly cognito = inject(LocalCognito);
  private readonly config = injectDemoConfig();

  /** What is happening, for the user; empty if nothing is. */
  readonly step = signal('');

  async run(number: number, scenario: Scenario, grace: Grace): Promise<Comparison> {
    let both: readonly Side[] = [];
    try {
      this.step.set('Signing in on both sides');
      await this.configure({ ...SETTINGS[grace], ...lifetime(SHORT_SECONDS) });
      const before = await this.lastCall();
      const [library, naive] = await Promise.all([this.sides.library(), this.sides.naive()]);
      both = [library, naive];
      await this.configure(lifetime(this.config.tokenSeconds ?? 300));
      if (scenario.outage === true) await this.fail();
      this.step.set('Waiting until the tokens have expired');
      await pause(1000 * SHORT_SECONDS + 500);
      this.step.set('Calling the API on both sides');
      const tallies = [await this.fire([library, naive], scenario.tabs)];
      if (scenario.outage === true) {
        this.step.set('Cognito is failing');
        await pause(OUTAGE_MS);
        await this.command('clear-faults');
        this.step.set('Cognito works again');
        await pause(RETRY_MS);
        tallies.push(await this.fire([library, naive], scenario.tabs));
      }
      const result = async (side: Side, index: 0 | 1): Promise<SideResult> => {
        const answered = tallies.flatMap((tally) => tally[index]);
        const answers = answered.filter((isAnswered) => isAnswered).length;
        const [calls, lostSessions] = [await this.refreshesAfter(before, side), side.lostSessions()];
        return { calls, lostSessions, errors: answered.length - answers, answers };
      };
      return { number, scenario, grace, library: await result(library, 0), naive: await result(naive, 1) };
    } finally {
      both.forEach((side) => side.close());
      await this.command('clear-faults').catch(() => undefined);
      this.step.set('');
    }
  }

  /** Whether each call was answered, by side. */
  private fire(
    [library, naive]: readonly [Side, Side],
    tabs: number,
  ): Promise<readonly [boolean[], boolean[]]> {
    const calls = (side: Side) =>
      side.tabs.slice(0, tabs).flatMap((http) =>
        Array.from({ length: CALLS_PER_TAB }, () =>
          http.get(this.sides.apiUrl).pipe(
            map(() => true),
            catchError(() => of(false)),
          ),
        ),
      );
    return firstValueFrom(forkJoin([forkJoin(calls(library)), forkJoin(calls(naive))]));
  }

  private async configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    for (const clientId of Object.values(this.sides.clientIds))
      await this.command('configure', { clientId, ...settings });
  }

  private fail(): Promise<unknown> {
    return this.command('fault', {
      operation: REFRESH,
      kind: 'error',
      type: 'InternalErrorException',
      status: 500,
      times: 1000,
    });
  }

  private async lastCall(): Promise<number> {
    const { calls } = await firstValueFrom(this.cognito.calls());
    return calls.at(-1)?.number ?? 0;
  }

  private async refreshesAfter(number: number, { clientId }: Side): Promise<number> {
    const { calls } = await firstValueFrom(this.cognito.calls(number, clientId));
    return calls.filter(({ operation }) => operation === REFRESH).length;
  }

  private command(name: string, input: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    return firstValueFrom(this.cognito.command(name, input));
  }
}

const lifetime = (seconds: number) => ({ accessTokenSeconds: seconds, idTokenSeconds: seconds });
const pause = (ms: number): Promise<0> => firstValueFrom(timer(ms));
