// WebCrypto works in threads of its own and takes real time. A test whose own time is virtual must be able to wait for it.
const { webcrypto } = require('node:crypto');

/** Node's WebCrypto, and how many of its calls are under way. */
module.exports = function countedCrypto() {
  let pending = 0;
  const subtle = new Proxy(webcrypto.subtle, {
    get: (target, name) => {
      const method = target[name];
      if (typeof method !== 'function') return method;
      return (...args) => {
        // Platform objects insist on being their own `this`.
        const result = method.apply(target, args);
        pending++;
        const done = () => {
          pending--;
        };
        Promise.resolve(result).then(done, done);
        return result;
      };
    },
  });
  // Methods of the prototype, as in a browser: a test that hides one can show it again.
  const crypto = Object.create({
    subtle,
    getRandomValues: (array) => webcrypto.getRandomValues(array),
    randomUUID: () => webcrypto.randomUUID(),
  });
  return { crypto, pending: () => pending };
};
