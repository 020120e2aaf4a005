import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptTexts, differenceFrom } from './golden';

describe('golden files', () => {
  let parent: string;
  let folder: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'golden-spec-'));
    folder = join(parent, 'golden');
  });

  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('differ in nothing from what was accepted', async () => {
    const texts = new Map([['a.md', 'one\ntwo\n']]);
    acceptTexts(folder, texts);

    expect(await differenceFrom(folder, texts)).toBeNull();
  });

  it('show line by line what was accepted and what is there now', async () => {
    acceptTexts(folder, new Map([['a.md', 'one\ntwo\n']]));

    const difference = await differenceFrom(folder, new Map([['a.md', 'one\nthree\n']]));

    expect(difference).toContain('accepted/a.md');
    expect(difference?.split('\n')).toEqual(expect.arrayContaining([' one', '-two', '+three']));
  });

  it('tell of a file that came and of one that is gone', async () => {
    acceptTexts(folder, new Map([['old.md', 'old\n']]));

    const difference = await differenceFrom(folder, new Map([['new.md', 'new\n']]));

    expect(difference?.split('\n')).toEqual(expect.arrayContaining(['-old', '+new']));
  });

  it('are all new where nothing was accepted yet', async () => {
    expect(await differenceFrom(folder, new Map([['new.md', 'new\n']]))).toContain('+new');
  });

  it('leave nothing behind that is not accepted any more', () => {
    acceptTexts(folder, new Map([['old.md', 'old\n']]));

    acceptTexts(folder, new Map([['new.md', 'new\n']]));

    expect(readdirSync(folder)).toEqual(['new.md']);
  });
});
