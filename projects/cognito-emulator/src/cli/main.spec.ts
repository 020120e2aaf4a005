import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const MAIN = join(__dirname, 'main.ts');

let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
});

function start(...args: string[]) {
  const started = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  return started;
}

it('serves what a configuration file seeds and the options change, and ends on a signal', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'emulator-'));
  const config = join(directory, 'pools.json');
  const users = [{ username: 'bob', password: 'secret' }];
  await writeFile(config, JSON.stringify({ pools: [{ id: 'us-east-1_FromFile1', users }] }));

  const program = start('--config', config, '--port', '0', '--rotation', '--access-seconds', '5');
  const lines: string[] = [];
  for await (const line of createInterface({ input: program.stdout })) {
    lines.push(line);
    if (line.startsWith('User  ')) break;
  }
  const endpoint = /\S+$/.exec(lines[0] ?? '')?.[0] ?? '';
  const post = async (path: string, body: object, headers = {}) => {
    const init = { method: 'POST', body: JSON.stringify(body), headers };
    return (await fetch(`${endpoint}${path}`, init)).json() as Promise<Record<string, unknown>>;
  };
  const { RefreshToken, ExpiresIn } = await post('/_control/sign-in', { username: 'bob' });
  const ClientId = /\S+$/.exec(lines[3] ?? '')?.[0];
  const target = { 'X-Amz-Target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken' };
  const refreshed = await post('/', { RefreshToken, ClientId }, target);

  expect(lines[2]).toMatch(/^User pool +us-east-1_FromFile1$/);
  expect(lines[5]).toMatch(/^User +bob \/ secret$/);
  expect(ExpiresIn).toBe(5);
  expect(refreshed).toMatchObject({ AuthenticationResult: { RefreshToken: expect.any(String) } });
  program.kill('SIGTERM');
  expect(await once(program, 'exit')).toEqual([0, null]);
  await rm(directory, { recursive: true });
});

it('says what is wrong with an option', async () => {
  const program = start('--access-seconds', 'soon');

  const [said, [code]] = await Promise.all([text(program.stderr), once(program, 'close')]);

  expect(code).toBe(1);
  expect(said).toContain('Not a whole number: soon');
});

it('lists its options', async () => {
  const said = await text(start('--help').stdout);

  for (const option of ['port', 'config', 'rotation', 'grace-seconds', 'access-seconds', 'refresh-seconds'])
    expect(said).toContain(`--${option} `);
});
