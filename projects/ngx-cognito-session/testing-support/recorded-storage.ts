import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DEFAULT_CLIENT_ID, type Emulator, type SignInResult } from 'cognito-emulator';

/**
 * What Amplify and amazon-cognito-identity-js have stored after real sign-ins: see
 * `projects/cognito-emulator/second-opinion/storage`.
 */
export interface RecordedStorage {
  readonly library: string;
  readonly place: 'localStorage' | 'sessionStorage' | 'cookies';
  /** The last one is signed in. */
  readonly users: readonly string[];
  readonly items: Readonly<Record<string, string>>;
}

export const recordedStorage = JSON.parse(
  readFileSync(resolve('projects/ngx-cognito-session/testing-support/recorded-storage.json'), 'utf8'),
) as readonly RecordedStorage[];

/** The recording of a library's default. */
export function recordingOf(
  library: string,
  place: RecordedStorage['place'] = 'localStorage',
): RecordedStorage {
  const found = recordedStorage.find(
    (recording) => recording.library === library && recording.place === place,
  );
  if (found === undefined) throw new Error(`There is no recording of ${library} in ${place}.`);
  return found;
}

/** Puts the items of a recording where they were, with tokens that are alive. Returns the tokens of the user who is signed in. */
export async function fillStorage(
  emulator: Emulator,
  { place, users, items }: RecordedStorage,
): Promise<SignInResult> {
  let last: SignInResult | null = null;
  const values = new Map<string, string>();
  for (const [index, user] of users.entries()) {
    last = await emulator.signIn(user);
    const fields = {
      accessToken: last.AccessToken,
      idToken: last.IdToken,
      refreshToken: last.RefreshToken,
      deviceKey: last.NewDeviceMetadata?.DeviceKey ?? '',
      deviceGroupKey: last.NewDeviceMetadata?.DeviceGroupKey ?? '',
      randomPasswordKey: 'cmFuZG9t',
      // Of a clock that is wrong by far: it is never used.
      clockDrift: '86400000',
    };
    for (const [name, value] of Object.entries(fields)) values.set(`<${name} ${String(index + 1)}>`, value);
  }
  for (const [recorded, value] of Object.entries(items)) {
    const name = recorded.replace(DEFAULT_CLIENT_ID, emulator.clientId);
    putItem(place, name, values.get(value) ?? value);
  }
  if (last === null) throw new Error('No user is signed in.');
  return last;
}

/** The names of all items that are there. */
export function itemNames(place: RecordedStorage['place']): readonly string[] {
  if (place !== 'cookies') return Object.keys(globalThis[place]);
  return document.cookie === '' ? [] : document.cookie.split('; ').map((pair) => pair.replace(/=.*/, ''));
}

export function putItem(place: RecordedStorage['place'], name: string, value: string): void {
  if (place === 'cookies') document.cookie = `${name}=${value}; Path=/`;
  else globalThis[place].setItem(name, value);
}
