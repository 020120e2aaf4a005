import { build, type Metafile } from 'esbuild';
import { resolve } from 'node:path';
import type { Linker } from '../../../tools/angular-linker';
import { PRODUCTION_BUILD } from '../../../tools/production-build';
import { publishedFolder } from '../../../tools/published-package';
import { initialOutputs } from '../../../tools/size/initial-outputs';
import { root } from '../../../tools/workspace';
import { pagesFolder } from './folders';
import type { StubConfig } from './stub';

/** What an app takes of a library. `control` is everything, with an interface for the harness. */
export type Scenario = 'session' | 'session, HTTP' | 'session, HTTP, guard' | 'control';

export interface Script {
  readonly name: string;
  readonly code: string;
  /** Whether the page loads it before it starts. */
  readonly isInitial: boolean;
}

const ENTRY = 'app.js';

const START: Readonly<Record<Scenario, string>> = {
  session: 'void start(page.session());',
  'session, HTTP': 'void start(page.withHttp());',
  'session, HTTP, guard': 'void start({ ...page.withHttp(), guard: page.guard });',
  control: 'startControlled({ ...page.withHttp(), guard: page.guard }, page.control);',
};

/** The scripts of a production build: linked and optimised as by the Angular CLI, bundled and split by the bundler it uses. */
export async function buildPage(
  peer: string,
  scenario: Scenario,
  config: StubConfig,
  linker: Linker,
): Promise<readonly Script[]> {
  const { outputFiles, metafile } = await build({
    ...PRODUCTION_BUILD,
    stdin: { contents: entryOf(peer, scenario), resolveDir: pagesFolder, sourcefile: ENTRY, loader: 'ts' },
    entryNames: 'app',
    tsconfigRaw: {},
    // One copy of what the workspace has, also for packages that npm has installed beside the pages.
    alias: {
      'ngx-cognito-session': resolve(publishedFolder, 'fesm2022/ngx-cognito-session.mjs'),
      ...Object.fromEntries(['rxjs', 'tslib'].map((name) => [name, resolve(root, 'node_modules', name)])),
    },
    define: {
      ...PRODUCTION_BUILD.define,
      BENCH: JSON.stringify(config),
    },
    plugins: [linker.plugin],
  });
  const initial = initialOutputs(metafile, entryPointOf(metafile));
  return outputFiles.map(({ path, text }) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return { name, code: text, isInitial: [...initial].some((output) => output.endsWith(`/${name}`)) };
  });
}

function entryOf(peer: string, scenario: Scenario): string {
  return [
    `import * as page from './${peer}';`,
    scenario === 'control'
      ? `import { startControlled } from './control';`
      : `import { start } from './app';`,
    START[scenario],
  ].join('\n');
}

function entryPointOf({ outputs }: Metafile): string {
  const [name] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint !== undefined) ?? [];
  if (name === undefined) throw new Error('The build has no entry.');
  return name;
}
