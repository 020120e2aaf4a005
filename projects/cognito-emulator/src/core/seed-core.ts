import { OpenChallenges } from '../challenges/open-challenges';
import { ShiftedClock } from '../clock/clock';
import type { EmulatorConfig } from '../config/emulator-config';
import { Barriers } from '../faults/barriers';
import { PlannedFaults } from '../faults/fault-queue';
import { pauseUntil } from '../http/pause';
import type { Desk } from '../http/serve-exchange';
import { seedIdentityPools } from '../identity/identity-pool';
import { CredentialStore } from '../identity/issued-credentials';
import { RecordedCalls } from '../log/call-log';
import { newManagedLogin } from '../oauth/managed-login';
import type { Client } from '../pool/client';
import type { Pool } from '../pool/pool';
import { seedPool } from '../pool/seed-pool';
import type { World } from '../pool/world';
import { KeyRing } from '../tokens/key-ring';

/** An emulator before it can be reached. */
export interface Core {
  readonly world: World;
  readonly desk: Desk;
  /** Those that were seeded first. */
  readonly pool: Pool;
  readonly client: Client;
  /** Aborted when the emulator closes. */
  readonly closing: AbortController;
}

/** Everything in `config` has a default: one pool, one client, the user `alice`. */
export function seedCore(config: EmulatorConfig): Core {
  const clock = config.clock ?? new ShiftedClock();
  const pools = (config.pools ?? [{}]).map((pool) => seedPool(pool, config.freshKeys ?? false));
  const [pool] = pools;
  if (pool === undefined) throw new Error('An emulator needs a user pool');
  const [client] = pool.clients.values();
  if (client === undefined) throw new Error(`${pool.id} needs an app client`);
  const closing = new AbortController();
  const pause = pauseUntil(closing.signal);
  return {
    pool,
    client,
    closing,
    world: {
      clock,
      pools,
      managedLogin: newManagedLogin(),
      challenges: new OpenChallenges(),
      identityPools: seedIdentityPools(config.identityPools, pools),
      credentials: new CredentialStore(),
      identityKeys: new KeyRing(config.freshKeys ?? false),
    },
    desk: { clock, log: new RecordedCalls(), faults: new PlannedFaults(), barriers: new Barriers(), pause },
  };
}
