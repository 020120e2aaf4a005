import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';
import { specsOf } from './spec-files';
import { codeOfGroup, groupSpecs } from './spec-groups';

const specs = Array.from({ length: 25 }, (_, at) => `/specs/${at}.spec.ts`);

describe('groupSpecs', () => {
  it('puts every spec into exactly one group, or leaves it alone', () => {
    const { alone, groups } = groupSpecs(specs, (spec) => (spec.endsWith('/3.spec.ts') ? 'none' : 'any'));

    expect(alone).toEqual(['/specs/3.spec.ts']);
    expect([...alone, ...groups.flat()].sort()).toEqual([...specs].sort());
    expect(Math.max(...groups.map(({ length }) => length))).toBeLessThanOrEqual(10);
  });

  it('keeps specs that compile code together, and apart from all others', () => {
    const compilers = ['/specs/2.spec.ts', '/specs/7.spec.ts'];

    const { groups } = groupSpecs(specs, (spec) => (compilers.includes(spec) ? 'compilers' : 'any'));

    expect(groups).toContainEqual(compilers);
  });

  it('parts neighbours, which often take equally long', () => {
    const { groups } = groupSpecs(specs, () => 'any');

    expect(
      groups.some((group) => group.includes('/specs/0.spec.ts') && group.includes('/specs/1.spec.ts')),
    ).toBe(false);
  });
});

describe('codeOfGroup', () => {
  it('names the spec of each test', () => {
    const code = codeOfGroup([resolve(root, 'tools/a.spec.ts')]);

    expect(code).toContain(
      `describe("tools/a.spec.ts", () => { afterAll(clearPage); require("${resolve(root, 'tools/a.spec.ts')}"); });\n`,
    );
  });
});

describe('specsOf', () => {
  it('gives each spec of the workspace to one project', () => {
    const all = (['zoneless', 'zone.js', 'node'] as const).flatMap(specsOf);

    expect(all).toContain(__filename);
    expect(all.every((spec) => existsSync(spec))).toBe(true);
    expect(new Set(all).size).toBe(all.length);
    expect(all.some((spec) => spec.includes('lint-fixtures') || spec.includes('/template/'))).toBe(false);
  });
});
