import type { JSONWebKeySet } from 'jose';
import { newSigningKey, sharedSigningKey, type SigningKey } from './signing-key';

export type TokenUse = 'id' | 'access';

/** The keys of a pool: one signs ID tokens, another one access tokens, and those of before stay published. */
export class KeyRing {
  private used = 0;
  private current: Record<TokenUse, Promise<SigningKey>>;
  private retired: Promise<SigningKey>[] = [];

  constructor(private readonly freshKeys: boolean) {
    this.current = this.nextPair();
  }

  signingKey(use: TokenUse): Promise<SigningKey> {
    return this.current[use];
  }

  /** New keys for both uses. Without `keepOld` tokens signed before no longer verify, as after an emergency. */
  rotate(options: { keepOld: boolean }): void {
    this.retired = options.keepOld ? [...this.retired, this.current.id, this.current.access] : [];
    this.current = this.nextPair();
  }

  async jwks(): Promise<JSONWebKeySet> {
    const keys = await Promise.all([this.current.id, this.current.access, ...this.retired]);
    return { keys: keys.map((key) => key.publicJwk) };
  }

  private nextPair(): Record<TokenUse, Promise<SigningKey>> {
    return { id: this.nextKey(), access: this.nextKey() };
  }

  private nextKey(): Promise<SigningKey> {
    return this.freshKeys ? newSigningKey() : sharedSigningKey(this.used++);
  }
}
