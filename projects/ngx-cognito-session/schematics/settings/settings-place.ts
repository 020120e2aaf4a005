import { SchematicsException, type Tree } from '@angular-devkit/schematics';
import { relativeSpecifier } from '../app/imports';
import type { TargetApp } from '../app/target-app';
import { addSettings, findEnvironments, haveSettings, unusualEnvironment } from '../edit/environments';
import type { Report } from '../report/report';
import { quoted, quotedList } from './literal';
import type { SessionSettings } from './session-settings';

/** The constant with the settings, and the file that exports it. */
export interface SettingsPlace {
  readonly file: string;
  /** The exported name. */
  readonly exported: string;
  /** Code of the object with the settings. */
  readonly object: string;
}

const ENVIRONMENT = { exported: 'environment', object: 'environment.cognito' };
const OWN_FILE = { exported: 'cognito', object: 'cognito' };

const ownFile = ({ appFolder }: TargetApp): string => `${appFolder}/cognito.ts`;

/** Where an app has the settings of its session; `null` if nowhere. */
export function findSettings(tree: Tree, app: TargetApp): SettingsPlace | null {
  const environments = findEnvironments(tree, app);
  if (environments !== null && haveSettings(tree, environments))
    return { file: environments.main, ...ENVIRONMENT };
  return tree.exists(ownFile(app)) ? { file: ownFile(app), ...OWN_FILE } : null;
}

type Part = 'session' | 'domain' | 'apiUrls';

/** The properties of the settings, a line each. Pure. */
export function settingsLines(settings: SessionSettings, parts: readonly Part[]): readonly string[] {
  const { region, userPoolId, clientId, endpoint, domain, apiUrls } = settings;
  return [
    `region: ${quoted(region)},`,
    `userPoolId: ${quoted(userPoolId)},`,
    `clientId: ${quoted(clientId)},`,
    ...(endpoint === '' ? [] : [`endpoint: ${quoted(endpoint)},`]),
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
  const unusual = unusualEnvironment(tree, environments);
  if (unusual !== null) {
    report.kept(`${unusual} is not a plain object, so the settings are not there.`);
    return null;
  }
  for (const file of addSettings(tree, environments, objectOf(lines)))
    report.changed(`${file}: the settings of the session (cognito)`);
  return { file: environments.main, ...ENVIRONMENT };
}

/** Writes the settings into a file of their own. */
export function writeToOwnFile(
  tree: Tree,
  app: TargetApp,
  lines: readonly string[],
  report: Report,
): SettingsPlace {
  const file = ownFile(app);
  if (tree.exists(file)) throw new SchematicsException(`${file} is there already.`);
  const type = "import type { SessionConfig } from 'ngx-cognito-session';\n\n";
  tree.create(file, `${type}export const cognito: SessionConfig = ${objectOf(lines)};\n`);
  report.changed(`${file}: the settings of the session`);
  return { file, ...OWN_FILE };
}

/** The import of the settings in a file of the app. Pure. */
export function importOfSettings({ file, exported }: SettingsPlace, from: string): string {
  return `import { ${exported} } from '${relativeSpecifier(from, file)}';`;
}
