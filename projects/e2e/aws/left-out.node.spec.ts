import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LEFT_OUT } from './left-out';

const folder = resolve(__dirname, '..');
// The plain app has unit tests beside its files.
const specs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.spec.ts') && !/^plain-app\b|\.node\.spec\.ts$/.test(name),
);
const isLeftOut = (spec: string) => Object.keys(LEFT_OUT).some((start) => spec.startsWith(start));

describe('a run against a user pool', () => {
  it.each(specs.filter((spec) => !isLeftOut(spec)))(
    'runs %s with the fixtures that know the user pool',
    (spec) => {
      expect(readFileSync(resolve(folder, spec), 'utf8')).toMatch(/from '(\.\/|\.\.\/)support\/test'/);
    },
  );

  it.each(Object.keys(LEFT_OUT))('leaves %s out, which is there', (start) => {
    expect(specs.some((spec) => spec.startsWith(start))).toBe(true);
  });
});
