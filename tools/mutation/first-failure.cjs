/** An environment in which one failing test ends the run: it says enough of a mutant, and Jest's own `bail` looks at whole files only. */
module.exports = (Base) =>
  class extends Base {
    #hasFailed = false;

    async handleTestEvent(event, state) {
      await super.handleTestEvent?.(event, state);
      if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.#hasFailed = true;
      if (event.name === 'test_start' && this.#hasFailed) event.test.mode = 'skip';
    }
  };
