import type { Consumer } from './consumers';
import { pinnedManifest } from './pinned-manifest';

const consumer: Consumer = {
  angular: '22.2.0',
  typescript: '6.0.3',
  vitest: '5.1.1',
  jsdom: '30.1.3',
  nodeTypes: '24.19.2',
  minimalNode: '24.15.0',
  node: '24.21.0',
};

describe('the package.json of an app', () => {
  it('gets the versions of its Angular, and those of the workspace for what does not depend on Angular', () => {
    const app = {
      name: 'app',
      dependencies: { '@angular/core': '^22.2.0', rxjs: '~7.8.0', unknown: '^1.0.0' },
      devDependencies: { '@angular/cli': '^22.2.7', typescript: '~6.0.2', vitest: '^5.0.0' },
    };
    const workspace = {
      devDependencies: { '@angular/core': '21.2.24', typescript: '5.9.3', rxjs: '7.8.2' },
      overrides: { rollup: '4.67.4' },
    };

    expect(pinnedManifest(app, consumer, workspace)).toEqual({
      name: 'app',
      dependencies: { '@angular/core': '22.2.0', rxjs: '7.8.2', unknown: '^1.0.0' },
      devDependencies: { '@angular/cli': '22.2.0', typescript: '6.0.3', vitest: '5.1.1' },
      overrides: { rollup: '4.67.4' },
    });
  });
});
