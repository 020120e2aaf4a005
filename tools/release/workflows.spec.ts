import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';
import { unpinnedActions } from './unpinned-actions';

const folder = resolve(root, '.github/workflows');
const names = readdirSync(folder);
const textOf = (name: string) => readFileSync(resolve(folder, name), 'utf8');

describe('the workflows', () => {
  it('are the check and the release', () => {
    expect(names.sort()).toEqual(['ci.yml', 'release.yml']);
  });

  it.each(names)('%s names each action by its commit', (name) => {
    expect(textOf(name)).toMatch(/uses: actions\/checkout@/);
    expect(unpinnedActions(textOf(name))).toEqual([]);
  });

  it.each(names)('%s may read the repository and no more, unless a job says so', (name) => {
    expect(textOf(name)).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
  });

  it.each(names)('%s leaves no credentials behind in the checkout', (name) => {
    const checkouts = textOf(name).match(/uses: actions\/checkout@/g) ?? [];
    const without = textOf(name).match(/persist-credentials: false/g) ?? [];

    expect(without).toHaveLength(checkouts.length);
  });

  it('let the release alone sign what it publishes, and keep no token for it', () => {
    expect(textOf('release.yml')).toContain('id-token: write');
    expect(textOf('release.yml')).toContain('npm publish --provenance');
    expect(textOf('ci.yml')).not.toContain('id-token');
    expect(names.map(textOf).join('')).not.toContain('secrets.');
  });
});
