import { resolve } from 'node:path';
import { publishedServerFolder } from '../published-package';
import { root } from '../workspace';
import { buildPackage } from './build-package';

buildPackage({
  name: 'cognito-server-session',
  target: publishedServerFolder,
  declarations: resolve(root, 'out-tsc/server-session-types'),
  entries: {
    index: 'src/index.ts',
    dynamodb: 'dynamodb/index.ts',
    express: 'express/index.ts',
    lambda: 'lambda/index.ts',
  },
  documents: new Map([
    ['projects/cognito-server-session/README.md', 'README.md'],
    ['projects/docs/guides/server-sessions.md', 'docs/guides/server-sessions.md'],
    ['projects/docs/guides/server-sessions-operation.md', 'docs/guides/server-sessions-operation.md'],
    [
      'projects/docs/reference/server-session-requirements.md',
      'docs/reference/server-session-requirements.md',
    ],
    ['projects/docs/migrate/to-server-sessions.md', 'docs/migrate/to-server-sessions.md'],
    ['LICENSE', 'LICENSE'],
  ]),
  options: { define: { ngDevMode: 'true' } },
}).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
