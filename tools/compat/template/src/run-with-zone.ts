/** Said by the configurations that load zone.js: a test sees to it that they did. */
Object.assign(globalThis, { isRunWithZone: true });
