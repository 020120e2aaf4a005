import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import {
  compileErrorsOf,
  typescriptBlocks,
} from '../../projects/ngx-cognito-session/testing-support/typescript-blocks';
import { root } from '../workspace';
import { commandsIn } from './commands-in';

const SKILL = readFileSync(resolve(root, 'skills/ngx-cognito-session/SKILL.md'), 'utf8');
const commands = commandsIn(SKILL);
const commandsOf = (program: string) => commands.filter(([first]) => first === program);

interface Schema {
  readonly properties: Readonly<
    Record<string, { readonly enum?: readonly string[]; readonly pattern?: string } | undefined>
  >;
}

const SCHEMA = resolve(root, 'projects/ngx-cognito-session/schematics/ng-add/schema.json');
const { properties } = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Schema;

/** What `ng add` accepts as the value of an option, by the schematic's own schema. */
function valuesOf(option: string): RegExp {
  const found = properties[option.slice(2).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
  if (!option.startsWith('--') || found === undefined) return /^no such option$/;
  return new RegExp(found.pattern ?? (found.enum === undefined ? '^\\S+$' : `^(?:${found.enum.join('|')})$`));
}

const WITHOUT_QUESTIONS = ['--defaults', '--skip-confirmation'];

interface Manifest {
  readonly name: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const emulators: ChildProcess[] = [];

afterEach(() => {
  for (const emulator of emulators.splice(0)) emulator.kill();
});

/** The lines in which a command of `cognito-emulator` says what it serves, by their labels. */
async function announcement(args: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const main = resolve(root, 'projects/cognito-emulator/src/cli/main.ts');
  const emulator = spawn(process.execPath, ['--import', 'tsx', main, ...args, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  emulators.push(emulator);
  const said = new Map<string, string>();
  for await (const line of createInterface({ input: emulator.stdout })) {
    const [, label = '', value = ''] = /^(\S+(?: \S+)*) {2,}(.+)$/.exec(line) ?? [];
    said.set(label, value);
    if (label === 'User') break;
  }
  return said;
}

describe('the skill for assistants', () => {
  it('is named as its folder, and says when to use it', () => {
    expect(SKILL).toMatch(/^---\nname: ngx-cognito-session\ndescription: \S[^\n]{100,1024}\n---\n/);
  });

  it.each(['managed-login', 'form', 'server-session'])(
    'adds the library for %s with options that exist, and without questions',
    (signIn) => {
      const adding = commandsOf('ng').filter((words) => words[1] === 'add' && words.includes(signIn));

      expect(adding).toHaveLength(1);
      for (const [, , name, ...options] of adding) {
        expect(name).toBe('ngx-cognito-session');
        expect(options).toEqual(expect.arrayContaining(WITHOUT_QUESTIONS));
        const valued = options.filter((word) => !WITHOUT_QUESTIONS.includes(word));
        for (let index = 0; index < valued.length; index += 2)
          expect(valued[index + 1]).toMatch(valuesOf(valued[index] ?? ''));
      }
    },
  );

  it('installs the library and packages that are its peers', () => {
    const path = resolve(root, 'projects/ngx-cognito-session/package.json');
    const { name, peerDependencies } = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
    const installed = commandsOf('npm').flatMap(([, , ...packages]) => packages);

    expect(installed).toEqual(['ngx-cognito-session', 'oauth4webapi']);
    expect([name, ...Object.keys(peerDependencies)]).toEqual(expect.arrayContaining(installed));
  });

  it('starts a local Cognito with the user pool, the app client and the user that it names', async () => {
    const [[, , ...args] = []] = commandsOf('npx').filter((words) => words[1] === 'cognito-emulator');

    const said = await announcement(args);

    for (const label of ['User pool', 'App client', 'User'])
      for (const word of said.get(label)?.split(' / ') ?? [`no ${label}`])
        expect(SKILL).toContain(`\`${word}\``);
  });

  it('shows code that compiles', () => {
    const blocks = typescriptBlocks(SKILL).map((block, index) => [`skill-${String(index)}`, block] as const);

    expect(blocks).toHaveLength(3);
    expect(compileErrorsOf(new Map(blocks))).toEqual([]);
  });
});
