module.exports = require('./first-failure.cjs')(require('../jest/browser-environment.cjs'));
