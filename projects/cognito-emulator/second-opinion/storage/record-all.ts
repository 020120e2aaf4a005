import { startEmulator, type Emulator } from 'cognito-emulator';
import { amplify5Recorder } from './amplify-5-recorder';
import { amplify6Recorder } from './amplify-6-recorder';
import { identityJsRecorder } from './identity-js-recorder';
import { makePage, type Page } from './page';
import { ODD_USER, PASSWORD, type Place, type Recorder, type Recording } from './recording';

const RECORDERS: readonly Recorder[] = [
  amplify5Recorder,
  amplify6Recorder,
  identityJsRecorder('amazon-cognito-identity-js 5', 'amazon-cognito-identity-js-5'),
  identityJsRecorder('amazon-cognito-identity-js 6', 'amazon-cognito-identity-js'),
];

const PLACES: readonly Place[] = ['localStorage', 'sessionStorage', 'cookies'];

/** Signs in with each library, in each place, and returns what is stored then. */
export async function recordAll(): Promise<readonly Recording[]> {
  const page = makePage();
  const emulator = await startEmulator({
    pools: [
      {
        deviceRemembering: true,
        deviceConfirmation: true,
        users: ['alice', ODD_USER].map((username, index) => ({
          username,
          password: PASSWORD,
          sub: `0a1b2c3d-0000-4000-8000-00000000000${String(index + 1)}`,
        })),
      },
    ],
  });
  try {
    const recordings: Recording[] = [];
    for (const recorder of RECORDERS)
      for (const place of PLACES)
        for (const users of usersFor(recorder))
          recordings.push(await record(page, emulator, recorder, place, users));
    return recordings;
  } finally {
    await emulator.close();
  }
}

/** Amplify 6 refuses a sign-in while a user is signed in. */
function usersFor({ library }: Recorder): readonly (readonly string[])[] {
  return library === 'aws-amplify 6' ? [['alice'], [ODD_USER]] : [['alice'], ['alice', ODD_USER]];
}

async function record(
  page: Page,
  emulator: Emulator,
  { library, start }: Recorder,
  place: Place,
  users: readonly string[],
): Promise<Recording> {
  page.clear();
  const signIn = start(emulator, place);
  for (const user of users) await signIn(user);
  const written = Object.entries(page.items(place));
  const items = written.map(([name, value]): [string, string] => [name, stable(name, value, users)]);
  page.clear();
  return { library, place, users, items: Object.fromEntries(items.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

const VOLATILE =
  /\.(accessToken|idToken|refreshToken|deviceKey|deviceGroupKey|randomPasswordKey|clockDrift)$/;

/** What is the same at each sign-in. */
function stable(name: string, value: string, users: readonly string[]): string {
  const field = VOLATILE.exec(name)?.[1];
  if (field === undefined) return value;
  const owner = users.findIndex((user) => [name, plain(name)].some((text) => text.includes(`.${user}.`)));
  return `<${field} ${String(owner + 1)}>`;
}

function plain(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
