import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';
import { consumers } from './consumers';

const read = (path: string) => readFileSync(resolve(root, path), 'utf8');

describe('the status at the top of the README', () => {
  const status = read('README.md').split('\n## ')[0]?.replaceAll(/\n> ?/g, ' ') ?? '';

  it('names the versions that are tested', () => {
    const all = Object.values(consumers);

    expect(status).toContain(`Angular ${all.map(({ angular }) => angular).join(' and ')}`);
    expect(status).toContain(`TypeScript ${all.map(({ typescript }) => typescript).join(' and ')}`);
    expect(status).toContain(`Node ${read('.nvmrc').trim()} and ${consumers['22']?.node.split('.')[0]}`);
  });

  it('says what version it is, and that it has not run against AWS', () => {
    const { version } = JSON.parse(read('projects/ngx-cognito-session/package.json')) as { version: string };

    expect(status).toContain(`early, ${version.split('.').slice(0, 2).join('.')},`);
    expect(status).toContain('**not run against AWS**');
    expect(status).toContain('`npm run test:aws`');
  });
});
