import type { Browser } from 'puppeteer-core';
import type { PageScripts } from '../support/page-scripts';
import { takeAction } from './actions';
import { Background, pause } from './background';
import { Draw, seedOf } from './draw';
import type { Facts, Violation } from './facts';
import type { Line } from './journal';
import { judge } from './oracles/judge';
import { signInOnServer } from './server-actions';
import { drawSettings, type EpisodeSettings } from './settings';
import { settle, signAllOut } from './settle';
import { Stage } from './stage';
import { signIn } from './user-actions';

export interface EpisodePlan {
  readonly seed: number;
  readonly number: number;
  readonly pages: number;
  readonly users: number;
  /** How many steps are taken. Null: all. */
  readonly untilStep: number | null;
}

export interface EpisodeResult {
  readonly plan: EpisodePlan;
  readonly settings: EpisodeSettings;
  readonly facts: Facts;
  readonly lines: readonly Line[];
  readonly violations: readonly Violation[];
}

const STEPS = 200;
/** Steps of a calm phase, and how often one begins. */
const CALM_STEPS = 30;
const CALM_CHANCE = 0.012;

/** Random users on a fresh stage, then an end of all troubles, a sign-out everywhere, and the verdict. */
export async function runEpisode(
  browser: Browser,
  scripts: PageScripts,
  plan: EpisodePlan,
): Promise<EpisodeResult> {
  const seed = seedOf(plan.seed, plan.number);
  const settings = drawSettings(new Draw(seed), plan.pages, STEPS);
  const users = Array.from({ length: plan.users }, (_, index) => `user${index + 1}`);
  const stage = await Stage.start(browser, scripts, settings, users);
  const background = new Background();
  try {
    await openAll(stage, new Draw(seed), background);
    await act(stage, background, seed, Math.min(STEPS, plan.untilStep ?? STEPS));
    await settle(stage, background);
    await signAllOut(stage);
    const facts = stage.facts();
    return { plan, settings, facts, lines: stage.journal.lines, violations: judge(facts) };
  } finally {
    await stage.close();
  }
}

async function openAll(stage: Stage, draw: Draw, background: Background): Promise<void> {
  const { devices, settings, journal } = stage;
  for (const [index, device] of devices.entries())
    for (let count = 0; count < (settings.devices[index]?.pages ?? 0); count++) await device.open();
  for (const device of devices) signIn(stage, { device, draw, journal, background });
  signInOnServer({ stage, draw, background });
}

async function act(stage: Stage, background: Background, seed: number, steps: number): Promise<void> {
  let calmUntil = 0;
  for (let step = 1; step <= steps; step++) {
    // Each step has a chance of its own: what came before may take another course when it is repeated.
    const draw = new Draw(seedOf(seed, step));
    stage.journal.step = step;
    if (draw.chance(CALM_CHANCE) && step > calmUntil) {
      calmUntil = step + CALM_STEPS;
      stage.journal.say('a calm phase begins');
    }
    await takeAction(stage, draw, background, step <= calmUntil);
    signInAgain(stage, draw, background);
    await pause(draw.integer(50, 700));
  }
}

/** Where no user is signed in, one signs in soon: otherwise nothing would happen there. */
function signInAgain(stage: Stage, draw: Draw, background: Background): void {
  const { devices, journal, servers } = stage;
  for (const device of devices)
    if (device.isSignedOut && draw.chance(0.2)) signIn(stage, { device, draw, journal, background });
  for (const jar of servers.jars)
    if (jar.cookie === null && !servers.isBusy(jar) && draw.chance(0.2))
      signInOnServer({ stage, draw, background });
}
