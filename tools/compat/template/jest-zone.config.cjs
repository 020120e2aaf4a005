/** The same for an app with zone.js. */
module.exports = { ...require('./jest.config.cjs'), setupFilesAfterEnv: ['<rootDir>/setup-jest-zone.ts'] };
