const LIBRARY = 'projects/ngx-cognito-session/src/lib';
const SERVER = 'projects/cognito-server-session/src';

/** What is mutated, by name: the folder with the specs, and the folders in it whose files are changed. */
module.exports = {
  core: { specs: `${LIBRARY}/core`, mutated: [`${LIBRARY}/core`] },
  state: { specs: `${LIBRARY}/state`, mutated: [`${LIBRARY}/state`] },
  lifecycle: { specs: `${LIBRARY}/lifecycle`, mutated: [`${LIBRARY}/lifecycle`] },
  'aws-credentials': {
    specs: 'projects/ngx-cognito-session/aws-credentials/src/lib',
    mutated: ['projects/ngx-cognito-session/aws-credentials/src/lib'],
  },
  'server-config': server('config', 'config'),
  'server-crypto': server('crypto', 'crypto'),
  'server-routes': server('routes', 'routes'),
  // These are tested through the interface, by the specs of all rooms.
  'server-cognito': server('cognito', '.'),
  'server-cookies': server('cookies', '.'),
  'server-model': server('model', '.'),
  'server-sessions': server('sessions', '.'),
  'server-store': server('store', '.'),
  'server-dynamodb': {
    specs: 'projects/cognito-server-session/dynamodb',
    mutated: ['projects/cognito-server-session/dynamodb'],
  },
};

/**
 * A room of `cognito-server-session`, and where its specs are.
 *
 * @param {string} room
 * @param {string} specs
 */
function server(room, specs) {
  return { specs: `${SERVER}/${specs}`, mutated: [`${SERVER}/${room}`] };
}
