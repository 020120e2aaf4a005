// @ts-check
import { resolve } from 'node:path';
import { allowedRooms, allowedServerRooms, rooms, serverRooms } from './lint/rooms.mjs';

const library = '^projects/ngx-cognito-session/';
const primary = `${library}src/`;
const lib = `${primary}lib/`;

/** Tests and what only tests use: free to import from any room, never imported by a source. */
const testing = '\\.spec\\.ts$|/testing-support/';

/** A room is a folder under src/lib or the file of that name beside it. */
const roomPath = (/** @type {readonly string[]} */ names) => `${lib}(${names.join('|')})(/|\\.ts$)`;

const roomRules = rooms.map((room) => ({
  name: `room-${room}`,
  comment: 'A room imports only from rows above it and from itself.',
  severity: /** @type {const} */ ('error'),
  from: { path: roomPath([room]), pathNot: testing },
  to: { path: primary, pathNot: [roomPath(allowedRooms(room)), testing] },
}));

const server = '^projects/cognito-server-session/';
const serverSources = `${server}(src|express|lambda|dynamodb)/`;
/** Rooms of the library that `cognito-server-session` compiles from the same source: pure, and without Angular. */
const sharedSources = `${lib}(core|errors)/|${lib}(cognito/(service-error|token-response)|config/user-pool-endpoint)\\.ts$`;
const serverRoomPath = (/** @type {readonly string[]} */ names) =>
  `${server}src/(${names.join('|')})(/|\\.ts$)`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const serverRules = [
  ...serverRooms.map((room) => ({
    name: `server-room-${room}`,
    comment: 'A room imports only from rows above it and from itself.',
    severity: /** @type {const} */ ('error'),
    from: { path: serverRoomPath([room]), pathNot: testing },
    to: { path: server, pathNot: [serverRoomPath(allowedServerRooms(room)), testing] },
  })),
  {
    name: 'known-server-rooms',
    comment: 'Everything under src belongs to a room; a new room needs its row first.',
    severity: /** @type {const} */ ('error'),
    from: {},
    to: { path: `${server}src/`, pathNot: [serverRoomPath(serverRooms), testing] },
  },
  {
    name: 'server-shares-pure-sources',
    comment: 'No Angular and no RxJS on the server: of the library only its pure files.',
    severity: /** @type {const} */ ('error'),
    from: { path: serverSources, pathNot: testing },
    to: { path: library, pathNot: sharedSources },
  },
  {
    name: 'server-dependencies',
    comment: 'What the package declares, and nothing else. Node modules in the adapter for Node alone.',
    severity: /** @type {const} */ ('error'),
    from: { path: `${server}(src|lambda|dynamodb)/`, pathNot: testing },
    to: {
      pathNot: [
        '^projects/',
        '(^|node_modules/)(cookie|aws-jwt-verify|oauth4webapi)/',
        '(^|node_modules/)@aws-sdk/client-dynamodb/',
      ],
    },
  },
  {
    name: 'server-core-without-sdk',
    comment: 'The AWS SDK is an optional peer of /dynamodb.',
    severity: /** @type {const} */ ('error'),
    from: { path: `${server}(src|express|lambda)/`, pathNot: testing },
    to: { path: '(^|node_modules/)@aws-sdk/' },
  },
  {
    name: 'server-entries-by-package-name',
    comment: 'A relative path would compile the core into the other entry point: two copies of one class.',
    severity: /** @type {const} */ ('error'),
    from: { path: `${server}(express|lambda|dynamodb)/`, pathNot: testing },
    to: { path: `${server}src/`, dependencyTypesNot: ['aliased-tsconfig-paths'] },
  },
];

const emulator = '^projects/cognito-emulator/';
/** What runs in a page as well. */
const emulatorCore = `${emulator}(src/(?!node/|cli/|index\\.ts$)|fetch/)`;
/** Servers that stand beside the emulator share how an answer is written, and how the command reads its options. */
const sharedWithLocalServices = `${emulator}src/(http/(answer|cors|foreign-page)|node/(http-server|read-body|receive-call|send-answer)|cli/(announcement|run-options))\\.ts$`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const emulatorRules = [
  {
    name: 'emulator-core-without-node',
    comment: 'The core answers a fetch handler in a page: nothing of Node, and no adapter for Node.',
    severity: /** @type {const} */ ('error'),
    from: { path: emulatorCore, pathNot: testing },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'emulator-core-without-adapters',
    comment: 'Server and command know the core, not the other way round.',
    severity: /** @type {const} */ ('error'),
    from: { path: emulatorCore, pathNot: testing },
    to: { path: `${emulator}src/(node/|cli/|index\\.ts$)` },
  },
  {
    name: 'emulator-dependencies',
    comment: 'jose is the only dependency of the package.',
    severity: /** @type {const} */ ('error'),
    from: { path: `${emulator}(src|fetch)/`, pathNot: testing },
    to: { pathNot: [emulator, '(^|node_modules/)jose/'], dependencyTypesNot: ['core'] },
  },
  {
    name: 'emulator-by-package-name',
    comment: 'Demo, tests and tools use what users of the package have.',
    severity: /** @type {const} */ ('error'),
    from: {
      path: ['^projects/', '^tools/'],
      pathNot: [`${emulator}(src|fetch|testing-support)/`, '^projects/local-services/'],
    },
    to: {
      path: emulator,
      pathNot: `${emulator}second-opinion/`,
      dependencyTypesNot: ['aliased-tsconfig-paths'],
    },
  },
  {
    name: 'local-services-share-little',
    comment: 'Beside the public names only what writes answers and reads options.',
    severity: /** @type {const} */ ('error'),
    from: { path: '^projects/local-services/', pathNot: testing },
    to: {
      path: emulator,
      pathNot: sharedWithLocalServices,
      dependencyTypesNot: ['aliased-tsconfig-paths'],
    },
  },
];

