import { contentsOf, newApp, run, withEnvironments } from '../testing-support/virtual-app';

describe('ng generate ngx-cognito-session:sign-in', () => {
  it('creates a page with the name of the user', async () => {
    const { tree, output } = await run('sign-in', { name: 'Welcome' }, await newApp());

    const page = tree.readText('src/app/welcome/welcome.ts');
    expect(page).toContain('export class Welcome ');
    expect(page).toContain("selector: 'app-welcome'");
    expect(tree.readText('src/app/welcome/welcome.spec.ts')).toContain(
      "import { Welcome } from './welcome';",
    );
    expect(output).toContain("path: 'welcome', canActivate: [signedOutGuard]");
  });

  it('leads to the URL of the option without a guarded page', async () => {
    const { tree } = await run('sign-in', { afterSignIn: '/orders' }, await newApp());

    expect(tree.readText('src/app/sign-in/sign-in.ts')).toContain("returnUrl ?? '/orders'");
  });

  it('writes placeholders where the app has no settings, and names them', async () => {
    const { tree, output } = await run('sign-in', {}, await newApp());

    expect(tree.readText('src/app/cognito.ts')).toContain("clientId: 'your-app-client-id',");
    expect(output).toContain('Replace the placeholders in src/app/cognito.ts');
  });

  it('uses the settings of the app', async () => {
    const app = await withEnvironments(await newApp());
    for (const name of ['environment', 'environment.development'])
      app.overwrite(
        `src/environments/${name}.ts`,
        "export const environment = { cognito: { region: 'eu-west-1', userPoolId: 'eu-west-1_AbC', clientId: 'web' } };\n",
      );

    const { tree } = await run('sign-in', {}, app);

    expect(tree.readText('src/app/sign-in/cognito-client.ts')).toContain(
      "import { environment } from '../../environments/environment';",
    );
    expect(tree.exists('src/app/cognito.ts')).toBe(false);
  });

  it('leaves a cognito.ts of the app alone, and writes its settings beside it', async () => {
    const app = await newApp();
    const own = "export const awsConfig = { userPoolId: 'x' };\n";
    app.create('src/app/cognito.ts', own);

    const { tree, output } = await run('sign-in', {}, app);

    expect(tree.readText('src/app/cognito.ts')).toBe(own);
    expect(tree.readText('src/app/sign-in/cognito-client.ts')).toContain(
      "import { cognito } from '../cognito-settings';",
    );
    expect(output).toContain('Replace the placeholders in src/app/cognito-settings.ts');
  });

  it('changes nothing in an app that has something else in both files for settings', async () => {
    const app = await newApp();
    for (const name of ['cognito', 'cognito-settings']) app.create(`src/app/${name}.ts`, 'export {};\n');

    await expect(run('sign-in', {}, app)).rejects.toThrow(
      'src/app/cognito.ts and src/app/cognito-settings.ts are there already',
    );
  });

  it('changes nothing in a second run', async () => {
    const first = await run('sign-in', {}, await newApp());
    const afterFirst = contentsOf(first.tree);

    const second = await run('sign-in', {}, first.tree);

    expect(contentsOf(second.tree)).toEqual(afterFirst);
    expect(second.tasks).toEqual([]);
  });

  it('creates no test with skipTests, and installs nothing with skipInstall', async () => {
    const { tree, tasks } = await run('sign-in', { skipTests: true, skipInstall: true }, await newApp());

    expect(tree.exists('src/app/sign-in/sign-in.spec.ts')).toBe(false);
    expect(tasks).toEqual([]);
  });
});
