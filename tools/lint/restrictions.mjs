// @ts-check

/** A name is exported only if it is written down: an accidental export cannot be removed later. */
export const noExportAll = {
  selector: 'ExportAllDeclaration',
  message: 'Export names one by one.',
};

/** A focused test silently takes the others out of the totals. */
export const noFocusedTests = [
  {
    selector:
      'CallExpression[callee.object.name=/^(describe|it|test)$/][callee.property.name="only"], CallExpression[callee.object.object.name="test"][callee.property.name="only"]',
    message: 'A focused test hides the others.',
  },
  {
    selector: 'CallExpression[callee.name=/^(fdescribe|fit)$/]',
    message: 'A focused test hides the others.',
  },
];

const realSchedulers = {
  importNames: ['asyncScheduler', 'async', 'asapScheduler', 'asap', 'queueScheduler', 'queue'].concat([
    'animationFrameScheduler',
    'animationFrame',
  ]),
  message: 'Inject the scheduler: the real ones live in the platform room.',
};

export const noRealSchedulers = {
  paths: [{ name: 'rxjs', ...realSchedulers }],
  patterns: [
    {
      regex: '^rxjs/(operators|internal)',
      message: 'Import from rxjs itself: one instance, one set of names.',
    },
  ],
};

/** @type {import('eslint').Linter.RuleEntry} */
export const noAmbientGlobals = [
  'error',
  {
    globals: [
      'window',
      'self',
      'document',
      'location',
      'navigator',
      'localStorage',
      'sessionStorage',
      'indexedDB',
      'fetch',
      'crypto',
      'BroadcastChannel',
      'console',
    ].map((name) => ({ name, message: 'This room is pure: take what it needs as an argument.' })),
    checkGlobalObject: true,
  },
];

/** @type {import('eslint').Linter.RuleEntry} */
export const noNodeGlobals = [
  'error',
  {
    globals: ['Buffer', 'process', 'global', 'require', '__dirname', 'setImmediate'].map((name) => ({
      name,
      message: 'This runs in a page as well: take what Node and the web share.',
    })),
    checkGlobalObject: true,
  },
];
