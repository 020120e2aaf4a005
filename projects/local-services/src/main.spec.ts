import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(__dirname, 'main.ts');

let directory: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'emulator-'));
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(directory, { recursive: true });
});

function start(...args: string[]): ChildProcess {
  child = spawn(process.execPath, [
    '--import',
    'tsx',
    MAIN,
    '--port',
    '0',
    '--api-port',
    '0',
    '--s3-port',
    '0',
    ...args,
  ]);
  return child;
}

/** Reads what is announced, up to its last line. */
async function announced({ stdout }: ChildProcess): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  if (stdout === null) return found;
  for await (const line of createInterface({ input: stdout })) {
    const [name = '', value = ''] = line.split(/\s{2,}/);
    found[name] = value;
    if (name === 'Sample API') break;
  }
  return found;
}

it('serves what a configuration file seeds, and ends on a signal', async () => {
  const config = join(directory, 'emulator.json');
  const pool = {
    id: 'us-east-1_FromFile1',
    clients: [{ clientId: 'app' }],
    users: [{ username: 'bob', password: 'secret' }],
  };
  await writeFile(config, JSON.stringify({ pools: [pool] }));

  const program = start('--config', config, '--access-seconds', '5');
  const lines = await announced(program);
  const endpoint = lines['Cognito endpoint'] ?? '';
  const response = await fetch(`${endpoint}/_control/sign-in`, {
    method: 'POST',
    body: '{"username":"bob"}',
  });

  expect(lines).toMatchObject({
    'User pool': 'us-east-1_FromFile1',
    'App client': 'app',
    User: 'bob / secret',
    'Local S3': expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/local-bucket$/),
  });
  expect(await response.json()).toMatchObject({ ExpiresIn: 5 });
  program.kill('SIGTERM');
  expect(await once(program, 'exit')).toEqual([0, null]);
});

it('says what is wrong with an option', async () => {
  const program = start('--access-seconds', 'soon');
  const chunks: Buffer[] = [];
  program.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));

  const [code] = (await once(program, 'close')) as [number];

  expect(code).toBe(1);
  expect(Buffer.concat(chunks).toString()).toContain('Not a whole number: soon');
});
