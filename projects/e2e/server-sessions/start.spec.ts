import { expect, test } from '../support/leaks/watched-test';
import { ExampleServer } from '../../examples/express-ssr/start/example-server';
import { NpmStart } from '../support/npm-start';

/** The builds are those of the gate: none is older than its sources. */
test(
  'one script starts the example with all that it needs, and Ctrl+C ends it',
  { tag: '@long' },
  async () => {
    const example = NpmStart.script(['run', 'start:express-ssr']);
    try {
      const url = await example.printed(/^Example\s+(http:\S+)$/m);
      await example.printed(/Ctrl\+C/);

      expect(await (await fetch(url)).text()).toContain('Sign in');
      expect(example.output).toMatch(/alice \/ Correct-horse-1/);

      await example.pressCtrlC();
      await expect.poll(() => example.hasOrphans()).toBe(false);
      await expect(fetch(url)).rejects.toThrow();
    } finally {
      example.kill();
    }
  },
);

test('an example whose port is taken listens on the next one, with its own Cognito', async () => {
  const first = await ExampleServer.start({ port: 14_000 });
  const second = await ExampleServer.start({ port: Number(new URL(first.url).port) });
  try {
    expect(second.url).not.toBe(first.url);
    const login = await fetch(`${second.url}/auth/login`, { redirect: 'manual' });
    expect(login.headers.get('location')).toContain(second.aws.emulator.url);
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
});
