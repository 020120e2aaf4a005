/** A slice of a token that is as long as this is found wherever it begins: it contains a whole piece of the index. */
export const SHORTEST_SLICE = 31;

const PIECE = 16;
/** What a slice of a token looks like, also in base64 and in hex. */
const RUN = /[\w+/.=-]{16,}/g;
const HEX = /^(?:[\da-f]{2}){12,}$/i;
/** A JWT, or the first two parts of one, whether it was issued or not. */
const JWT = /eyJ[\w-]{8,}\.eyJ[\w-]{8,}/;

/** Finds tokens in texts: whole, sliced, URL-encoded, in base64 and in hex. */
export class TokenIndex {
  readonly #pieces = new Set<string>();

  /** The first part of a token is a header, which all tokens of a key share. What follows identifies the token. */
  add(token: string): void {
    const [first = '', ...rest] = inOneAlphabet(token).split('.');
    for (const part of rest.length === 0 ? [first] : rest)
      for (let at = 0; at + PIECE <= part.length; at += PIECE) this.#pieces.add(part.slice(at, at + PIECE));
  }

  /** The runs of a text that are, or contain, a part of a token. Empty if there are none. */
  leaksIn(runs: readonly string[]): readonly string[] {
    return runs.filter((run) => JWT.test(run) || readings(run).some((reading) => this.#isIn(reading)));
  }

  #isIn(text: string): boolean {
    for (let at = 0; at + PIECE <= text.length; at++)
      if (this.#pieces.has(text.slice(at, at + PIECE))) return true;
    return false;
  }
}

/** The parts of a text that may be tokens, decoded from URL encoding. Everything else of the text need not be kept. Pure. */
export function runsIn(text: string): readonly string[] {
  const decoded = text.includes('%') ? text.replace(/%(?:25)*([\da-f]{2})/gi, decodeByte) : text;
  return [...new Set(decoded.match(RUN) ?? [])];
}

function decodeByte(_: string, hex: string): string {
  return String.fromCharCode(parseInt(hex, 16));
}

/** A run as it is, and as base64 and hex of something else. */
function readings(run: string): readonly string[] {
  const plain = inOneAlphabet(run);
  // Base64 of a text has four alignments.
  const fromBase64 = [0, 1, 2, 3].map((at) => Buffer.from(plain.slice(at), 'base64url').toString('latin1'));
  if (!HEX.test(run)) return [plain, ...fromBase64];
  const bytes = Buffer.from(run, 'hex');
  return [plain, ...fromBase64, bytes.toString('latin1'), bytes.toString('base64url')];
}

/** Base64 has two. */
function inOneAlphabet(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_');
}