const schematics = `${library}schematics/`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const schematicsRules = [
  {
    name: 'schematics-dependencies',
    comment:
      'Schematics run in the Angular CLI of an app, with the packages that it brings, and without the library.',
    severity: /** @type {const} */ ('error'),
    from: { path: schematics, pathNot: testing },
    to: {
      pathNot: [
        schematics,
        '^projects/(ngx-cognito-session|cognito-server-session)/package\\.json$',
        '(^|node_modules/)(@angular-devkit/(core|schematics)|@schematics/angular|rxjs|typescript)(/|$)',
      ],
      dependencyTypesNot: ['core'],
    },
  },
  {
    name: 'schematics-apart',
    comment: 'No code of an app or of the library contains a schematic.',
    severity: /** @type {const} */ ('error'),
    from: { pathNot: [schematics, '\\.spec\\.ts$'] },
    to: { path: schematics },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Type-only imports included: a cycle of types is two ideas that cannot be read apart.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...roomRules,
    ...serverRules,
    ...emulatorRules,
    ...schematicsRules,
    {
      name: 'known-rooms',
      comment: 'Everything under src/lib belongs to a room; a new room needs its row first.',
      severity: 'error',
      from: {},
      to: { path: lib, pathNot: [roomPath(rooms), testing] },
    },
    {
      name: 'no-dynamic-imports',
      comment: 'The primary entry point is one bundle. Only a secondary entry point may load code lazily.',
      severity: 'error',
      from: { path: primary, pathNot: testing },
      to: { dynamic: true },
    },
    {
      name: 'errors-import-nothing',
      severity: 'error',
      from: { path: roomPath(['errors']), pathNot: testing },
      to: { pathNot: roomPath(['errors']) },
    },
    {
      name: 'core-is-pure',
      comment: 'core knows no Angular, no RxJS and no other package.',
      severity: 'error',
      from: { path: roomPath(['core']), pathNot: testing },
      to: { pathNot: library },
    },
    {
      name: 'secondary-by-package-name',
      comment:
        'A relative path would compile the other entry point into this one: two copies of one token or class.',
      severity: 'error',
      from: { path: `${library}(?!src/)(.+)/src/`, pathNot: testing },
      to: {
        path: library,
        pathNot: `${library}$1/src/`,
        dependencyTypesNot: ['aliased-tsconfig-paths'],
      },
    },
    {
      name: 'examples-by-package-name',
      comment: 'An example imports what an app can import.',
      severity: 'error',
      from: { path: '^projects/examples/' },
      to: { path: [library, server], dependencyTypesNot: ['aliased-tsconfig-paths'] },
    },
    {
      name: 'primary-without-secondaries',
      comment:
        'An optional peer of a secondary entry point must never reach apps that use the primary alone.',
      severity: 'error',
      from: { path: primary, pathNot: testing },
      to: { path: `${library}(?!src/)` },
    },
    {
      name: 'library-peers-only',
      comment: 'The primary entry point needs Angular and RxJS, nothing else; tslib comes from the compiler.',
      severity: 'error',
      from: { path: primary, pathNot: testing },
      to: {
        couldNotResolve: false,
        pathNot: [library, '(^|node_modules/)(@angular/(core|common|router)|rxjs)(/|$)'],
      },
    },
    {
      name: 'no-testing-in-sources',
      severity: 'error',
      from: { path: '^projects/', pathNot: [testing, '^projects/(e2e|benchmarks)/', '/second-opinion/'] },
      to: { path: testing },
    },
    {
      name: 'resolvable',
      comment: 'What cannot be resolved is not checked by any other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    // Maps the package names to sources, so that the rules see through them; `baseUrl` because without it the paths would
    // be read from the working directory.
    tsConfig: { fileName: resolve(import.meta.dirname, 'lint/tsconfig.imports.json') },
    doNotFollow: { path: ['node_modules'] },
    exclude: {
      path: '^(dist|out-tsc|reports|coverage|projects/benchmarks/peers|tools/(lint-fixtures|compat/template))/',
    },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.mjs', '.cjs', '.js', '.d.ts', '.json'],
    },
  },
};
