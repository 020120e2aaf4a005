import { expect, test } from '@playwright/test';
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
