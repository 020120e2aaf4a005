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
import { killServer, pauseServer, requestServers, signInOnServer, signOutOnServer } from './server-actions';
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

/** How often each action is drawn. */
const WEIGHTS = {
  callApi: 30,
  look: 6,
  show: 4,
  fault: 8,
  revocationFault: 0.5,
  rejectTokens: 1,
  close: 2.5,
  crash: 2.5,
  freeze: 4,
  offline: 2,
  refusal: 1.5,
  forceRefresh: 1,
  deviceClock: 1,
  serverClock: 0.5,
  sleep: 1.5,
  grace: 0.3,
  signIn: 1.2,
  signOut: 1,
  serverRequests: 14,
  serverSignIn: 1.5,
  serverSignOut: 0.7,
  serverKill: 1,
  serverPause: 1,
};

export type ActionName = keyof typeof WEIGHTS;

/** The actions of a calm phase: nothing goes wrong. */
const CALM = { callApi: 6, look: 1, serverRequests: 3 } satisfies Partial<Record<ActionName, number>>;

export function drawAction(draw: Draw, isCalm: boolean): ActionName {
  return isCalm ? draw.weighted(CALM) : draw.weighted(WEIGHTS);
}

/** Takes an action. What lasts goes on in the background. */
export async function takeAction(
  action: ActionName,
  stage: Stage,
  draw: Draw,
  background: Background,
): Promise<void> {
  const { journal } = stage;
  const on: OnDevice = { device: draw.pick(stage.devices), draw, journal, background };
  const onServers = { stage, draw, background };
  switch (action) {
    case 'callApi':
      for (const device of stage.devices) callApi({ ...on, device });
      return;
    case 'look':
      for (const device of stage.devices) look({ ...on, device });
      return;
    case 'show':
      return show(on);
    case 'fault':
      return addFault(stage, draw);
    case 'revocationFault':
      return addRevocationFault(stage, draw);
    case 'rejectTokens':
      return rejectTokens(stage, draw);
    case 'close':
    case 'crash':
      return replace(on, action);
    case 'freeze':
      return freeze(on);
    case 'offline':
      return goOffline(on);
    case 'refusal':
      return refuseStorage(on);
    case 'forceRefresh':
      return forceRefresh(on);
    case 'deviceClock':
      return setDeviceClock(stage, draw);
    case 'serverClock':
      return advanceServerClock(stage, draw);
    case 'sleep':
      return sleep(stage, draw);
    case 'grace':
      return changeGrace(stage, draw);
    case 'signIn':
      return signIn(stage, on);
    case 'signOut':
      return signOut(stage, on);
    case 'serverRequests':
      return requestServers(onServers);
    case 'serverSignIn':
      return signInOnServer(onServers);
    case 'serverSignOut':
      return signOutOnServer(onServers);
    case 'serverKill':
      return killServer(onServers);
    case 'serverPause':
      return pauseServer(onServers);
  }
}
