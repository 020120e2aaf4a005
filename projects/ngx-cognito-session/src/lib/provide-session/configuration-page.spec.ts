import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readTable } from '../../../testing-support/markdown-table';
import type { SessionConfig } from '../config/session-config';

const LIBRARY = resolve('projects/ngx-cognito-session');
const PAGE = readFileSync(resolve('projects/docs/reference/configuration.md'), 'utf8');

/** A record, so that the compiler asks for an option that is new. */
const OPTIONS: Readonly<Record<keyof SessionConfig, true>> = {
  region: true,
  clientId: true,
  userPoolId: true,
  refreshBufferSeconds: true,
  enableTabSync: true,
  endpoint: true,
  refreshOperation: true,
  refreshTokenValidityDays: true,
  rotationGraceSeconds: true,
  clientMetadata: true,
  deviceKey: true,
  retry: true,
  onUserSwitch: true,
};

/** The features that an entry point offers: `withX`. */
const featuresOf = (entry: string): readonly string[] =>
  [...readFileSync(resolve(LIBRARY, entry, 'src/public-api.ts'), 'utf8').matchAll(/\bwith[A-Z]\w+/g)].map(
    ([name]) => name,
  );

describe('the page about the configuration', () => {
  it('has every option, and no others', () => {
    expect(readTable(PAGE, 'Options').map(([option]) => option)).toEqual(
      Object.keys(OPTIONS).map((option) => `\`${option}\``),
    );
  });

  it('has every feature with its entry point, and no others', () => {
    const secondary = readdirSync(LIBRARY).filter((name) =>
      existsSync(resolve(LIBRARY, name, 'src/public-api.ts')),
    );
    const offered = ['', ...secondary].flatMap((entry) =>
      featuresOf(entry).map((name) => [`\`${name}\``, entry === '' ? '' : `\`/${entry}\``]),
    );

    const listed = readTable(PAGE, 'Features').map(([feature, entry]) => [feature, entry]);
    expect([...listed].sort()).toEqual(offered.sort());
  });
});
