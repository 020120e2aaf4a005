import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
  type IConfigFile,
} from '@microsoft/api-extractor';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { extractorCompiler } from '../extractor-compiler';
import { entryPointsOf, readPublishedManifest, type EntryPoint } from '../published-package';
import { root } from '../workspace';

/** What the entry points take from each other comes from an installed copy: a report names it and does not repeat it. */
function pathsOf(entries: readonly EntryPoint[], folder: string): Record<string, string[]> {
  const installed = join(folder, 'node_modules', 'this-package');
  return Object.fromEntries(entries.map(({ specifier, types }) => [specifier, [join(installed, types)]]));
}

interface Work {
  /** The built package. */
  readonly published: string;
  readonly entries: readonly EntryPoint[];
  readonly folder: string;
}

function configOf(entry: EntryPoint, { published, entries, folder }: Work): IConfigFile {
  const types = resolve(published, entry.types);
  return {
    projectFolder: root,
    mainEntryPointFilePath: types,
    newlineKind: 'lf',
    compiler: extractorCompiler(types, {
      // The adapter for Node has requests and answers of Node in its signatures.
      nodeTypes: entry.specifier.endsWith('/express'),
      paths: pathsOf(entries, folder),
    }),
    apiReport: {
      enabled: true,
      reportFileName: entry.fileName,
      reportFolder: join(folder, 'reports'),
      reportTempFolder: join(folder, 'work'),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      extractorMessageReporting: {
        default: { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
        // Everything that is exported is public; what is not has a ɵ in front.
        'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
        // Said beside each name already.
        'ae-undocumented': { logLevel: ExtractorLogLevel.None },
      },
      tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
    },
  };
}

function reportOf(entry: EntryPoint, work: Work): string {
  const { published, folder } = work;
  const problems: string[] = [];
  const config = ExtractorConfig.prepare({
    configObject: configOf(entry, work),
    configObjectFullPath: undefined,
    packageJsonFullPath: resolve(published, 'package.json'),
  });
  mkdirSync(join(folder, 'reports'), { recursive: true });
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message: ExtractorMessage) => {
      if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.text);
      // The caller compares, and shows the difference.
      message.handled = true;
    },
  });
  if (problems.length > 0) throw new Error([`${entry.specifier}:`, ...problems].join('\n'));
  const report = readFileSync(join(folder, 'reports', `${entry.fileName}.api.md`), 'utf8');
  // A line number would change with every change above it.
  return report.replace(/(\.d\.ts):\d+:\d+ - /g, '$1 - ');
}

/** Everything that each entry point of the built package offers, by the name of its golden file. */
export function apiReports(published: string): ReadonlyMap<string, string> {
  const entries = entryPointsOf(readPublishedManifest(published));
  // Below the workspace, where the types of the peers are found.
  mkdirSync(resolve(root, 'out-tsc'), { recursive: true });
  const folder = mkdtempSync(resolve(root, 'out-tsc/api-'));
  try {
    cpSync(published, join(folder, 'node_modules', 'this-package'), { recursive: true });
    return new Map(
      entries.map(
        (entry) => [`${entry.fileName}.api.md`, reportOf(entry, { published, entries, folder })] as const,
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
