import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { parseStat, processorTimeOf } from './processor-time';

describe('parseStat', () => {
  it('reads the parent and the processor time, whatever the program is called', () => {
    const stat = '42 (a) (b) S 7 42 42 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 11 0 100';

    expect(parseStat(42, stat)).toEqual({ pid: 42, parent: 7, ms: 1000 });
  });
});

describe('processorTimeOf', () => {
  const children: ChildProcess[] = [];
  afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

  /** A program whose child keeps a processor busy while it does nothing itself. */
  async function busyGrandchild(): Promise<number> {
    const code =
      "require('node:child_process').spawn(process.execPath, ['-e', 'console.log(1); for (;;);'], { stdio: 'inherit' })";
    const child = spawn(process.execPath, ['-e', code], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    children.push(child);
    await once(child.stdout, 'data');
    return child.pid ?? NaN;
  }

  it('counts what the descendants of a process use', async () => {
    const pid = await busyGrandchild();
    try {
      const before = processorTimeOf(pid) ?? NaN;
      let after = before;
      while (after < before + 50) {
        await new Promise((resume) => setTimeout(resume, 20));
        after = processorTimeOf(pid) ?? NaN;
      }
      expect(after).toBeGreaterThan(before);
    } finally {
      process.kill(-pid, 'SIGKILL');
    }
  });
});
