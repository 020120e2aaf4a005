const Base = require('../jest/browser-environment.cjs');

// One failing test says enough of a mutant: Jest's own `bail` looks at whole files only.
module.exports = class extends Base {
  #hasFailed = false;

  async handleTestEvent(event, state) {
    await super.handleTestEvent?.(event, state);
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.#hasFailed = true;
    if (event.name === 'test_start' && this.#hasFailed) event.test.mode = 'skip';
  }
};
