// jsdom plus the browser globals that jsdom lacks, taken from Node.
const { default: Base } = require('jest-preset-angular/environments/jest-jsdom-env');
const countedCrypto = require('./counted-crypto.cjs');

module.exports = class extends Base {
  constructor(config, context) {
    super(config, context);
    const g = this.global;
    const { crypto, pending } = countedCrypto();
    Object.defineProperty(g, 'crypto', { value: crypto, configurable: true });
    // For `turns` of the test support.
    Object.defineProperty(g, 'pendingCryptoCalls', { value: pending });
    // The realm of TextEncoder and webcrypto results, or `instanceof Uint8Array` is false for them.
    g.Uint8Array = Uint8Array;
    g.ArrayBuffer = ArrayBuffer;
    for (const name of [
      'fetch',
      'Request',
      'Response',
      'Headers',
      'ReadableStream',
      'TransformStream',
      'TextEncoder',
      'TextDecoder',
      'structuredClone',
    ])
      g[name] ??= globalThis[name];
  }
};
