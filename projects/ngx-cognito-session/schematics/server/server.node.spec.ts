import type { UnitTestTree } from '@angular-devkit/schematics/testing';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileErrorsOf } from '../../testing-support/typescript-blocks';
import { contentsOf, newApp, run } from '../testing-support/virtual-app';

const SERVER = 'src/server.ts';
const SESSIONS = 'src/server-sessions.ts';
const OPTIONS = {
  signIn: 'server-session',
  userPoolId: 'eu-west-1_AbC',
  clientId: 'web',
  domain: 'login.example.com',
};

const flat = (text: string): string => text.replace(/\s+/g, ' ');
const dependenciesOf = (tree: UnitTestTree) =>
  (JSON.parse(tree.readText('package.json')) as { dependencies: Record<string, string> }).dependencies;
const manifestOf = (project: string) =>
  JSON.parse(readFileSync(resolve('projects', project, 'package.json'), 'utf8')) as {
    version: string;
    peerDependencies: Record<string, string>;
  };

describe('ng add with sessions on the server that renders the app', () => {
  it.each([
    ['standalone', {}],
    ['of NgModules', { standalone: false }],
  ])(
    'mounts their routes before the pages, and passes on the session of each request: %s',
    async (_, app) => {
      const { tree, output } = await run('ng-add', OPTIONS, await newApp({ ...app, ssr: true }));

      const server = tree.readText(SERVER);
      expect(server).toContain(
        "import { sessionMiddleware, sessionRouter } from 'cognito-server-session/express';",
      );
      expect(server).toContain("import { requestContext, sessions } from './server-sessions';");
      expect(flat(server)).toContain(
        'app.use(sessionRouter(sessions)); app.use(sessionMiddleware(sessions)); /** * Handle all other requests',
      );
      expect(server).toContain('.handle(req, requestContext(req))');
      expect(server.indexOf('express.static')).toBeLessThan(server.indexOf('app.use(sessionRouter'));
      expect(output).toContain(`${SERVER}: the routes of the sessions at /auth`);
      expect(output).toContain('allowed callback URL http://localhost:4200/auth/callback');
      expect(output).not.toContain('placeholder');
    },
  );

  it('writes what the server knows of the user pool and the APIs', async () => {
    const apiUrl = ['/api', 'https://api.example.com/v1', 'https://api.example.com/v2'];

    const { tree } = await run('ng-add', { ...OPTIONS, apiUrl }, await newApp({ ssr: true }));

    expect(flat(tree.readText(SESSIONS))).toContain(
      "userPoolId: 'eu-west-1_AbC', clientId: 'web', domain: 'login.example.com', apiOrigins: ['https://api.example.com'], appOrigin,",
    );
  });

  it('writes the grace period of rotation', async () => {
    const { tree } = await run(
      'ng-add',
      { ...OPTIONS, rotationGraceSeconds: 60 },
      await newApp({ ssr: true }),
    );

    expect(tree.readText(SESSIONS)).toContain('\n  rotationGraceSeconds: 60,\n');
  });

  it('sets the server up for a local Cognito', async () => {
    const options = { signIn: 'server-session', endpoint: 'http://127.0.0.1:9229' };

    const { tree, output } = await run('ng-add', options, await newApp({ ssr: true }));

    expect(flat(tree.readText(SESSIONS))).toContain(
      "domain: 'http://127.0.0.1:9229', endpoint: 'http://127.0.0.1:9229',",
    );
    expect(output).toContain('npx cognito-emulator');
  });

  it('names the placeholders', async () => {
    const { output } = await run('ng-add', { signIn: 'server-session' }, await newApp({ ssr: true }));

    expect(output).toContain(
      "Replace the placeholders in src/server-sessions.ts: userPoolId 'eu-west-1_YourUserPoolId'",
    );
  });

  it('adds the packages in the versions that belong together', async () => {
    const { tree, tasks } = await run('ng-add', OPTIONS, await newApp({ ssr: true }));

    expect(dependenciesOf(tree)).toMatchObject({
      'cognito-server-session': `^${manifestOf('cognito-server-session').version}`,
      '@aws-sdk/client-dynamodb':
        manifestOf('cognito-server-session').peerDependencies['@aws-sdk/client-dynamodb'],
    });
    expect(tasks).toEqual(['node-package']);
  });

  it.each([
    ['renders in a place of its own', (text: string) => text.replace('.handle(req)', '.handle(req, own)')],
    ['renders twice', (text: string) => text.replace('.handle(req)', '.handle(req); angularApp.handle(req)')],
    ['has no Express app', (text: string) => text.replace('app.use((req', 'route((req')],
  ])('leaves a server alone that %s, and says what to paste', async (_, change) => {
    const app = await newApp({ ssr: true });
    const own = change(app.readText(SERVER));
    expect(own).not.toBe(app.readText(SERVER));
    app.overwrite(SERVER, own);

    const { tree, output } = await run('ng-add', OPTIONS, app);

    expect(tree.readText(SERVER)).toBe(own);
    expect(tree.exists(SESSIONS)).toBe(true);
    expect(output).toContain('The sessions could not be mounted in src/server.ts.');
    expect(output).toContain('app.use(sessionMiddleware(sessions));');
  });

  it('mounts nothing from a file that the app has by that name', async () => {
    const app = await newApp({ ssr: true });
    const server = app.readText(SERVER);
    app.create(SESSIONS, 'export const store = 1;\n');

    const { tree, output } = await run('ng-add', OPTIONS, app);

    expect(tree.readText(SERVER)).toBe(server);
    expect(tree.readText(SESSIONS)).toBe('export const store = 1;\n');
    expect(output).toContain('src/server-sessions.ts is there already');
    expect(output).toMatch(/had no effect.*: --user-pool-id, --client-id, --domain$/m);
  });

  it('follows the names of the server', async () => {
    const app = await newApp({ ssr: true });
    app.overwrite(
      SERVER,
      app
        .readText(SERVER)
        .replaceAll('angularApp', 'pages')
        .replaceAll(/\bapp\b(?=[.) ])/g, 'web')
        .replace('const browser', 'const sessions = 1;\nconst browser'),
    );

    const { tree } = await run('ng-add', OPTIONS, app);

    const server = tree.readText(SERVER);
    expect(server).toContain('web.use(sessionRouter(sessions_alias));');
    expect(server).toContain(
      "import { requestContext, sessions as sessions_alias } from './server-sessions';",
    );
  });

  it('prints the sessions with all values for a server elsewhere', async () => {
    const given = {
      ...OPTIONS,
      endpoint: 'http://127.0.0.1:9229',
      rotationGraceSeconds: 60,
      apiUrl: ['/api', 'https://api.example.com/v1'],
    };

    const { output } = await run('ng-add', given, await newApp());

    const pasted = /^ {4}import [\s\S]*?^ {4}\}\);/m.exec(output)?.[0] ?? '';
    expect(flat(pasted)).toContain(
      "userPoolId: 'eu-west-1_AbC', clientId: 'web', domain: 'login.example.com', endpoint: 'http://127.0.0.1:9229', rotationGraceSeconds: 60, apiOrigins: ['https://api.example.com'],",
    );
    expect(compileErrorsOf(new Map([['sessions', pasted]]))).toEqual([]);
    expect(output).not.toContain('placeholder');
  });

  it('names the placeholders in the lines for a server elsewhere', async () => {
    const { output } = await run('ng-add', { signIn: 'server-session' }, await newApp());

    expect(output).toContain(
      "Replace the placeholders in the lines for the server: userPoolId 'eu-west-1_YourUserPoolId'",
    );
  });

  it('leaves everything on the server to an app that has none', async () => {
    const before = await newApp();
    const packages = dependenciesOf(before);

    const { tree, output } = await run('ng-add', OPTIONS, before);

    expect(dependenciesOf(tree)).toEqual(packages);
    expect(Object.keys(contentsOf(tree))).not.toContain(`/${SESSIONS}`);
    expect(output).toContain('install cognito-server-session and mount its routes at /auth');
  });
});
