import dns from 'node:dns';
import type { Emulator } from 'cognito-emulator';
import type { ManualTime } from './manual-time';
import type { RefreshTrouble } from './refresh-error-rows';
import { replaceProperty } from './replaced-global';

export const REFRESH = 'GetTokensFromRefreshToken';

/** A name that only this process resolves. */
const ENDPOINT_NAME = 'cognito.test';
/** Longer than DNS allows: the resolver fails without a request. */
const IMPOSSIBLE_NAME = `${'x'.repeat(64)}.invalid`;

/** Trouble as it lasts. */
export interface ActiveTrouble {
  /** Where the emulator is to be found. */
  readonly endpoint: string;
  /** Whether requests reach it in spite of the trouble. */
  readonly reached: boolean;
  /** Lets the time pass that the attempt of this number, from 1 on, takes to fail. */
  readonly fail: (attempt: number) => Promise<void>;
  /** From now on answers are good. */
  readonly end: () => Promise<void>;
  /** Leaves nothing of it behind. */
  readonly clean: () => void;
}

export function startTrouble(trouble: RefreshTrouble, emulator: Emulator, time: ManualTime): ActiveTrouble {
  switch (trouble.kind) {
    case 'nameNotResolved':
      return loseName(emulator);
    case 'refusedByCors':
      return refuseFetch(emulator);
    case 'noAnswer':
      return holdAnswers(emulator, () => time.advance(trouble.activeSeconds * 1000));
    default:
      // More often than a test tries.
      emulator.faults.add(REFRESH, { ...trouble, times: 100 });
      return { ...none(emulator), end: () => Promise.resolve().then(() => emulator.faults.clear()) };
  }
}

function none({ url }: Emulator): ActiveTrouble {
  return {
    endpoint: url,
    reached: true,
    fail: () => Promise.resolve(),
    end: () => Promise.resolve(),
    clean: () => {},
  };
}

/** The system's resolver says that the name does not exist; when the trouble ends, that it is this machine. */
function loseName(emulator: Emulator): ActiveTrouble {
  const { lookup } = dns;
  let resolved = IMPOSSIBLE_NAME;
  const value = (name: string, ...rest: unknown[]): unknown =>
    Reflect.apply(lookup, dns, [name === ENDPOINT_NAME ? resolved : name, ...rest]);
  return {
    ...none(emulator),
    endpoint: `http://${ENDPOINT_NAME}:${new URL(emulator.url).port}/`,
    reached: false,
    end: () => {
      resolved = '127.0.0.1';
      return Promise.resolve();
    },
    clean: replaceProperty(dns, 'lookup', { value }),
  };
}

/** What a page sees of a preflight that is refused, and all it sees: nothing is sent, and `fetch` says no more than this. */
function refuseFetch(emulator: Emulator): ActiveTrouble {
  const value = () => Promise.reject(new TypeError('Failed to fetch'));
  const clean = replaceProperty(globalThis, 'fetch', { value });
  return { ...none(emulator), reached: false, end: () => Promise.resolve().then(clean), clean };
}

function holdAnswers(emulator: Emulator, passTime: () => void): ActiveTrouble {
  const barrier = emulator.hold(REFRESH);
  return {
    ...none(emulator),
    fail: async (attempt) => {
      await barrier.arrived(attempt);
      passTime();
    },
    end: () => barrier.open(),
  };
}
