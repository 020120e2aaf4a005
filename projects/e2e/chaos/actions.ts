import type { Background } from './background';
import type { Draw } from './draw';
import {
  callApi,
  forceRefresh,
  freeze,
  goOffline,
  look,
  refuseStorage,
  replace,
  show,
  type OnDevice,
} from './page-actions';
import {
  killServer,
  pauseServer,
  requestServers,
  signInOnServer,
  signOutOnServer,
  type OnServers,
} from './server-actions';
import type { Stage } from './stage';
import { signIn, signOut } from './user-actions';
import {
  addFault,
  addRevocationFault,
  advanceServerClock,
  changeGrace,
  rejectTokens,
  setDeviceClock,
  sleep,
} from './world-actions';

/** All that an action can work with; `device` is one of them, by chance. */
type Surroundings = OnDevice & OnServers;

interface Action {
  /** How often it is drawn, and how often while nothing is to go wrong. */
  readonly weight: number;
  readonly calmWeight?: number;
  /** Takes the action. What lasts goes on in the background. */
  readonly take: (on: Surroundings) => void | Promise<void>;
}

const ACTIONS = {
  callApi: {
    ...{ weight: 30, calmWeight: 6 },
    take: (on) => {
      for (const device of on.stage.devices) callApi({ ...on, device });
    },
  },
  look: {
    ...{ weight: 6, calmWeight: 1 },
    take: (on) => {
      for (const device of on.stage.devices) look({ ...on, device });
    },
  },
  show: { weight: 4, take: show },
  fault: { weight: 8, take: ({ stage, draw }) => addFault(stage, draw) },
  revocationFault: { weight: 0.5, take: ({ stage, draw }) => addRevocationFault(stage, draw) },
  rejectTokens: { weight: 1, take: ({ stage, draw }) => rejectTokens(stage, draw) },
  close: { weight: 2.5, take: (on) => replace(on, 'close') },
  crash: { weight: 2.5, take: (on) => replace(on, 'crash') },
  freeze: { weight: 4, take: freeze },
  offline: { weight: 2, take: goOffline },
  refusal: { weight: 1.5, take: refuseStorage },
  forceRefresh: { weight: 1, take: forceRefresh },
  deviceClock: { weight: 1, take: ({ stage, draw }) => setDeviceClock(stage, draw) },
  serverClock: { weight: 0.5, take: ({ stage, draw }) => advanceServerClock(stage, draw) },
  sleep: { weight: 1.5, take: ({ stage, draw }) => sleep(stage, draw) },
  grace: { weight: 0.3, take: ({ stage, draw }) => changeGrace(stage, draw) },
  signIn: { weight: 1.2, take: (on) => signIn(on.stage, on) },
  signOut: { weight: 1, take: (on) => signOut(on.stage, on) },
  serverRequests: { weight: 14, calmWeight: 3, take: requestServers },
  serverSignIn: { weight: 1.5, take: signInOnServer },
  serverSignOut: { weight: 0.7, take: signOutOnServer },
  serverKill: { weight: 1, take: killServer },
  serverPause: { weight: 1, take: pauseServer },
} satisfies Record<string, Action>;

const actions: Readonly<Record<string, Action>> = ACTIONS;
const weights = weightsBy(({ weight }) => weight);
const calmWeights = weightsBy(({ calmWeight = 0 }) => calmWeight);

function weightsBy(read: (action: Action) => number): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, read(action)]));
}

/** Draws an action and takes it. */
export async function takeAction(
  stage: Stage,
  draw: Draw,
  background: Background,
  isCalm: boolean,
): Promise<void> {
  const name = draw.weighted(isCalm ? calmWeights : weights);
  const device = draw.pick(stage.devices);
  await actions[name]?.take({ stage, device, draw, journal: stage.journal, background });
}
