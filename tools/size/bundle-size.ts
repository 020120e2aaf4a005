import { build, type BuildOptions } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { root } from '../workspace';

/** What is measured beside the scenarios of the Angular library: one bundle, with all that it needs. */
export interface BundleScenario {
  readonly name: string;
  readonly code: string;
  /** Bytes, gzip; what was reached, with next to no room. */
  readonly budget: number;
  readonly options: BuildOptions;
}

export interface BundleSize {
  readonly row: readonly string[];
  readonly isWithin: boolean;
}

export async function bundleSize({ name, code, budget, options }: BundleScenario): Promise<BundleSize> {
  const { outputFiles = [] } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    legalComments: 'none',
    ...options,
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const isWithin = bytes.length > 0 && gzip <= budget;
  const kB = (size: number) => (size / 1000).toFixed(2);
  return {
    isWithin,
    row: [
      name,
      `${kB(bytes.length)} / ${kB(gzip)} / –`,
      `${kB(budget)} / –`,
      '–',
      '–',
      isWithin ? 'ok' : 'too large',
    ],
  };
}
