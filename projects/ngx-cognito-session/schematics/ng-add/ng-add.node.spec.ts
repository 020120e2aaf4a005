import type { UnitTestTree } from '@angular-devkit/schematics/testing';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileErrorsOf } from '../../testing-support/typescript-blocks';
import { contentsOf, newApp, run, withEnvironments, type VirtualApp } from '../testing-support/virtual-app';

const CONFIG = 'src/app/app.config.ts';
const ROUTES = 'src/app/app.routes.ts';
const IDS = {
  userPoolId: 'eu-west-1_AbC',
  clientId: 'web',
  domain: 'example.auth.eu-west-1.amazoncognito.com',
};

/** One space for each run of spaces and newlines. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');
const flatFile = (tree: UnitTestTree, path: string): string => flat(tree.readText(path));
const packagesOf = (tree: UnitTestTree) =>
  (JSON.parse(tree.readText('package.json')) as { dependencies: Record<string, string> }).dependencies;

/** What the compiler objects to in the app, without its tests. */
const errorsIn = (tree: UnitTestTree): readonly string[] =>
  compileErrorsOf(
    new Map(
      tree.files
        .filter((path) => /^\/src\/.*(?<!\.spec)\.ts$/.test(path))
        .map((path) => [path.slice(1).replace(/\.ts$/, ''), tree.readText(path)]),
    ),
  );

const APPS: readonly (readonly [string, VirtualApp])[] = [
  ['standalone zoneless', {}],
  ['zone.js', { zoneless: false }],
  ['NgModule', { standalone: false }],
  ['SSR', { ssr: true }],
  ['NgModule with SSR', { standalone: false, ssr: true }],
  ['without a router', { routing: false }],
  ['NgModule without a router', { standalone: false, routing: false }],
];
const WAYS = ['managed-login', 'form', 'server-session'];

