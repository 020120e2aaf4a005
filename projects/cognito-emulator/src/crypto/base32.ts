import type { Bytes } from './bytes';

/** Of RFC 4648. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function toBase32(bytes: Bytes): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('');
}

/** Throws for a character that is not of the alphabet; spaces and padding are left out, as authenticator apps do. */
export function fromBase32(text: string): Bytes {
  const bits = Array.from(text.toUpperCase().replace(/[\s=]/g, ''), (character) => {
    const value = ALPHABET.indexOf(character);
    if (value === -1) throw new Error(`Not Base32: ${character}`);
    return value.toString(2).padStart(5, '0');
  });
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
