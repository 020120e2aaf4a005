import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { createEmulator } from '../fetch/create-emulator';
import { announcement } from './announcement';
import { parseConfig } from './run-options';

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

describe('a configuration file', () => {
  it.each([
    ['{"pools": [', 'pools.json: '],
    ['[]', 'the file must be an object'],
    ['{"pool": []}', 'no setting pool'],
    ['{"pools": {}}', 'pools must be like []'],
    ['{"pools": []}', 'pools is empty'],
    ['{"pools": [{"clients": []}]}', 'pools[0].clients is empty'],
    [
      '{"pools": [{"clients": [{"clientId": "a", "acessTokenSeconds": 5}]}]}',
      'pools[0].clients[0]: no setting acess',
    ],
    ['{"pools": [{"clients": [{}]}]}', 'pools[0].clients[0].clientId is missing'],
    ['{"pools": [{"users": [{"username": "bob"}]}]}', 'pools[0].users[0].password is missing'],
    [
      '{"pools": [{"users": [{"username": "b", "password": "p", "status": "CONFIRMD"}]}]}',
      'status must be one of',
    ],
    [
      '{"pools": [{"users": [{"username": "b", "password": "p", "groups": [1]}]}]}',
      'groups must be like ["text"]',
    ],
    ['{"identityPools": [{"guests": true}]}', 'identityPools[0]: no setting guests'],
  ])('that says %s is refused', (text, complaint) => {
    expect(() => parseConfig('pools.json', text)).toThrow(complaint);
  });

  it('may say all that the types say', () => {
    const config = {
      port: 1,
      host: '::1',
      pools: [
        {
          id: 'eu-west-1_AbCdEf123',
          issuerForm: 'updated',
          clients: [{ clientId: 'web', secret: ['a', 'b'], authFlows: ['USER_SRP_AUTH'], graceSeconds: 5 }],
          users: [
            { username: 'bob', password: 'secret', attributes: { email: 'b@example.com' }, groups: [] },
          ],
        },
      ],
      identityPools: [{ id: 'eu-west-1:1', roleMapping: { type: 'token', ambiguous: 'deny' } }],
    };

    expect(parseConfig('pools.json', JSON.stringify(config))).toEqual(config);
  });

  it('without users has none to announce', () => {
    const emulator = createEmulator({ pools: [{ users: [] }] });

    expect(announcement(emulator, { pools: [{ users: [] }] }).join('\n')).not.toContain('alice');
    expect(announcement(emulator, {}).join('\n')).toContain('alice / Correct-horse-1');
  });
});
