/**
 * The same server under another name, which makes it another origin: `127.0.0.1` and `localhost`. `null` for an API that is not on
 * this machine. Pure.
 */
export function wrongOriginOf(apiUrl: string): string | null {
  const url = new URL(apiUrl);
  if (url.hostname !== '127.0.0.1') return null;
  url.hostname = 'localhost';
  return url.origin;
}
