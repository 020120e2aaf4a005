import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { root } from '../workspace';

/** Neither is worth its time: no enum is declared here, and the compiler tells classes with private members apart. */
const LEFT_OUT = ['no-unsafe-class-instance-assignment', 'no-unsafe-enum-assignment'];

type Rules = Readonly<Record<string, { meta: { docs?: { requiresTypeChecking?: boolean } } } | undefined>>;

/** typescript-eslint declares less than its plugin has. */
const RULES = (tseslint.plugin as { readonly rules?: Rules }).rules ?? {};

function recommendedTypedRules(): readonly string[] {
  const presets = [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked];
  const names = presets
    .flatMap(({ rules = {} }) => Object.entries(rules))
    .filter(([, setting]) => setting !== 'off')
    .map(([name]) => name.replace('@typescript-eslint/', ''));
  const isTyped = (name: string) => RULES[name]?.meta.docs?.requiresTypeChecking === true;
  return [...new Set(names)].filter(isTyped);
}

function configuredTypedRules(): readonly string[] {
  const path = resolve(root, '.oxlintrc.json');
  const { config } = ts.parseConfigFileTextToJson(path, readFileSync(path, 'utf8')) as {
    config: { rules: object };
  };
  return Object.keys(config.rules).map((name) => name.replace('typescript/', ''));
}

describe('.oxlintrc.json', () => {
  it('has each rule that typescript-eslint recommends and that asks for types, but two', () => {
    const rules = configuredTypedRules();

    const missing = recommendedTypedRules().filter((name) => !rules.includes(name));

    expect(missing.sort()).toEqual(LEFT_OUT);
  });
});
