// The spinner of an installation: it is published as ES modules only, and no test of a schematic installs packages.
module.exports = () => ({ start() {}, succeed() {}, fail() {}, stop() {} });
