import * as esbuild from 'esbuild';
import type { Metafile, OutputFile } from 'esbuild';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Linker } from '../angular-linker';
import { PRODUCTION_BUILD } from '../production-build';
import { initialOutputs } from './initial-outputs';
import { withoutPeers } from './peers';
import { withUsedImports } from './used-imports';

export interface Bytes {
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

export interface Sizes {
  /** What a page loads before it starts. */
  readonly initial: Bytes;
  /** What it loads afterwards, whatever it uses of it. */
  readonly lazy: Bytes;
}

export interface Measured extends Sizes {
  /** The code that was measured. */
  readonly code: string;
}

export interface Build {
  /** Where packages are looked for. */
  readonly resolveDir: string;
  /** Packages that are left out. */
  readonly external: readonly string[];
  readonly alias: Readonly<Record<string, string>>;
  readonly linker: Linker;
}

const ENTRY = 'app.js';

/**
 * The bytes of packages in a production build of an app with this code: linked and optimised by what the Angular CLI does that
 * with, bundled and split by the bundler it uses. The app's own file is not counted where it can be told apart.
 */
export async function measure(
  code: string,
  { resolveDir, external, alias, linker }: Build,
): Promise<Measured> {
  const { outputFiles, metafile } = await esbuild.build({
    ...PRODUCTION_BUILD,
    stdin: { contents: code, resolveDir, sourcefile: ENTRY },
    external: [...external],
    alias: { ...alias },
    plugins: external.length === 0 ? [linker.plugin] : [withoutPeers, linker.plugin],
  });
  const first = initialOutputs(metafile, entryPointOf(metafile));
  const own = outputFiles.filter(({ path }) => !isOfApp(path, metafile));
  const isInitial = ({ path }: OutputFile) => [...first].some((name) => path.endsWith(`/${name}`));
  return {
    initial: await total(own.filter(isInitial)),
    lazy: await total(own.filter((file) => !isInitial(file))),
    code: own.map(({ text }) => text).join('\n'),
  };
}

/** What `whole` has more than `part`. */
export function difference(whole: Sizes, part: Sizes): Sizes {
  return { initial: subtract(whole.initial, part.initial), lazy: subtract(whole.lazy, part.lazy) };
}

function subtract(whole: Bytes, part: Bytes): Bytes {
  return {
    raw: whole.raw - part.raw,
    gzip: whole.gzip - part.gzip,
    brotli: whole.brotli - part.brotli,
  };
}

function entryPointOf({ outputs }: Metafile): string {
  return Object.keys(outputs).find((name) => outputs[name]?.entryPoint === ENTRY) ?? '';
}

/** Whether there is nothing of the library in the file: it is what the app itself consists of. */
function isOfApp(path: string, { outputs }: Metafile): boolean {
  const [, output] = Object.entries(outputs).find(([name]) => path.endsWith(`/${name}`)) ?? [];
  return Object.keys(output?.inputs ?? {}).every((input) => input === ENTRY);
}

async function total(files: readonly OutputFile[]): Promise<Bytes> {
  const contents = await Promise.all(files.map(({ text }) => withUsedImports(text)));
  const sum = (size: (content: string) => number) =>
    contents.reduce((before, content) => before + size(content), 0);
  return {
    raw: sum((content) => Buffer.byteLength(content)),
    gzip: sum((content) => gzipSync(content, { level: 9 }).length),
    brotli: sum((content) => brotliCompressSync(content).length),
  };
}
