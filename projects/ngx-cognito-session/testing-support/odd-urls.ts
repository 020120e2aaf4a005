import fc from 'fast-check';

const hosts = fc.constantFrom(
  'api.example.com',
  'app.example.com',
  'evil.test',
  'API.example.com',
  'localhost',
);
const fragments = fc.constantFrom(
  'https:',
  'http:',
  'HTTPS:',
  '//',
  '/',
  '\\',
  '\t',
  '\n',
  '@',
  ':',
  ':443',
  ':80',
  '.',
  '..',
  '%2e',
  '%2f',
  '%5c',
  '?',
  '#',
  'v1',
  'users',
  'api.example.com',
  'evil.test',
  '.evil.test',
  'user',
  ' ',
  'javascript:',
  'blob:',
  '[',
  '%',
  ';',
  '%25',
  '\u3002',
  'localhost',
  'api',
);

/** URLs of an attacker who wants a token to go to another server, and of careless code. */
export const oddUrls: fc.Arbitrary<string> = fc.oneof(
  fc.array(fragments, { maxLength: 12 }).map((parts) => parts.join('')),
  fc
    .tuple(hosts, fc.array(fragments, { maxLength: 8 }))
    .map(([host, parts]) => `https://${host}${parts.join('')}`),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.string(),
);
