import type { EmulatorServerConfig } from 'cognito-emulator';
import { checkMembers, type Shape } from '../config/check-members';
import { CLIENT, IDENTITY_POOL_SETTINGS, POOL_SETTINGS, USER } from '../config/shapes';

const FILE: Shape = { port: 0, host: 'text', keepAlive: true, freshKeys: true, pools: [], identityPools: [] };
const POOL: Shape = { ...POOL_SETTINGS, id: 'text', clients: [], users: [] };
const IDENTITY_POOL: Shape = { ...IDENTITY_POOL_SETTINGS, id: 'text', userPoolIds: ['text'] };

/** Throws unless a value from JSON is a configuration, and says where it is not. */
export function checkConfig(value: unknown): EmulatorServerConfig {
  const config = objectAt(value, 'the file');
  checkMembers(config, FILE);
  for (const [pool, at] of elementsAt(config, 'pools')) {
    checkMembers(pool, POOL, at);
    checkAll(elementsAt(pool, 'clients', at), CLIENT, ['clientId']);
    checkAll(elementsAt(pool, 'users', at, true), USER, ['username', 'password']);
  }
  checkAll(elementsAt(config, 'identityPools', '', true), IDENTITY_POOL, ['id']);
  return config;
}

type Members = Readonly<Record<string, unknown>>;
type Placed = readonly [members: Members, place: string];

function objectAt(value: unknown, place: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${place} must be an object`);
  return value as Members;
}

/** The elements of a list, which is left out or, unless it may be, not empty. */
function elementsAt(owner: Members, name: string, place = '', mayBeEmpty = false): readonly Placed[] {
  const list = owner[name];
  const path = place === '' ? name : `${place}.${name}`;
  if (!Array.isArray(list)) return [];
  if (list.length === 0 && !mayBeEmpty) throw new Error(`${path} is empty`);
  return list.map((each, at) => [objectAt(each, `${path}[${at}]`), `${path}[${at}]`]);
}

function checkAll(elements: readonly Placed[], shape: Shape, required: readonly string[]): void {
  for (const [members, place] of elements) {
    checkMembers(members, shape, place);
    for (const name of required)
      if (!Object.hasOwn(members, name)) throw new Error(`${place}.${name} is missing`);
  }
}
