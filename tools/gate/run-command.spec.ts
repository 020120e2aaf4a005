import { runProgram, type RunOptions } from './run-command';

const node = (code: string, options?: RunOptions) => runProgram(process.execPath, ['-e', code], options);

describe('runProgram', () => {
  it('keeps what the program says, and its verdict', async () => {
    expect(await node("console.log('out'); console.error('err')")).toEqual({
      ok: true,
      output: 'out\nerr\n',
    });
    expect(await node('process.exit(3)')).toEqual({ ok: false, output: '' });
  });

  it('says so when there is no such program', async () => {
    const { ok, output } = await runProgram('no-such-program', []);

    expect(ok).toBe(false);
    expect(output).toContain('ENOENT');
  });

  it('gives no terminal and no input', async () => {
    const { output } = await node(
      "process.stdin.on('end', () => console.log('end', process.stdout.isTTY)).resume()",
    );

    expect(output).toBe('end undefined\n');
  });

  it('ends a program that prints nothing and does nothing', async () => {
    const { ok, output } = await node('setInterval(() => 0, 1e9)', {
      patience: { quietMs: 300, lookEveryMs: 100 },
    });

    expect(ok).toBe(false);
    expect(output).toContain('Stuck: no output and no processor time for 0.3 s.');
  });

  it('ends what a program left running behind', async () => {
    const { output } = await node(
      "const { spawn } = require('node:child_process');" +
        "console.log(spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']).pid); process.exit()",
    );

    const isGone = () => {
      try {
        process.kill(Number(output), 0);
        return false;
      } catch {
        return true;
      }
    };
    for (let tries = 0; tries < 100 && !isGone(); tries++)
      await new Promise((resume) => setTimeout(resume, 20));
    expect(isGone()).toBe(true);
  });
});
