import type { UnitTestTree } from '@angular-devkit/schematics/testing';
import { newApp, run } from '../testing-support/virtual-app';

const CONFIG = 'src/app/app.config.ts';
const ROUTES = 'src/app/app.routes.ts';

async function appWithRoutes(code: string): Promise<UnitTestTree> {
  const app = await newApp();
  app.overwrite(ROUTES, `import { Routes } from '@angular/router';\n\n${code}\n`);
  return app;
}

const flat = (text: string): string => text.replace(/\s+/g, ' ');

describe('the routes', () => {
  it('begin with a start page in an app that has none', async () => {
    const { tree } = await run('ng-add', {}, await newApp());

    expect(tree.readText(ROUTES)).toContain(
      "export const routes: Routes = [\n  { path: '', pathMatch: 'full', redirectTo: 'sign-in' },\n  { path: 'callback', ",
    );
    expect(tree.readText(ROUTES)).toContain('},\n];');
  });

  it('stand in front of those of the app, so that no wildcard hides them', async () => {
    const app = await appWithRoutes("export const routes: Routes = [\n  { path: '**', redirectTo: '' },\n];");

    const { tree } = await run('ng-add', {}, app);

    const text = tree.readText(ROUTES);
    expect(text).not.toContain("path: ''");
    expect(text.indexOf("path: 'account'")).toBeGreaterThan(0);
    expect(text.indexOf("path: 'account'")).toBeLessThan(text.indexOf("path: '**'"));
  });

  it('are separated from a route on the same line', async () => {
    const app = await appWithRoutes("export const routes: Routes = [{ path: 'orders', children: [] }];");

    const { tree } = await run('ng-add', {}, app);

    expect(flat(tree.readText(ROUTES))).toMatch(/, \}, \{ path: 'orders', children: \[\] \}\];/);
  });

  it('leave a route alone that has the same path', async () => {
    const app = await appWithRoutes("export const routes: Routes = [{ path: 'account', children: [] }];");

    const { tree, output } = await run('ng-add', {}, app);

    expect(tree.readText(ROUTES).match(/path: 'account'/g)).toHaveLength(1);
    expect(tree.readText(ROUTES)).not.toContain('signedInGuard');
    expect(output).toContain('src/app/app.routes.ts has a route account.');
  });

  it.each([
    ['a constant with another name', "import { routes as pages } from './app.routes';", 'pages'],
    ['an array in place', '', "[{ path: 'orders', children: [] }]"],
  ])('are found in %s', async (_, imported, argument) => {
    const app = await newApp();
    const text = app
      .readText(CONFIG)
      .replace("import { routes } from './app.routes';", imported)
      .replace('provideRouter(routes)', `provideRouter(${argument})`);
    app.overwrite(CONFIG, text);

    const { tree, output } = await run('ng-add', {}, app);

    const file = imported === '' ? CONFIG : ROUTES;
    expect(tree.readText(file)).toContain("path: 'callback'");
    expect(output).not.toContain('could not be');
  });

  it('are found behind satisfies, and behind an index file', async () => {
    const app = await newApp();
    app.overwrite(CONFIG, app.readText(CONFIG).replace('./app.routes', './pages'));
    app.create('src/app/pages/index.ts', 'export const routes = [] satisfies object[];\n');

    const { tree } = await run('ng-add', {}, app);

    expect(tree.readText('src/app/pages/index.ts')).toContain("import('../account/account')");
  });

  it('are left to the user if they are computed', async () => {
    const app = await appWithRoutes('export const routes: Routes = makeRoutes();');
    const before = app.readText(ROUTES);

    const { tree, output } = await run('ng-add', {}, app);

    expect(tree.readText(ROUTES)).toBe(before);
    expect(output).toContain('The routes could not be added.');
    expect(output).toContain('src/app/app.routes.ts has no array literal routes.');
    expect(output).toContain("import { managedLoginCallback } from 'ngx-cognito-session/managed-login';");
    expect(output).toContain("{ path: 'callback', component: SignIn, canActivate: [managedLoginCallback] },");
    expect(tree.readText(CONFIG)).toContain('provideSession');
  });

  it('use another name where the file has a class of the same name', async () => {
    const app = await appWithRoutes('class SignIn {}\nexport const routes: Routes = [];');

    const { tree } = await run('ng-add', {}, app);

    expect(tree.readText(ROUTES)).toContain('component: SignIn_alias');
    expect(tree.readText(ROUTES)).toContain("import { SignIn as SignIn_alias } from './sign-in/sign-in';");
  });

  it('come with a router if the app has none', async () => {
    const { tree, output } = await run('ng-add', {}, await newApp({ routing: false }));

    expect(tree.readText(CONFIG)).toContain('provideRouter(routes)');
    expect(tree.readText(ROUTES)).toContain("path: 'account'");
    expect(output).toContain('the template of the root component needs <router-outlet />');
  });

  it('come with a router in an app of NgModules', async () => {
    const { tree } = await run('ng-add', {}, await newApp({ standalone: false, routing: false }));

    expect(tree.readText('src/app/app-module.ts')).toContain('RouterModule.forRoot(routes)');
    expect(tree.readText(ROUTES)).toContain("path: 'account'");
  });
});
