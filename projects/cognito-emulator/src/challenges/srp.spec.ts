import {
  PASSWORD,
  POOL_NAME,
  RECORDED_EXCHANGES,
  SECRET_BLOCK,
  TIMESTAMP,
} from '../../testing-support/recorded-srp';
import { base64, fromBase64, hex } from '../crypto/bytes';
import { claimSignature, isLegalPublicValue, serverPublicOf, sharedKeyOf, verifierOf } from './srp';
import { modPow, PRIME, signedBytes } from './srp-group';

const number = (digits: string) => BigInt(`0x${digits}`);

describe('the server’s side of SRP', () => {
  it.each(RECORDED_EXCHANGES)('comes to what a public client came to, for $userId', async (recorded) => {
    const user = { poolName: POOL_NAME, userId: recorded.userId };
    const verifier = await verifierOf(user, PASSWORD, number(recorded.salt));
    const serverPrivate = number(recorded.serverPrivate);
    const serverPublic = await serverPublicOf(verifier, serverPrivate);
    const clientPublic = number(recorded.clientPublic);

    const key = await sharedKeyOf({ verifier, clientPublic, serverPrivate, serverPublic });
    const signature = await claimSignature(key, user, fromBase64(SECRET_BLOCK), TIMESTAMP);

    expect(serverPublic.toString(16)).toBe(recorded.serverPublic);
    expect(hex(key)).toBe(recorded.key);
    expect(base64(signature)).toBe(recorded.signature);
  });

  it('comes to another key for another password', async () => {
    const [recorded] = RECORDED_EXCHANGES;
    if (recorded === undefined) throw new Error('There is no exchange');
    const user = { poolName: POOL_NAME, userId: recorded.userId };
    const verifier = await verifierOf(user, 'wrong', number(recorded.salt));
    const [serverPrivate, serverPublic] = [number(recorded.serverPrivate), number(recorded.serverPublic)];
    const clientPublic = number(recorded.clientPublic);

    const key = await sharedKeyOf({ verifier, clientPublic, serverPrivate, serverPublic });

    expect(hex(key)).not.toBe(recorded.key);
  });

  it('refuses public values that give the key away', () => {
    expect([0n, PRIME, PRIME * 2n, 2n].map(isLegalPublicValue)).toEqual([false, false, false, true]);
  });
});

describe('numbers', () => {
  it('are raised to powers', () => {
    expect(modPow(4n, 13n, 497n)).toBe(445n);
    expect(modPow(5n, 0n, 7n)).toBe(1n);
    // Fermat: it is a prime.
    expect(modPow(2n, PRIME - 1n, PRIME)).toBe(1n);
  });

  it.each([
    [0x7fn, '7f'],
    [0x80n, '0080'],
    [0x1ffn, '01ff'],
    [0x8001n, '008001'],
  ])('are written with a sign: %d', (value, bytes) => {
    expect(hex(signedBytes(value))).toBe(bytes);
  });
});
