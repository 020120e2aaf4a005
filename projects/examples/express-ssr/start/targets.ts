import { LIBRARY, ngBuild, SHARED, type BuildTarget } from '../../../demo/start/stale-builds';

/** What the example is made of, in the order in which it has to be built. */
export const TARGETS: readonly BuildTarget[] = [
  LIBRARY,
  {
    project: 'cognito-server-session',
    command: ['tsx/dist/cli.mjs', 'tools/server-package/build.ts'],
    sources: ['projects/cognito-server-session', ...SHARED],
    output: 'dist/cognito-server-session/LICENSE',
  },
  {
    project: 'express-ssr',
    command: ngBuild('express-ssr'),
    sources: [
      'projects/examples/express-ssr/src',
      'projects/examples/express-ssr/tsconfig.app.json',
      ...SHARED,
    ],
    output: 'dist/express-ssr/server/server.mjs',
  },
];
