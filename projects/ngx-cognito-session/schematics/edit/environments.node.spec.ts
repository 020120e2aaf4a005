import { newApp, run, withEnvironments } from '../testing-support/virtual-app';

const IDS = { userPoolId: 'eu-west-1_AbC', clientId: 'web', domain: 'login.example.com' };
const SETTINGS =
  "cognito: {\n    region: 'eu-west-1',\n    userPoolId: 'eu-west-1_AbC',\n    clientId: 'web',\n    domain: 'login.example.com',\n    apiUrls: ['/api'],\n  },";

async function environmentAfter(text: string): Promise<string> {
  const app = await withEnvironments(await newApp());
  app.overwrite('src/environments/environment.ts', text);
  const { tree } = await run('ng-add', IDS, app);
  return tree.readText('src/environments/environment.ts');
}

describe('the environments', () => {
  it.each([
    ['{}', `{\n  ${SETTINGS}\n}`],
    ['{ production: true }', `{ production: true,\n  ${SETTINGS} }`],
    ['{\n  production: true,\n}', `{\n  production: true,\n  ${SETTINGS}\n}`],
    ['{\n  production: true\n}', `{\n  production: true,\n  ${SETTINGS}\n}`],
  ])('get the settings behind their own: %j', async (before, after) => {
    expect(await environmentAfter(`export const environment = ${before};\n`)).toBe(
      `export const environment = ${after};\n`,
    );
  });

  it('keep settings that they have', async () => {
    const text = "export const environment = { cognito: { clientId: 'mine' } };\n";

    expect(await environmentAfter(text)).toBe(text);
  });
});
