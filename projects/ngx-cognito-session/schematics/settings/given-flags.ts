import { strings } from '@angular-devkit/schematics';
import { properties } from '../ng-add/schema.json';
import type { SettingsOptions } from './session-settings';

export type Setting = keyof SettingsOptions;

const schema: Readonly<Record<Setting, { readonly description: string; readonly default?: string }>> =
  properties;

export const ALL_SETTINGS: readonly Setting[] = [
  'userPoolId',
  'clientId',
  'region',
  'domain',
  'endpoint',
  'rotationGraceSeconds',
  'apiUrl',
];

/** Which of these options the user has given, as flags of a command line. An option with its default counts as not given. Pure. */
export function givenFlags(options: SettingsOptions, settings: readonly Setting[]): readonly string[] {
  return settings
    .filter((name) => [options[name]].flat().join() !== (schema[name].default ?? ''))
    .map((name) => `--${strings.dasherize(name)}`);
}