describe('ng add', () => {
  it('says where the new pages appear while the root component shows the page of ng new', async () => {
    const app = await newApp({});
    const hint = 'leave only <router-outlet /> in src/app/app.html';

    expect(flat((await run('ng-add', IDS, app)).output)).toContain(hint);

    const own = await newApp({});
    own.overwrite('src/app/app.html', '<main><router-outlet /></main>');
    expect(flat((await run('ng-add', IDS, own)).output)).not.toContain('<router-outlet />');
  });

  describe.each(APPS)('in an app that is %s', (_, app) => {
    it.each(WAYS)('changes nothing in a second run: %s', async (signIn) => {
      const first = await run('ng-add', { signIn }, await newApp(app));
      const afterFirst = contentsOf(first.tree);

      const second = await run('ng-add', { signIn }, first.tree);

      expect(contentsOf(second.tree)).toEqual(afterFirst);
      expect(second.tasks).toEqual([]);
      expect(second.output).not.toContain('Changed:');
      expect(second.output).toContain('provides a session already');
    });

    it('provides session, interceptor and guarded routes in the root of the app', async () => {
      const { tree, output } = await run('ng-add', IDS, await newApp(app));

      const root = flatFile(tree, app.standalone === false ? 'src/app/app-module.ts' : CONFIG);
      expect(root).toContain(
        "provideSession( { region: 'eu-west-1', userPoolId: 'eu-west-1_AbC', clientId: 'web', }, withLocalStorage(), withTokenInjection({ attachTo: ['/api'] }), " +
          "withManagedLogin({ domain: 'example.auth.eu-west-1.amazoncognito.com' }), withSignInRoute(managedLoginTarget()),",
      );
      expect(root).toContain('withInterceptors([sessionInterceptor])');
      const routes = flatFile(
        tree,
        app.standalone === false && app.routing !== false ? 'src/app/app-routing-module.ts' : ROUTES,
      );
      expect(routes).toContain("path: 'callback', component: SignIn, canActivate: [managedLoginCallback]");
      expect(routes).toContain("path: 'account', canActivate: [signedInGuard]");
      expect(output).not.toContain('could not be');
    });
  });

  it('adds the lines of server rendering only to an app that a server renders', async () => {
    const rendered = await run('ng-add', {}, await newApp({ ssr: true }));
    const other = await run('ng-add', {}, await newApp());

    expect(flatFile(rendered.tree, CONFIG)).toContain("withServerRendering({ guards: 'defer' })");
    expect(flatFile(rendered.tree, CONFIG)).toContain('provideHttpClient(withFetch(), withInterceptors(');
    expect(flatFile(other.tree, CONFIG)).not.toMatch(/withServerRendering|withFetch/);
  });

  it('leaves out withFetch where Angular has it by default', async () => {
    const app = await newApp({ ssr: true });
    app.overwrite('package.json', app.readText('package.json').replaceAll('^21.2.0', '^22.2.0'));

    const { tree } = await run('ng-add', {}, app);

    expect(tree.readText(CONFIG)).not.toContain('withFetch');
  });

  it.each([
    ['local', 'withLocalStorage()'],
    ['indexed-db', 'withIndexedDb()'],
    ['shared-memory', 'withSharedMemory()'],
    ['session', 'withSessionStorage()'],
    ['cookie', 'withCookieStorage()'],
  ])('stores the tokens in %s', async (storage, feature) => {
    const { tree } = await run('ng-add', { storage }, await newApp());

    expect(tree.readText(CONFIG)).toContain(`      ${feature},\n`);
  });

  it('adds no storage for memory', async () => {
    const { tree } = await run('ng-add', { storage: 'memory' }, await newApp());

    expect(tree.readText(CONFIG)).not.toMatch(/with\w*(Storage|Db|Memory)/);
  });

  it('attaches tokens to several APIs', async () => {
    const apiUrl = ['https://api.example.com', '/api'];

    const { tree } = await run('ng-add', { apiUrl }, await newApp());

    expect(tree.readText(CONFIG)).toContain("attachTo: ['https://api.example.com', '/api']");
  });

  it('names the placeholders that have to be replaced, and the checklist of the app client', async () => {
    const { output } = await run('ng-add', {}, await newApp());

    expect(output).toContain(
      "Replace the placeholders in src/app/app.config.ts: userPoolId 'eu-west-1_YourUserPoolId'",
    );
    expect(output).toContain('allowed callback URL http://localhost:4200/callback');
  });

  it('says nothing of placeholders if all ids are given', async () => {
    const { output } = await run('ng-add', IDS, await newApp());

    expect(output).not.toContain('placeholder');
  });

  it('sets up a local Cognito', async () => {
    const { tree, output } = await run('ng-add', { endpoint: 'http://127.0.0.1:9229' }, await newApp());

    expect(tree.readText(CONFIG)).toContain("endpoint: 'http://127.0.0.1:9229',");
    expect(tree.readText(CONFIG)).toContain("withManagedLogin({ domain: 'http://127.0.0.1:9229' })");
    expect(output).toContain('npx cognito-emulator');
    expect(output).not.toContain('placeholder');
  });

  it('writes the grace period of rotation, and names it for the app client', async () => {
    const { tree, output } = await run('ng-add', { ...IDS, rotationGraceSeconds: 60 }, await newApp());

    expect(tree.readText(CONFIG)).toContain('rotationGraceSeconds: 60,');
    expect(output).toContain('refresh token rotation with a grace period of 60 seconds');
    expect(errorsIn(tree)).toEqual([]);
  });

  it('recommends rotation, and writes no grace period, unless it is given', async () => {
    const { tree, output } = await run('ng-add', IDS, await newApp());

    expect(tree.readText(CONFIG)).not.toContain('rotationGraceSeconds');
    expect(output).toContain('Recommended for the app client: refresh token rotation');
    expect(output).toContain('add rotationGraceSeconds: 60 to the settings');
  });

  it('starts the local Cognito with the rotation of the settings', async () => {
    const options = { endpoint: 'http://127.0.0.1:9229', rotationGraceSeconds: 30 };

    const { output } = await run('ng-add', options, await newApp());

    expect(output).toContain('npx cognito-emulator --rotation --grace-seconds 30');
  });

  it('adds the peer of each way to sign in, in the versions of the library', async () => {
    const manifest = JSON.parse(
      readFileSync(resolve('projects/ngx-cognito-session/package.json'), 'utf8'),
    ) as { peerDependencies: Record<string, string> };
    const added = async (signIn: string) => {
      const app = await newApp();
      const before = Object.keys(packagesOf(app));
      const { tree, tasks } = await run('ng-add', { signIn }, app);
      const names = Object.entries(packagesOf(tree)).filter(([name]) => !before.includes(name));
      return { names: Object.fromEntries(names), tasks };
    };
    const peer = (name: string) => ({ [name]: manifest.peerDependencies[name] });

    expect(await added('managed-login')).toEqual({ names: peer('oauth4webapi'), tasks: ['node-package'] });
    expect(await added('form')).toEqual({
      names: peer('@aws-sdk/client-cognito-identity-provider'),
      tasks: ['node-package'],
    });
    expect(await added('server-session')).toEqual({ names: {}, tasks: [] });
  });

  it('adds @angular/forms in the version of Angular if the form needs it', async () => {
    const app = await newApp();
    app.overwrite('package.json', app.readText('package.json').replace(/\s*"@angular\/forms": "[^"]*",/, ''));

    const { tree } = await run('ng-add', { signIn: 'form' }, app);

    expect(packagesOf(tree)['@angular/forms']).toBe(packagesOf(tree)['@angular/core']);
  });

  it('keeps the version of a peer that the app has', async () => {
    const app = await newApp();
    app.overwrite(
      'package.json',
      app.readText('package.json').replace('"rxjs"', '"oauth4webapi": "3.8.8",\n    "rxjs"'),
    );

    const { tree, tasks } = await run('ng-add', {}, app);

    expect(packagesOf(tree)['oauth4webapi']).toBe('3.8.8');
    expect(tasks).toEqual([]);
  });

  it('installs nothing with skipInstall', async () => {
    const { tasks, output } = await run('ng-add', { skipInstall: true }, await newApp());

    expect(tasks).toEqual([]);
    expect(output).toContain('Install the packages: npm install');
  });

  it.each(WAYS)('creates no tests with skipTests: %s', async (signIn) => {
    const before = await newApp();
    const specs = before.files.filter((path) => path.endsWith('.spec.ts'));

    const { tree } = await run('ng-add', { signIn, skipTests: true }, before);

    expect(tree.files.filter((path) => path.endsWith('.spec.ts'))).toEqual(specs);
  });

  it('uses the prefix of the project in selectors', async () => {
    const app = await newApp();
    app.overwrite(
      'angular.json',
      app.readText('angular.json').replace('"prefix": "app"', '"prefix": "acme"'),
    );

    const { tree } = await run('ng-add', {}, app);

    expect(tree.readText('src/app/account/account.ts')).toContain("selector: 'acme-account'");
  });

  it('writes the settings into the environments, and reads them from there', async () => {
    const { tree, output } = await run('ng-add', IDS, await withEnvironments(await newApp()));

    for (const name of ['environment', 'environment.development'])
      expect(flatFile(tree, `src/environments/${name}.ts`)).toContain(
        "cognito: { region: 'eu-west-1', userPoolId: 'eu-west-1_AbC', clientId: 'web', domain: 'example.auth.eu-west-1.amazoncognito.com', apiUrls: ['/api'], }",
      );
    expect(flatFile(tree, CONFIG)).toContain(
      'provideSession( environment.cognito, withLocalStorage(), withTokenInjection({ attachTo: environment.cognito.apiUrls }), withManagedLogin({ domain: environment.cognito.domain }),',
    );
    expect(tree.readText(CONFIG)).toContain("import { environment } from '../environments/environment';");
    expect(output).toContain('src/environments/environment.development.ts: the settings of the session');
  });

  it('gives a form the settings of the environments', async () => {
    const { tree } = await run('ng-add', { signIn: 'form' }, await withEnvironments(await newApp()));

    expect(tree.readText('src/app/sign-in/cognito-client.ts')).toContain('= environment.cognito;');
    expect(tree.exists('src/app/cognito.ts')).toBe(false);
  });

  it('leaves environments alone that have a type, and says so', async () => {
    const app = await withEnvironments(await newApp());
    const typed = 'export const environment: Environment = {};\n';
    app.overwrite('src/environments/environment.ts', typed);
    const development = app.readText('src/environments/environment.development.ts');

    const { tree, output } = await run('ng-add', IDS, app);

    expect(tree.readText('src/environments/environment.ts')).toBe(typed);
    expect(tree.readText('src/environments/environment.development.ts')).toBe(development);
    expect(tree.readText(CONFIG)).toContain("userPoolId: 'eu-west-1_AbC',");
    expect(output).toContain('src/environments/environment.ts is not a plain object');
  });

  it('says what to paste, and does the rest, if the root providers are not found', async () => {
    const app = await newApp();
    app.overwrite('src/main.ts', app.readText('src/main.ts').replace('appConfig)', 'makeConfig())'));

    const { tree, output } = await run('ng-add', IDS, app);

    expect(output).toContain('The session could not be provided. Add it to the root providers of the app.');
    expect(output).toContain(
      "import { managedLoginTarget, withManagedLogin } from 'ngx-cognito-session/managed-login';",
    );
    expect(output).toContain("userPoolId: 'eu-west-1_AbC',");
    expect(output).toContain('The interceptor could not be added.');
    expect(tree.readText(CONFIG)).not.toContain('provideSession');
    expect(tree.exists('src/app/account/account.ts')).toBe(true);
    expect(packagesOf(tree)).toHaveProperty('oauth4webapi');
    expect(tree.readText(ROUTES)).toContain("path: 'account'");

    const afterFirst = contentsOf(tree);
    const second = await run('ng-add', IDS, tree);
    expect(contentsOf(second.tree)).toEqual(afterFirst);
  });

  it('says what to paste if the main file is not there', async () => {
    const app = await newApp();
    app.delete('src/main.ts');

    const { tree, output } = await run('ng-add', IDS, app);

    expect(output).toContain('The session could not be provided.');
    expect(tree.exists('src/app/account/account.ts')).toBe(true);
  });

  it.each([
    ['an object in place', 'bootstrapApplication(App, { providers: [] });', ''],
    ['no configuration', 'bootstrapApplication(App);', ''],
    [
      'merged configurations',
      'bootstrapApplication(App, mergeApplicationConfig(appConfig, other));',
      "import { mergeApplicationConfig } from '@angular/core';\n",
    ],
  ])('adds the providers to the main file with %s', async (_, call, imports) => {
    const app = await newApp();
    const start =
      "import { bootstrapApplication } from '@angular/platform-browser';\nimport { App } from './app/app';\n";
    app.overwrite('src/main.ts', `${imports}${start}\n${call}\n`);
    app.overwrite('angular.json', app.readText('angular.json').replace('"src/main.ts"', '"./src/main.ts"'));

    const { tree, output } = await run('ng-add', IDS, app);

    const main = flatFile(tree, 'src/main.ts');
    expect(main).toMatch(/providers: \[.*provideSession\( \{ region/);
    expect(main).toContain('provideHttpClient(withInterceptors([sessionInterceptor]))');
    expect(output).not.toContain('session could not');
  });

  it('leaves an app with a session of its own alone, but for the interceptor', async () => {
    const app = await newApp();
    app.create(
      'src/app/session.ts',
      "import { provideSession } from 'ngx-cognito-session';\nexport const session = provideSession({ region: 'eu-west-1', clientId: 'web' });\n",
    );

    const { tree, output } = await run('ng-add', {}, app);

    expect(output).toContain('src/app/session.ts provides a session already');
    expect(tree.readText(CONFIG)).toContain('provideHttpClient(withInterceptors([sessionInterceptor]))');
    expect(tree.exists('src/app/account/account.ts')).toBe(false);
    expect(tree.readText('package.json')).toBe((await newApp()).readText('package.json'));
  });

  it('leaves pages of the app as they are', async () => {
    const app = await newApp();
    const page = 'export class AccountOverview {}\n';
    app.create('src/app/account/account.ts', page);

    const { tree, output } = await run('ng-add', {}, app);

    expect(tree.readText('src/app/account/account.ts')).toBe(page);
    expect(tree.readText(ROUTES)).not.toContain("path: 'account'");
    expect(output).toContain('src/app/account/account.ts is another page, so there is no route account.');
  });

  describe('in an app that has something by a name of the settings', () => {
    it('provides the given settings in place if src/app/cognito.ts is a file of the app', async () => {
      const app = await newApp();
      const own = "export const awsConfig = { userPoolId: 'x' };\n";
      app.create('src/app/cognito.ts', own);

      const { tree, output } = await run('ng-add', IDS, app);

      expect(tree.readText('src/app/cognito.ts')).toBe(own);
      expect(flatFile(tree, CONFIG)).toContain(
        `provideSession( { region: 'eu-west-1', userPoolId: '${IDS.userPoolId}', clientId: '${IDS.clientId}', }, `,
      );
      expect(tree.readText(CONFIG)).toContain(`withManagedLogin({ domain: '${IDS.domain}' })`);
      expect(output).not.toMatch(/has the settings|placeholder|no effect/);
      expect(errorsIn(tree)).toEqual([]);
    });

    it('gives a form settings of its own if src/app/cognito.ts is a file of the app', async () => {
      const app = await newApp();
      app.create('src/app/cognito.ts', "export const cognito = { userPoolId: 'x' };\n");

      const { tree } = await run('ng-add', { ...IDS, domain: '', signIn: 'form' }, app);

      expect(flatFile(tree, 'src/app/cognito-settings.ts')).toContain(
        `userPoolId: '${IDS.userPoolId}', clientId: '${IDS.clientId}',`,
      );
      expect(tree.readText(CONFIG)).toContain("import { cognito } from './cognito-settings';");
      expect(errorsIn(tree)).toEqual([]);
    });

    it('provides the settings in place if the environments have another cognito', async () => {
      const app = await withEnvironments(await newApp());
      const own = "export const environment = { cognito: { poolId: 'eu-west-1_Mine' } };\n";
      for (const name of ['environment', 'environment.development'])
        app.overwrite(`src/environments/${name}.ts`, own);

      const { tree, output } = await run('ng-add', {}, app);

      expect(tree.readText('src/environments/environment.ts')).toBe(own);
      expect(tree.readText(CONFIG)).not.toContain('environment');
      expect(output).toContain('src/environments/environment.ts has a cognito that is not an object with');
      expect(output).toContain(
        "Replace the placeholders in src/app/app.config.ts: userPoolId 'eu-west-1_YourUserPoolId', clientId",
      );
      expect(errorsIn(tree)).toEqual([]);
    });

    it('takes the settings of a form for managed login, and adds what they do not have', async () => {
      const form = await run('sign-in', {}, await newApp());
      const settings = form.tree.readText('src/app/cognito.ts');

      const { tree, output } = await run('ng-add', IDS, form.tree);

      expect(tree.readText('src/app/cognito.ts')).toBe(settings);
      expect(flatFile(tree, CONFIG)).toContain(
        `provideSession( cognito, withLocalStorage(), withTokenInjection({ attachTo: ['/api'] }), withManagedLogin({ domain: '${IDS.domain}' }),`,
      );
      expect(output).toContain('src/app/cognito.ts has the settings of the session.');
      expect(output).toMatch(/had no effect.*: --user-pool-id, --client-id$/m);
      expect(output).not.toContain('placeholder');
      expect(errorsIn(tree)).toEqual([]);
    });

    it('does not route managed login to the page of a form', async () => {
      const form = await run('sign-in', {}, await newApp());

      const { tree, output } = await run('ng-add', IDS, form.tree);

      expect(tree.readText(ROUTES)).not.toMatch(/path: '(callback|sign-in)'/);
      expect(output).toContain('src/app/sign-in/sign-in.ts is another page, so there is no route callback.');
      expect(output).toContain(
        "{ path: 'callback', component: SignIn, canActivate: [managedLoginCallback] },",
      );
    });

    it('routes a form to the page of a form that was there before', async () => {
      const form = await run('sign-in', {}, await newApp());

      const { tree } = await run('ng-add', { signIn: 'form' }, form.tree);

      expect(tree.readText(ROUTES)).toContain("path: 'sign-in', component: SignIn");
    });

    it('writes the settings into the environments that lack them, and names those files alone', async () => {
      const app = await withEnvironments(await newApp());
      const own =
        "export const environment = { cognito: { region: 'eu-west-1', userPoolId: 'eu-west-1_Mine', clientId: 'mine' } };\n";
      app.overwrite('src/environments/environment.ts', own);

      const { tree, output } = await run('ng-add', {}, app);

      expect(tree.readText('src/environments/environment.ts')).toBe(own);
      expect(tree.readText(CONFIG)).toContain("withManagedLogin({ domain: 'your-domain.auth");
      expect(output).toContain(
        'Replace the placeholders in src/environments/environment.development.ts: userPoolId',
      );
      expect(output).toContain('Replace the placeholders in src/app/app.config.ts: domain');
      expect(errorsIn(tree)).toEqual([]);
    });
  });

  it('names flags that have no effect, because a form or an app with a session does not use them', async () => {
    const form = await run('ng-add', { ...IDS, signIn: 'form' }, await newApp());
    expect(form.output).toMatch(/had no effect.*: --domain$/m);

    const second = await run('ng-add', { ...IDS, apiUrl: '/v1' }, form.tree);
    expect(second.output).toMatch(/had no effect.*: --user-pool-id, --client-id, --domain, --api-url$/m);
  });

  it('asks which application it is', async () => {
    const app = await newApp();
    const workspace = JSON.parse(app.readText('angular.json')) as { projects: Record<string, unknown> };
    workspace.projects['other'] = workspace.projects['app'];
    app.overwrite('angular.json', JSON.stringify(workspace));

    await expect(run('ng-add', {}, app)).rejects.toThrow('has 2 applications. Choose one with --project.');
    const { tree } = await run('ng-add', { project: 'other' }, app);
    expect(tree.readText(CONFIG)).toContain('provideSession');
  });

  it.each([
    ['userPoolId', 'eu-west-1'],
    ['clientId', 'a b'],
    ['domain', "x'y"],
    ['endpoint', 'localhost:9229'],
    ['storage', 'disk'],
    ['signIn', 'saml'],
    ['rotationGraceSeconds', 90],
  ])('rejects a malformed %s: %s', async (option, value) => {
    await expect(run('ng-add', { [option]: value }, await newApp())).rejects.toThrow(option);
  });

  it('has a default for everything that it asks, for runs without questions', () => {
    const schema = JSON.parse(
      readFileSync(resolve('projects/ngx-cognito-session/schematics/ng-add/schema.json'), 'utf8'),
    ) as { properties: Record<string, object>; required?: unknown };
    const asked = Object.values(schema.properties).filter((property) => 'x-prompt' in property);

    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((property) => !('default' in property))).toEqual([]);
    expect(schema.required).toBeUndefined();
  });
});
