import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PUBLIC_ADDRESS } from '../../projects/ngx-cognito-session/src/lib/errors/documentation-page';
import { runCommands } from '../gate/run-command';
import { root } from '../workspace';

describe('a release', () => {
  it('is refused while the project has no public address', async () => {
    const { ok, output } = await runCommands([['tsx/dist/cli.mjs', 'tools/release/require-address.ts']]);

    expect({ ok, output }).toEqual(
      PUBLIC_ADDRESS === ''
        ? { ok: false, output: expect.stringContaining('no public address') as string }
        : { ok: true, output: '' },
    );
  });

  it('asks for the address before anything else', () => {
    const { scripts } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };

    expect(scripts['release']).toMatch(/^tsx tools\/release\/require-address\.ts && /);
  });
});
