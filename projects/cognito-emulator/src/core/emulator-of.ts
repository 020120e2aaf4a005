import { totpCode } from '../challenges/totp';
import { settingsOf } from '../config/change';
import type { Emulator } from '../emulator';
import { networkError } from '../http/delivery';
import type { Core } from './seed-core';
import { requireIdentity, requireIdentityPool } from '../identity/find-identity';
import { describeIdentity } from '../identity/identity';
import { signInUser } from '../operations/password-sign-in';
import { accessTokenStatus, liveRefreshTokens } from '../pool/oracles';
import { requireClient, requirePool } from '../pool/world';
import { changeUser, deleteUser, requireUser } from '../users/change-user';

/** Where an emulator is found, and what else ends with it. */
export interface Place {
  readonly url: string;
  readonly fetch: Emulator['fetch'];
  close(): Promise<void>;
}

/** The object in the hands of tests and of the control path. */
export function emulatorOf({ world, desk, pool, client, closing }: Core, place: Place): Emulator {
  const { clock, log, faults, barriers } = desk;
  return {
    url: place.url,
    fetch: place.fetch,
    region: pool.region,
    userPoolId: pool.id,
    clientId: client.clientId,
    identityPoolId: [...world.identityPools.keys()][0] ?? '',
    get issuer() {
      return pool.issuer();
    },
    jwksUrl: `${place.url}/${pool.id}/.well-known/jwks.json`,
    clock,
    log,
    faults,
    configure: (change) => {
      const { client: changed } = requireClient(world, change.clientId ?? client.clientId);
      changed.settings = { ...changed.settings, ...settingsOf(change) };
    },
    configurePool: ({ userPoolId, ...settings }) => {
      const changed = requirePool(world, userPoolId);
      changed.settings = { ...changed.settings, ...settings };
    },
    configureIdentityPool: ({ identityPoolId, ...settings }) => {
      const changed = requireIdentityPool(world, identityPoolId);
      changed.settings = { ...changed.settings, ...settings };
    },
    setPreTokenGeneration: (trigger) => {
      pool.preTokenGeneration = trigger;
    },
    rotateKeys: ({ keepOld = true } = {}) => {
      for (const each of world.pools) each.keys.rotate({ keepOld });
    },
    changeUser: (username, change) => {
      changeUser(requireUser(world, username), change);
    },
    deleteUser: (username) => {
      deleteUser(requireUser(world, username));
    },
    deleteIdentity: (identityId) => {
      const { identityPool, identity } = requireIdentity(world, identityId);
      identityPool.delete(identity);
    },
    unlinkIdentity: (identityId, provider) => {
      const { identityPool, identity } = requireIdentity(world, identityId);
      identityPool.unlink(identity, provider === undefined ? undefined : [provider]);
    },
    signIn: async (username, options = {}) => {
      const found = requireClient(world, options.clientId ?? client.clientId);
      const user = found.pool.findUser(username);
      if (user === undefined) throw new Error(`No user ${username} in ${found.pool.id}`);
      return signInUser(world, { ...found, deviceKey: options.deviceKey }, user);
    },
    totpCode: async (username) => {
      const { softwareToken, pendingSoftwareToken } = requireUser(world, username).user;
      const token = pendingSoftwareToken ?? softwareToken;
      if (token === null) throw new Error(`${username} has no authenticator app`);
      return totpCode(token.secret, clock.now());
    },
    sentCode: (username) => {
      const sentCode = [...requireUser(world, username).user.sentCodes.values()].at(-1);
      if (sentCode === undefined) throw new Error(`No code was sent to ${username}`);
      return sentCode.value;
    },
    hold: (operation, point = 'beforeProcessing') => barriers.hold(operation, point),
    liveRefreshTokens: (query = {}) => liveRefreshTokens(world, query),
    issuedTokens: () => world.pools.flatMap(({ tokens }) => tokens.allTokens()),
    accessTokenStatus: (token, at = clock.now()) => accessTokenStatus(world, token, at),
    identities: () =>
      [...world.identityPools.values()].flatMap((identityPool) => identityPool.all().map(describeIdentity)),
    findCredentials: (accessKeyId) => world.credentials.find(accessKeyId),
    issuedCredentials: (identityId) =>
      world.credentials.all().filter((each) => identityId === undefined || each.identityId === identityId),
    close: async () => {
      closing.abort(networkError());
      barriers.openAll();
      await place.close();
    },
  };
}
