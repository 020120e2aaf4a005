/** The browser of all tests, whichever driver starts it. */
export const CHROMIUM_PATH = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Each costs more than most pages of the tests: a user interface in every window, and a process in reserve for every page. */
const UNNEEDED_FEATURES = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess'];

/** What Playwright switches off. Of several such switches the last one counts; Puppeteer merges them. */
const FEATURES_OFF_IN_PLAYWRIGHT = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--no-sandbox',
  // Nothing but what a test asks for: no updates, no field trials, no look-ups of the browser's own.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  `--disable-features=${[...FEATURES_OFF_IN_PLAYWRIGHT, ...UNNEEDED_FEATURES].join(',')}`,
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  // A host that is not loopback, and therefore not secure (`tabs/support/tabs-world.ts`).
  '--host-resolver-rules=MAP plain.test 127.0.0.1',
];
