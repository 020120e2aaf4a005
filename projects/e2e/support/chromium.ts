/** The browser of all tests, whichever driver starts it. */
export const CHROMIUM_PATH = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--no-sandbox',
  // Nothing but what a test asks for: no updates, no field trials, no look-ups of the browser's own.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  // A host that is not loopback, and therefore not secure (`tabs/support/tabs-world.ts`).
  '--host-resolver-rules=MAP plain.test 127.0.0.1',
];
