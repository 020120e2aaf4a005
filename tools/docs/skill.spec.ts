import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import {
  compileErrorsOf,
  typescriptBlocks,
} from '../../projects/ngx-cognito-session/testing-support/typescript-blocks';
import { root } from '../workspace';
import { newApp, run } from '../../projects/ngx-cognito-session/schematics/testing-support/virtual-app';
import { commandsIn } from './commands-in';
import { llmsTxt } from './site-texts';
import { SKILL_PAGE, SKILL_SOURCE, skillText } from './skill-text';

const SKILL = readFileSync(resolve(root, SKILL_SOURCE), 'utf8');
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
  const found = properties[camelCase(option)];
  if (!option.startsWith('--') || found === undefined) return /^no such option$/;
  return new RegExp(found.pattern ?? (found.enum === undefined ? '^\\S+$' : `^(?:${found.enum.join('|')})$`));
}

const WITHOUT_QUESTIONS = ['--defaults', '--skip-confirmation'];

const camelCase = (option: string): string =>
  option.slice(2).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** The options of the schematic in the flags of a command. */
function optionsOf(flags: readonly string[]): object {
  const valued = flags.filter((word) => !WITHOUT_QUESTIONS.includes(word));
  return Object.fromEntries(
    valued.flatMap((word, index) => {
      const value = valued[index + 1] ?? '';
      return index % 2 === 0 ? [[camelCase(word), /^\d+$/.test(value) ? Number(value) : value]] : [];
    }),
  );
}

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

  it.each(['managed-login', 'form', 'server-session'])('leaves no placeholder behind: %s', async (signIn) => {
    const [[, , , ...flags] = []] = commandsOf('ng').filter(
      (words) => words[1] === 'add' && words.includes(signIn),
    );

    const { tree, output } = await run(
      'ng-add',
      optionsOf(flags),
      await newApp({ ssr: signIn === 'server-session' }),
    );

    const left = tree.files
      .filter((path) => path.endsWith('.ts'))
      .filter((path) => /'your-|_Your/.test(tree.readText(path)));
    expect(left).toEqual([]);
    expect(output).not.toContain('placeholder');
    expect(output).not.toContain('no effect');
  });

  it('has the settings that it checks the app client for', async () => {
    const [[, , , ...flags] = []] = commandsOf('ng').filter((words) => words[1] === 'add');

    const { tree } = await run('ng-add', optionsOf(flags), await newApp());

    expect(tree.readText('src/app/app.config.ts')).toMatch(/rotationGraceSeconds: \d+/);
  });

  it('is on the site with links to its pages', () => {
    const links = [...skillText(SKILL, '').matchAll(/\]\(([^)]+)\)/g)].map(([, address = '']) => address);

    expect(links.length).toBeGreaterThan(5);
    for (const link of links)
      expect(existsSync(resolve(root, 'projects/docs', dirname(SKILL_PAGE), link))).toBe(true);
    expect(llmsTxt([])).toContain(`(${SKILL_PAGE})`);
  });

  it('has complete links once the project has an address, because it is copied', () => {
    const address = 'https://git.example/owner/name';
    const links = [...skillText(SKILL, address).matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);

    expect(links.length).toBeGreaterThan(5);
    for (const link of links)
      expect(link).toMatch(/^https:\/\/git\.example\/owner\/name\/blob\/main\/projects\/docs\//);
  });

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
