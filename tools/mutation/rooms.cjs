const LIBRARY = 'projects/ngx-cognito-session/src/lib';
const SERVER = 'projects/cognito-server-session/src';

/** What is mutated, by name: the folder with the specs, and the folders in it whose files are changed. */
module.exports = {
  core: { specs: `${LIBRARY}/core`, mutated: [`${LIBRARY}/core`] },
  state: { specs: `${LIBRARY}/state`, mutated: [`${LIBRARY}/state`] },
  lifecycle: { specs: `${LIBRARY}/lifecycle`, mutated: [`${LIBRARY}/lifecycle`] },
  'server-session': {
    specs: SERVER,
    mutated: ['config', 'cookies', 'crypto', 'model', 'routes', 'sessions'].map(
      (room) => `${SERVER}/${room}`,
    ),
  },
};
