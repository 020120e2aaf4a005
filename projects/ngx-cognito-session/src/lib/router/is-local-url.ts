const ORIGIN = 'http://same.invalid';

/** Whether a URL is a path of this application, by whatever way a browser or a server might read it. Pure. */
export function isLocalUrl(url: string): boolean {
  // Browsers drop tabs and newlines and read backslashes as slashes: '//evil' hides in many spellings.
  if (!url.startsWith('/') || !/^[\x21-\x5b\x5d-\uffff]+$/.test(url)) return false;
  try {
    return staysHere(url, null);
  } catch {
    return false;
  }
}

/** Somebody on the way may decode the path and read it again, any number of times. */
function staysHere(url: string, readBefore: string | null): boolean {
  const { origin, pathname } = new URL(url, ORIGIN);
  // Of the resolved path: '/.//evil' begins with one slash until somebody reads its path again.
  if (origin !== ORIGIN || pathname.startsWith('//')) return false;
  return pathname === readBefore || staysHere(decodeAscii(pathname), pathname);
}

/** Unlike `decodeURIComponent` it takes what is malformed: one bad escape must not hide the others. */
function decodeAscii(path: string): string {
  return path.replace(/%([0-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
