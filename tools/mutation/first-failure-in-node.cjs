module.exports = require('./first-failure.cjs')(require('jest-environment-node').TestEnvironment);
