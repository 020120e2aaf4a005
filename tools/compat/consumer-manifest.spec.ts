import { consumerManifest } from './consumer-manifest';
import { consumers, type Consumer } from './consumers';

const consumer: Consumer = {
  angular: '30.1.2',
  typescript: '8.0.1',
  vitest: '9.0.0',
  jsdom: '40.0.0',
  nodeTypes: '30.0.0',
  minimalNode: '30.0.0',
  node: '30.1.0',
  jest: { jest: '35.0.0', 'jest-preset-angular': '25.0.0' },
};
const workspace = {
  devDependencies: { rxjs: '7.8.2', tslib: '2.9.1', 'some-sdk': '3.4.5', 'zone.js': '0.15.1' },
  overrides: { rollup: '4.0.0' },
};

describe('the manifest of a consumer', () => {
  it('holds what a build, tests and a server need', () => {
    const { jest: _jest, ...withoutJest } = consumer;

    const manifest = consumerManifest(withoutJest, { needsNode: false, peers: [] }, workspace);

    expect(manifest).toEqual({
      name: 'consumer',
      version: '0.0.0',
      private: true,
      dependencies: {
        '@angular/common': '30.1.2',
        '@angular/compiler': '30.1.2',
        '@angular/core': '30.1.2',
        '@angular/platform-browser': '30.1.2',
        '@angular/platform-server': '30.1.2',
        '@angular/router': '30.1.2',
        '@angular/ssr': '30.1.2',
        rxjs: '7.8.2',
        tslib: '2.9.1',
      },
      devDependencies: {
        '@angular/build': '30.1.2',
        '@angular/cli': '30.1.2',
        '@angular/compiler-cli': '30.1.2',
        typescript: '8.0.1',
        vitest: '9.0.0',
        jsdom: '40.0.0',
        '@types/node': '30.0.0',
        'zone.js': '0.15.1',
      },
      overrides: { rollup: '4.0.0' },
    });
  });

  it('adds a Node, peers and Jest as they are wanted', () => {
    expect(consumerManifest(consumer, { needsNode: true, peers: ['some-sdk'] }, workspace)).toMatchObject({
      dependencies: { 'some-sdk': '3.4.5' },
      devDependencies: { node: '30.1.0', jest: '35.0.0' },
    });
  });

  it('refuses a peer without a known version', () => {
    const parts = { needsNode: false, peers: ['other-sdk'] };

    expect(() => consumerManifest(consumer, parts, workspace)).toThrow('other-sdk');
  });

  it('pins everything exactly', () => {
    const parts = { needsNode: true, peers: [] };
    const versions = Object.values(consumers)
      .map((each) => consumerManifest(each, parts, workspace))
      .flatMap((manifest) => Object.values({ ...(manifest as { devDependencies: object }).devDependencies }));

    expect(versions).not.toHaveLength(0);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  });
});
