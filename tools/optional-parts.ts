/** For each optional part of the library, a text that no minifier changes and that only this part contains. */
const marks = {
  refresh: 'GetTokensFromRefreshToken',
  record: 'The stored session is corrupt.',
  locks: 'whenFree',
  cookies: '; Max-Age=',
  HTTP: 'A rule of withTokenInjection',
  guards: 'redirects to a guarded page',
  'session end': 'disowned',
  'sealed records': 'AES-GCM',
  verification: 'The tokens could not be verified in time.',
  'console logger': '[ngx-cognito-session] ',
  devtools: 'cognito-session-devtools:',
  panel: 'adoptedStyleSheets',
};

export type OptionalPart = keyof typeof marks;

/** What each app contains that keeps its tokens in the browser. */
export const tokenParts: readonly OptionalPart[] = ['refresh', 'record', 'locks'];

export const allParts = Object.keys(marks) as readonly OptionalPart[];

/** The optional parts that minified code contains. */
export function partsIn(code: string): readonly OptionalPart[] {
  return allParts.filter((part) => code.includes(marks[part]));
}

/** What is wrong if code contains other parts than an app uses; null if it contains exactly those. */
export function complainOfParts(
  found: readonly OptionalPart[],
  used: readonly OptionalPart[],
): string | null {
  const unused = found.filter((part) => !used.includes(part));
  if (unused.length > 0) return `unused: ${unused.join(', ')}`;
  const missing = used.filter((part) => !found.includes(part));
  return missing.length === 0 ? null : `not recognised: ${missing.join(', ')}`;
}
