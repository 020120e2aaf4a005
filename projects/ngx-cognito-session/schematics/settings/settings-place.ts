import { SchematicsException, type Tree } from '@angular-devkit/schematics';
import { constantIn } from '../app/constants';
import { relativeSpecifier } from '../app/imports';
import { parse } from '../app/sources';
import type { TargetApp } from '../app/target-app';
import { addSettings, findEnvironments, settingsOfAll, unfitEnvironment } from '../edit/environments';
import type { Report } from '../report/report';
import { quoted, quotedList } from './literal';
import type { SessionSettings } from './session-settings';
import { settingsIn } from './settings-object';

/** The constant with the settings, and the file that exports it. */
export interface SettingsPlace {
  readonly file: string;
  /** The exported name. */
  readonly exported: string;
  /** Code of the object with the settings. */
  readonly object: string;
  /** The names of the settings in it. */
  readonly names: ReadonlySet<string>;
  /** The files that have got the settings in this run; none if the app had them before. */
  readonly written: readonly string[];
}

const ENVIRONMENT = { exported: 'environment', object: 'environment.cognito' };
const OWN_FILE = { exported: 'cognito', object: 'cognito' };
const OWN_TYPE = 'SessionConfig';

/** The second one is for an app that has something else in the first. */
const ownFiles = ({ appFolder }: TargetApp): readonly string[] => [
  `${appFolder}/cognito.ts`,
  `${appFolder}/cognito-settings.ts`,
];

function settingsInFile(tree: Tree, file: string): ReadonlySet<string> | null {
  if (!tree.exists(file)) return null;
  const { isExported, type, value } = constantIn(parse(tree, file), OWN_FILE.exported) ?? {};
  // Another type may not have what the object has.
  return isExported && (type === null || type === OWN_TYPE) ? settingsIn(value) : null;
}

/** Where an app has the settings of its session; `null` if nowhere. */
export function findSettings(tree: Tree, app: TargetApp): SettingsPlace | null {
  const environments = findEnvironments(tree, app);
  const names = environments === null ? null : settingsOfAll(tree, environments);
  if (environments !== null && names !== null)
    return { file: environments.main, names, written: [], ...ENVIRONMENT };
  for (const file of ownFiles(app)) {
    const inFile = settingsInFile(tree, file);
    if (inFile !== null) return { file, names: inFile, written: [], ...OWN_FILE };
  }
  return null;
}

/** The grace period, if the user has given one. Pure. */
export const rotationLines = (graceSeconds: number | null): readonly string[] =>
  graceSeconds === null ? [] : [`rotationGraceSeconds: ${graceSeconds},`];

type Part = 'session' | 'domain' | 'apiUrls';

/** The properties of the settings, a line each. Pure. */
export function settingsLines(settings: SessionSettings, parts: readonly Part[]): readonly string[] {
  const { region, userPoolId, clientId, endpoint, rotationGraceSeconds, domain, apiUrls } = settings;
  return [
    `region: ${quoted(region)},`,
    `userPoolId: ${quoted(userPoolId)},`,
    `clientId: ${quoted(clientId)},`,
    ...(endpoint === '' ? [] : [`endpoint: ${quoted(endpoint)},`]),
    ...rotationLines(rotationGraceSeconds),
    ...(parts.includes('domain') ? [`domain: ${quoted(domain)},`] : []),
    ...(parts.includes('apiUrls') ? [`apiUrls: ${quotedList(apiUrls)},`] : []),
  ];
}

const objectOf = (lines: readonly string[]): string => `{\n${lines.map((line) => `  ${line}\n`).join('')}}`;

/** Writes the settings into the environments of the app; `null` if it has none that can be changed. */
export function writeToEnvironments(
  tree: Tree,
  app: TargetApp,
  lines: readonly string[],
  report: Report,
): SettingsPlace | null {
  const environments = findEnvironments(tree, app);
  if (environments === null) return null;
  const unfit = unfitEnvironment(tree, environments);
  if (unfit !== null) {
    report.kept(`${unfit}, so the settings are not there.`);
    return null;
  }
  const written = addSettings(tree, environments, objectOf(lines));
  for (const file of written) report.changed(`${file}: the settings of the session (cognito)`);
  for (const file of environments.files)
    if (!written.includes(file)) report.kept(`${file} has the settings of the session.`);
  const names = settingsOfAll(tree, environments) ?? new Set();
  return { file: environments.main, names, written, ...ENVIRONMENT };
}

/** Writes the settings into a file of their own. */
export function writeToOwnFile(
  tree: Tree,
  app: TargetApp,
  lines: readonly string[],
  report: Report,
): SettingsPlace {
  const file = ownFiles(app).find((path) => !tree.exists(path));
  if (file === undefined)
    throw new SchematicsException(
      `${ownFiles(app).join(' and ')} are there already, and neither exports an object ${OWN_FILE.exported} with region, userPoolId and clientId.`,
    );
  const type = `import type { ${OWN_TYPE} } from 'ngx-cognito-session';\n\n`;
  tree.create(file, `${type}export const ${OWN_FILE.exported}: ${OWN_TYPE} = ${objectOf(lines)};\n`);
  report.changed(`${file}: the settings of the session`);
  return { file, names: settingsInFile(tree, file) ?? new Set(), written: [file], ...OWN_FILE };
}

/** The import of the settings in a file of the app. Pure. */
export function importOfSettings({ file, exported }: SettingsPlace, from: string): string {
  return `import { ${exported} } from '${relativeSpecifier(from, file)}';`;
}
