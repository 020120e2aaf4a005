/**
 * The compiler checks these files in lint.
 *
 * @jest-config-loader-options {"transpileOnly": true, "ignoreDiagnostics": [5095]}
 */
import type { Config } from 'jest';
import { resolve } from 'node:path';
import { testTimeout } from './base';
import { reports } from '../workspace';
import nodeProject from './node.config';
import { writeSpecGroups } from './spec-groups';
import type { ProjectName } from './spec-files';
import zoneProject from './zone.config';
import zonelessProject from './zoneless.config';

/** One project of `jest.config.ts`, its specs in groups. */
function grouped(name: ProjectName, { testRegex: _single, roots = [], ...project }: Config) {
  return { ...project, roots: [...roots, resolve(reports, 'specs', name)], testMatch: writeSpecGroups(name) };
}

/**
 * The specs of `jest.config.ts`, ten in a file: starting the page, Angular and the library takes longer than most specs.
 * `npm run test:unit` and `npm run test:full` run each spec in a file of its own.
 */
const config: Config = {
  testTimeout,
  projects: [
    grouped('zoneless', zonelessProject),
    grouped('zone.js', zoneProject),
    grouped('node', nodeProject),
  ],
};

export default config;
