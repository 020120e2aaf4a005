import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../workspace';

/** Runs the command of an unpacked emulator, with nothing beside it but its dependency; says what is wrong. */
export async function complainOfCommand(unpacked: string): Promise<string | null> {
  const dependencies = join(unpacked, 'node_modules');
  mkdirSync(dependencies);
  symlinkSync(resolve(root, 'node_modules/jose'), join(dependencies, 'jose'));
  const command = spawn(process.execPath, [join(unpacked, 'main.js'), '--port', '0', '--rotation'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(command, 'exit');
  try {
    for await (const line of createInterface({ input: command.stdout })) {
      const endpoint = /^Cognito endpoint\s+(\S+)$/.exec(line)?.[1];
      if (endpoint === undefined) continue;
      const { ok } = await fetch(`${endpoint}/_control/sign-in`, {
        method: 'POST',
        body: JSON.stringify({ username: 'alice' }),
      });
      return ok ? null : 'The command of cognito-emulator does not sign a user in.';
    }
    return 'The command of cognito-emulator says no endpoint.';
  } finally {
    command.kill();
    await ended;
  }
}
