export type Installer = 'apt' | 'playwright';

export interface BrowserFacts {
  /** CHROMIUM_PATH, when set. */
  readonly requested: string | undefined;
  /** The browsers that answered when asked for their version, best first. */
  readonly working: readonly string[];
  readonly isDebianLike: boolean;
  readonly isRoot: boolean;
  /** Installers that ran already. */
  readonly tried: readonly Installer[];
}

export type BrowserDecision =
  | { readonly kind: 'use'; readonly path: string }
  | { readonly kind: 'install'; readonly by: Installer }
  | { readonly kind: 'giveUp'; readonly message: string };

const advice =
  'Install Chromium or Chrome (on Debian: apt-get install chromium), or set CHROMIUM_PATH to an executable.';

/** The next move on the way to a browser, from what is known now. */
export function decideBrowser({
  requested,
  working,
  isDebianLike,
  isRoot,
  tried,
}: BrowserFacts): BrowserDecision {
  if (requested !== undefined) {
    // The caller chose this browser. Another one would test something else.
    return working.includes(requested)
      ? { kind: 'use', path: requested }
      : { kind: 'giveUp', message: `CHROMIUM_PATH is ${requested}, which does not start. ${advice}` };
  }
  const [path] = working;
  if (path !== undefined) return { kind: 'use', path };
  // The distribution's package brings its libraries along; a downloaded browser may miss them.
  if (isDebianLike && isRoot && !tried.includes('apt')) return { kind: 'install', by: 'apt' };
  if (!tried.includes('playwright')) return { kind: 'install', by: 'playwright' };
  return { kind: 'giveUp', message: `No Chromium found, and none could be installed. ${advice}` };
}
