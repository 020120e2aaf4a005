import type { UnitTestTree } from '@angular-devkit/schematics/testing';
import { contentsOf, newApp, run } from '../testing-support/virtual-app';

const CONFIG = 'src/app/app.config.ts';
const HTTP = '@angular/common/http';

/** An app whose root providers have one more. */
async function appWith(provider: string, imports: readonly string[]): Promise<UnitTestTree> {
  const app = await newApp();
  const text = app
    .readText(CONFIG)
    .replace('provideRouter(routes)', `provideRouter(routes),\n    ${provider}`);
  app.overwrite(CONFIG, `${imports.join('\n')}\n${text}`);
  return app;
}

const http = (...names: readonly string[]) => `import { ${names.join(', ')} } from '${HTTP}';`;

describe('the interceptor', () => {
  it.each([
    [
      'provideHttpClient()',
      'provideHttpClient(withInterceptors([sessionInterceptor]))',
      ['provideHttpClient'],
    ],
    [
      'provideHttpClient(withFetch())',
      'provideHttpClient(withFetch(), withInterceptors([sessionInterceptor]))',
      ['provideHttpClient', 'withFetch'],
    ],
    [
      'provideHttpClient(withFetch(),)',
      'provideHttpClient(withFetch(), withInterceptors([sessionInterceptor]),)',
      ['provideHttpClient', 'withFetch'],
    ],
    [
      'provideHttpClient(withInterceptorsFromDi())',
      'provideHttpClient(withInterceptorsFromDi(), withInterceptors([sessionInterceptor]))',
      ['provideHttpClient', 'withInterceptorsFromDi'],
    ],
    [
      'provideHttpClient(withInterceptors([]), withFetch())',
      'provideHttpClient(withInterceptors([sessionInterceptor]), withFetch())',
      ['provideHttpClient', 'withFetch', 'withInterceptors'],
    ],
    [
      'provideHttpClient(withFetch(), withInterceptors([one, two]))',
      'provideHttpClient(withFetch(), withInterceptors([one, two, sessionInterceptor]))',
      ['provideHttpClient', 'withFetch', 'withInterceptors'],
    ],
    [
      'provideHttpClient(withInterceptors([\n      one,\n    ]))',
      'provideHttpClient(withInterceptors([\n      one, sessionInterceptor,\n    ]))',
      ['provideHttpClient', 'withInterceptors'],
    ],
    [
      'provideHttpClient(withInterceptors(interceptors))',
      'provideHttpClient(withInterceptors([...interceptors, sessionInterceptor]))',
      ['provideHttpClient', 'withInterceptors'],
    ],
    [
      'provideHttpClient(...features)',
      'provideHttpClient(...features, withInterceptors([sessionInterceptor]))',
      ['provideHttpClient'],
    ],
    [
      'http(intercept([one]))',
      'http(intercept([one, sessionInterceptor]))',
      ['provideHttpClient as http', 'withInterceptors as intercept'],
    ],
  ])('is merged into %s', async (before, after, names) => {
    const app = await appWith(before, [http(...names)]);

    const { tree } = await run('ng-add', {}, app);

    const text = tree.readText(CONFIG);
    expect(text).toContain(after);
    expect(text.match(/provideHttpClient|\bhttp\(/g)).toHaveLength(2);
    expect(text).toMatch(/import \{[^}]*\bsessionInterceptor\b[^}]*\} from 'ngx-cognito-session'/);
    if (after.includes('withInterceptors'))
      expect(text).toMatch(/import \{[^}]*\bwithInterceptors\b[^}]*\} from '@angular\/common\/http'/);
  });

  it('has another name where the app uses its name', async () => {
    const app = await appWith('provideHttpClient()', [
      http('provideHttpClient'),
      'const sessionInterceptor = 1;',
    ]);

    const { tree } = await run('ng-add', {}, app);

    expect(tree.readText(CONFIG)).toContain('withInterceptors([sessionInterceptor_alias])');
    expect(tree.readText(CONFIG)).toContain('sessionInterceptor as sessionInterceptor_alias');
  });

  it.each([
    ['importProvidersFrom(HttpClientModule)', true],
    ['HttpClientModule', false],
  ])('is a class for %s', async (provider, standalone) => {
    const root = standalone ? CONFIG : 'src/app/app-module.ts';
    const app = standalone
      ? await appWith(provider, [http('HttpClientModule')])
      : await newApp({ standalone });
    if (!standalone)
      app.overwrite(
        root,
        `${http('HttpClientModule')}\n${app.readText(root).replace('BrowserModule,', 'BrowserModule,\n    HttpClientModule,')}`,
      );

    const { tree } = await run('ng-add', {}, app);

    expect(tree.readText(root)).toContain(
      '{ provide: HTTP_INTERCEPTORS, useClass: SessionInterceptor, multi: true }',
    );
    expect(tree.readText(root)).not.toContain('provideHttpClient');
  });

  const CORE = `${http('provideHttpClient')}\nexport const core = [provideHttpClient()];\n`;
  const MERGED = 'provideHttpClient(withInterceptors([sessionInterceptor]))';

  it.each([
    ['imports it', "import { core } from './core';"],
    ['imports a file that exports it again', "import { core } from './providers';"],
  ])('is merged into another file if the root %s', async (_, imports) => {
    const app = await appWith('core', [imports]);
    app.create('src/app/core.ts', CORE);
    app.create('src/app/providers/index.ts', "export * from '../core';\n");

    const { tree, output } = await run('ng-add', {}, app);

    expect(tree.readText('src/app/core.ts')).toContain(MERGED);
    expect(tree.readText(CONFIG)).not.toContain('provideHttpClient');
    expect(output).toContain('src/app/core.ts: sessionInterceptor in provideHttpClient');
    expect(output).not.toContain('another HttpClient');
  });

  it('is merged into a file that the main file imports beside the root', async () => {
    const app = await newApp();
    app.create('src/app/core.ts', CORE);
    app.overwrite('src/main.ts', `import './app/core';\n${app.readText('src/main.ts')}`);

    const { tree } = await run('ng-add', {}, app);

    expect(tree.readText('src/app/core.ts')).toContain(MERGED);
  });

  it('is added to the root if only files that are loaded later call provideHttpClient', async () => {
    const app = await newApp();
    app.create('src/app/lazy.ts', CORE);
    app.overwrite(
      'src/app/app.routes.ts',
      "import { Routes } from '@angular/router';\nimport type { core } from './lazy';\n\n" +
        "export const routes: Routes = [{ path: 'lazy', loadChildren: () => import('./lazy').then(() => []) }];\n",
    );

    const { tree, output } = await run('ng-add', {}, app);

    expect(tree.readText('src/app/lazy.ts')).toBe(CORE);
    expect(tree.readText(CONFIG)).toContain(MERGED);
    expect(output).toContain('src/app/lazy.ts provides another HttpClient.');
  });

  it('is left to the user if several files that are loaded with the app call provideHttpClient', async () => {
    const app = await appWith('core', ["import { core } from './core';", "import './other';"]);
    app.create('src/app/core.ts', CORE);
    app.create('src/app/other.ts', CORE);

    const { tree, output } = await run('ng-add', {}, app);

    expect(tree.readText(CONFIG)).not.toContain('provideHttpClient');
    expect(output).toContain('The interceptor could not be added.');
    expect(output).toContain('src/app/core.ts and src/app/other.ts call it.');
    expect(output).toContain('provideHttpClient(withInterceptors([sessionInterceptor])),');
    expect(tree.readText(CONFIG)).toContain('provideSession');
  });

  it('is left to the user if an import of the app does not show its file', async () => {
    const app = await appWith('core', ["import { core } from '@app/core';"]);
    app.create('src/app/core.ts', CORE);

    const { tree, output } = await run('ng-add', {}, app);

    expect(tree.readText('src/app/core.ts')).toBe(CORE);
    expect(tree.readText(CONFIG)).not.toContain('provideHttpClient');
    expect(output).toContain('src/app/core.ts may be loaded with the app, or later.');
  });

  it('is left to the user if the root calls provideHttpClient twice', async () => {
    const app = await appWith('isOld ? provideHttpClient() : provideHttpClient()', [
      http('provideHttpClient'),
    ]);

    const { tree, output } = await run('ng-add', {}, app);

    expect(tree.readText(CONFIG)).not.toContain('sessionInterceptor');
    expect(output).toContain('src/app/app.config.ts calls provideHttpClient 2 times.');
  });

  it('is not added again if any file of the app has it', async () => {
    const app = await newApp();
    app.create('src/app/http.ts', "import { sessionInterceptor } from 'ngx-cognito-session';\n");

    const { tree, output } = await run('ng-add', {}, app);

    expect(tree.readText(CONFIG)).not.toContain('provideHttpClient');
    expect(output).toContain('src/app/http.ts has the interceptor already.');
  });

  it('is not taken from a test', async () => {
    const app = await newApp();
    app.create('src/app/http.spec.ts', "import { sessionInterceptor } from 'ngx-cognito-session';\n");

    const { tree } = await run('ng-add', {}, app);

    expect(Object.keys(contentsOf(tree))).toContain('/src/app/http.spec.ts');
    expect(tree.readText(CONFIG)).toContain('sessionInterceptor');
  });
});
