import { finalize, tap } from 'rxjs';
import type { TokenInput } from '../../src/public-api';
import type { HandedOver } from './commands';
import { toInput, type InputShape, type KnownTokens } from './input-shapes';
import type { Stage } from './stage';

/** A user of this name never gets a refresh token: the session ends with its tokens. */
const WITHOUT_REFRESH_TOKEN = 'guest';

/** A user signs in by the app's own means, and the app hands over the tokens. */
export function signIn(stage: Stage, user: string, shape: InputShape): void {
  const set = stage.world.signIn(user, user !== WITHOUT_REFRESH_TOKEN);
  const refreshToken = set.refresh?.value;
  stage.cognito.markDelivered(set, stage.page.number);
  const tokens = { set, refreshToken };
  stage.known.push(tokens);
  setTokens(stage, tokens, shape, true);
}

/** The app hands over tokens that it has, for any reason. */
export function handOver(stage: Stage, what: HandedOver, shape: InputShape): void {
  const { judge, known, world, cognito, page } = stage;
  if (what === 'nonsense') {
    // Nothing is introduced: what is shown must stay.
    page.run('setTokens', page.session.setTokens({ AccessToken: 'nonsense' }));
    return;
  }
  const { current } = judge.model;
  const ofCurrent = known.filter(({ set }) => set.login === current);
  const latest = ofCurrent.at(-1);
  if (what === 'older') {
    const older = known.at(-2);
    if (older !== undefined) setTokens(stage, older, shape, false);
    return;
  }
  if (latest === undefined) return;
  if (what === 'held') {
    setTokens(stage, latest, shape, false);
    return;
  }
  if (latest.refreshToken === undefined) return;
  const answer = world.refresh(latest.refreshToken);
  if (answer.type === 'refused') return;
  if (world.settings.rotation) judge.excuses.add(answer.set.login, 'renewedByTheApp');
  cognito.markDelivered(answer.set, page.number);
  const newer = { set: answer.set, refreshToken: answer.set.refresh?.value ?? latest.refreshToken };
  known.push(newer);
  setTokens(stage, newer, shape, true);
}

export function signOut(stage: Stage, options: { revoke?: boolean; global?: boolean }): void {
  const { judge, page } = stage;
  const { current } = judge.model;
  judge.model.signOut();
  // Where nothing can be read the library does not know that there is something to remove.
  if (stage.storage.fails) judge.storageFailed();
  if (options.revoke === false && options.global !== true) judge.leaveAlive(current);
  page.run('signOut', page.session.signOut(options));
  if (page.status !== 'signedOut') judge.object(`after signOut() the state is ${page.status}`);
}

function setTokens(stage: Stage, tokens: KnownTokens, shape: InputShape, isFresh: boolean): void {
  const { judge, page, clock } = stage;
  const { login } = tokens.set;
  const input: TokenInput = toInput(tokens, shape, isFresh, clock.driftSeconds);
  excuseBadTokens(stage, tokens);
  const isStillUnsaved = judge.model.unsaved.has(login) && stage.storage.fails;
  judge.model.introduce(login);
  if (isStillUnsaved) judge.model.unsaved.add(login);
  // The sign-in refreshes bare or expired tokens, beside the refreshes of the current session.
  const { refreshToken } = tokens;
  const isRenewedFirst = refreshToken !== undefined && (shape === 'bareRefreshToken' || !isFresh);
  if (isRenewedFirst) judge.handOver(refreshToken);
  const failuresBefore = judge.count('storage failures');
  const command = page.session.setTokens(input).pipe(
    tap({
      error: () => {
        // The library has not taken them: they are the app's to revoke.
        if (isFresh && refreshToken !== undefined) judge.excuses.leaveAlive(refreshToken);
      },
    }),
    finalize(() => {
      if (stage.storage.fails || judge.count('storage failures') > failuresBefore)
        judge.model.unsaved.add(login);
      if (isRenewedFirst) judge.endHandOver(refreshToken);
    }),
  );
  page.run('setTokens', command, login);
}

function excuseBadTokens({ judge, world, cognito }: Stage, { set, refreshToken }: KnownTokens): void {
  if (refreshToken === undefined) return;
  const row = world.refreshTokenRow(refreshToken);
  const isBeingRevoked = cognito.revocations.length > 0;
  // A session that was replaced is being revoked; the app brings it back at its own risk.
  const wasReplaced = judge.model.held.has(set.login) && judge.model.current !== set.login;
  const isBeingRenewed = cognito.refreshes.some((call) => call.refreshToken === refreshToken);
  if (
    wasReplaced ||
    isBeingRenewed ||
    row === undefined ||
    !world.isLive(row) ||
    row.spentAtMs !== null ||
    isBeingRevoked
  )
    judge.excuses.add(set.login, 'endedBefore');
}
