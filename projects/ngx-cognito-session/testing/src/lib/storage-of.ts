import { inject } from '@angular/core';
import { MemoryStorage } from 'ngx-cognito-session';
import { issueTokens } from './create-test-tokens';
import { ManualTime } from './manual-time';
import type { TestClaims } from './test-claims';

/** Which session lies in it. */
export interface Place {
  readonly region: string;
  readonly clientId: string;
  readonly userPoolId: string;
}

/** A storage in which an earlier page has left the session of a user, as `docs/reference/storage-format.md` says. */
export function storageOf(
  user: TestClaims | undefined,
  { region: _region, ...issuer }: Place,
): MemoryStorage {
  const storage = new MemoryStorage();
  if (user === undefined) return storage;
  const now = Math.floor(inject(ManualTime).now() / 1000);
  const record = {
    v: 1,
    sid: 'test-session',
    gen: 1,
    since: now * 1000,
    tokens: issueTokens({ ...issuer, ...user }, now),
    attempts: [],
  };
  storage.setItem(issuer.clientId, JSON.stringify(record));
  return storage;
}
