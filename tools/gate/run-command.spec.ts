import { runProgram } from './run-command';

const node = (code: string, timeoutMs = 20_000) => runProgram(process.execPath, ['-e', code], { timeoutMs });

describe('runProgram', () => {
  it('keeps what the program says, and its verdict', async () => {
    expect(await node("console.log('out'); console.error('err')")).toEqual({
      ok: true,
      output: 'out\nerr\n',
    });
    expect(await node('process.exit(3)')).toEqual({ ok: false, output: '' });
  });

  it('says so when there is no such program', async () => {
    const { ok, output } = await runProgram('no-such-program', [], { timeoutMs: 20_000 });

    expect(ok).toBe(false);
    expect(output).toContain('ENOENT');
  });

  it('gives no terminal and no input', async () => {
    const { output } = await node(
      "process.stdin.on('end', () => console.log('end', process.stdout.isTTY)).resume()",
    );

    expect(output).toBe('end undefined\n');
  });

  it('ends a program that does not end by itself', async () => {
    const { ok, output } = await node('setInterval(() => 0, 1000)', 300);

    expect(ok).toBe(false);
    expect(output).toContain('No end within 0.3 s.');
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
