import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
} from '@microsoft/api-extractor';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { extractorCompiler } from '../extractor-compiler';
import { root } from '../workspace';

/** One entry point: the declarations that the compiler has written, and the file that will hold all of them. */
export interface TypeEntry {
  readonly declarations: string;
  readonly target: string;
}

/**
 * Writes the types of each entry point into one file. The first one is the primary entry point: the others see it as an
 * installed package, so that they name its types and do not repeat them.
 */
export function rollUpTypes(name: string, entries: readonly TypeEntry[], work: string): void {
  const installed = join(work, 'node_modules', name);
  mkdirSync(installed, { recursive: true });
  writeFileSync(
    join(installed, 'package.json'),
    JSON.stringify({ name, version: '0.0.0', types: 'index.d.ts' }),
  );
  for (const [at, entry] of entries.entries()) {
    rollUp(name, entry, at === 0 ? {} : { [name]: [join(installed, 'index.d.ts')] });
    if (at === 0) cpSync(entry.target, join(installed, 'index.d.ts'));
  }
}

function rollUp(
  name: string,
  { declarations, target }: TypeEntry,
  paths: Readonly<Record<string, string[]>>,
): void {
  const problems: string[] = [];
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: declarations,
      newlineKind: 'lf',
      compiler: extractorCompiler(declarations, { nodeTypes: true, paths }),
      apiReport: { enabled: false },
      docModel: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: target },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: resolve(root, 'projects', name, 'package.json'),
  });
  mkdirSync(dirname(target), { recursive: true });
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message: ExtractorMessage) => {
      if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.text);
      message.handled = true;
    },
  });
  if (problems.length > 0) throw new Error([`${declarations}:`, ...problems].join('\n'));
}
